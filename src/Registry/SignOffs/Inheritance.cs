using Governance.Registry.Access;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Policies;
using Governance.Registry.Versions;

namespace Governance.Registry.SignOffs;

/// <summary>A version that another was made from, as the rules of inheriting see it.</summary>
/// <param name="Label">Such as "credit/2".</param>
/// <param name="Id">Its id.</param>
/// <param name="Digest">Its digest.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="Kind">How the variant came from it.</param>
/// <param name="SameModel">Whether it is a version of the variant's own model.</param>
/// <param name="ItselfInherited">Whether its own approval is an inherited one.</param>
/// <param name="Data">What its evidence was measured on, by digest.</param>
/// <param name="Protected">The protected columns that its evidence looked at.</param>
public sealed record ParentStanding(
    string Label, ModelVersionId Id, FactDigest Digest, Stage Stage, ParentKind Kind, bool SameModel, bool ItselfInherited,
    IReadOnlySet<string> Data, IReadOnlySet<string> Protected);

/// <summary>The latest equivalence battery of a variant, as its sealed documents say.</summary>
/// <param name="Evidence">The evidence.</param>
/// <param name="Findings">Its findings document.</param>
/// <param name="SealedAt">UTC.</param>
/// <param name="Parent">The digest of the version that it compared with.</param>
/// <param name="Subject">The digest of the version that it measured.</param>
/// <param name="Policy">The pack that judged it, such as "default 3".</param>
/// <param name="Data">The data that both were measured on, by digest; null where it names none.</param>
/// <param name="Protected">The protected columns whose groups it looked at.</param>
/// <param name="Lines">Every line with a limit, those by the clock too.</param>
public sealed record BatteryStanding(
    EvidenceId Evidence, string Findings, DateTimeOffset SealedAt, string? Parent, string? Subject, string Policy, string? Data,
    IReadOnlySet<string> Protected, IReadOnlyList<BatteryLine> Lines);

/// <summary>One line of a battery.</summary>
/// <param name="Name">What is measured, with the group.</param>
/// <param name="Limit">The policy's name for the limit.</param>
/// <param name="Verdict">meets, breaches, inconclusive or not applicable.</param>
public sealed record BatteryLine(string Name, string Limit, string Verdict)
{
    /// <summary>Whether the line stands in nobody's way.</summary>
    public bool Holds => Verdict is "meets" or "not applicable";
}

/// <summary>What a variant could inherit, and on what.</summary>
/// <param name="Version">The variant's own digest.</param>
/// <param name="Parents">All that it came from.</param>
/// <param name="Battery">The latest battery; null where none is sealed.</param>
/// <param name="Limits">The limits of equivalence that the pack in force sets.</param>
/// <param name="Policy">That pack, such as "default 3".</param>
/// <param name="EvidenceLifetime">How long evidence counts.</param>
/// <param name="Now">UTC.</param>
public sealed record Inheritance(
    FactDigest Version, IReadOnlyList<ParentStanding> Parents, BatteryStanding? Battery, IReadOnlyList<string> Limits, string Policy,
    TimeSpan EvidenceLifetime, DateTimeOffset Now)
{
    /// <summary>The one parent; null where there is none, or more than one.</summary>
    public ParentStanding? Parent => Parents.Count == 1 ? Parents[0] : null;
}

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
