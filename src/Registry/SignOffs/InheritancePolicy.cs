using Governance.Registry.Access;
using Governance.Registry.Versions;

namespace Governance.Registry.SignOffs;

/// <summary>Whether a variant may stand on its parent's sign-off. Pure.</summary>
/// <remarks>
/// Nothing of it can be chosen by whoever asks: the battery has to judge this version against the parent that it was registered
/// with, by the pack in force, on data that the parent was audited on, for every group that was looked at there; every limit of the
/// pack has to stand on a line, and every line has to hold.
/// </remarks>
public static class InheritancePolicy
{
    /// <summary>Whether a kind of descent makes a variant: the same model in another form, not another model.</summary>
    public static bool IsVariant(ParentKind kind) =>
        kind is ParentKind.QuantisedFrom or ParentKind.PrunedFrom or ParentKind.DistilledFrom or ParentKind.OptimisedFrom;

    /// <summary>Why it may not; null where it may.</summary>
    public static Refusal? RefusalFor(Inheritance? standing) =>
        standing is null || standing.Parents.Count == 0
            ? new Refusal("no-variant", "This version was not made from another one, so it has no sign-off to inherit.")
        : standing.Parent is not ParentStanding parent
            ? new Refusal("several-parents", "This version was made from several others: it needs a sign-off of its own.")
        : !parent.SameModel || !IsVariant(parent.Kind)
            ? new Refusal("no-variant", $"This version is no variant of {parent.Label} (quantised, pruned, distilled or optimised from it, in the same model): it needs a sign-off of its own.")
        : !parent.Stage.IsApproved()
            ? new Refusal("parent-not-approved", $"{parent.Label} is {parent.Stage.InWords()}, so there is no sign-off to inherit.")
        : parent.ItselfInherited
            ? new Refusal("parent-inherited", $"{parent.Label} stands on an inherited sign-off itself. Compare with the version that people signed, so that small losses do not add up.")
        : standing.Battery is not BatteryStanding battery
            ? new Refusal("no-battery", $"No equivalence battery against {parent.Label} is sealed yet. Run one on the Battery tab.")
        : RefusalOf(standing, parent, battery);

    private static Refusal? RefusalOf(Inheritance standing, ParentStanding parent, BatteryStanding battery)
    {
        string[] groups = [.. parent.Protected.Except(battery.Protected).Order(StringComparer.Ordinal)];
        string[] unseen = [.. standing.Limits.Except(battery.Lines.Select(line => line.Limit))];
        BatteryLine[] failing = [.. battery.Lines.Where(line => !line.Holds)];
        return battery.Subject != standing.Version.Hex || battery.Parent != parent.Digest.Hex
                ? new Refusal("other-battery", $"The latest battery compares other versions than this one with {parent.Label}. Run it again.")
            : battery.Policy != standing.Policy
                ? new Refusal("other-policy", $"The battery was judged by {battery.Policy}, and {standing.Policy} counts now. Run it again.")
            : standing.Now - battery.SealedAt > standing.EvidenceLifetime
                ? new Refusal("old-battery", $"The battery is older than the {standing.EvidenceLifetime.TotalDays:0} days that the policy lets evidence count. Run it again.")
            : battery.Data is null || !parent.Data.Contains(battery.Data)
                ? new Refusal("other-data", $"The battery was measured on data that {parent.Label} was not audited on. Run it on the parent's evaluation data.")
            : groups.Length > 0
                ? new Refusal("fewer-groups", $"The battery left out groups that {parent.Label} was audited for: {string.Join(", ", groups)}. Run it with them.")
            : standing.Limits.Count == 0
                ? new Refusal("no-limits", $"The policy pack {standing.Policy} sets no limits of equivalence, so nothing says when a variant may inherit.")
            : unseen.Length > 0
                ? new Refusal("unseen-limit", $"The battery says nothing of the limit {unseen[0]}. Run it again.")
            : failing.Length > 0
                ? new Refusal("not-equivalent", $"The battery does not meet the policy on {(failing.Length == 1 ? "one line" : $"{failing.Length} lines")}, first {failing[0].Name} ({failing[0].Verdict}): this version needs a sign-off of its own, with the battery as evidence.")
            : null;
    }
}
