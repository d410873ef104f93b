using Governance.Registry.Policies;
using Governance.Registry.SignOffs;

namespace Governance.Portal.Features.SignOffs;

/// <summary>A variant beside its parent.</summary>
/// <param name="Variant">Such as "credit/3".</param>
/// <param name="Parent">Such as "credit/2".</param>
/// <param name="Lines">The judged lines of its latest battery; null where none is sealed.</param>
internal sealed record VariantStanding(string Variant, string Parent, IReadOnlyList<BatteryLine>? Lines);

/// <summary>Whether variants are equivalent, from their latest batteries. Pure.</summary>
internal static class VariantFacts
{
    /// <summary>The line of the checklist: the worst of all variants.</summary>
    public static ChecklistFact Of(IReadOnlyList<VariantStanding> variants)
    {
        if (variants.Count == 0)
        {
            return new ChecklistFact(null, "Not applicable: this version is no variant of another one, and has none.");
        }

        VariantStanding[] unmeasured = [.. variants.Where(each => each.Lines is null or { Count: 0 })];
        VariantStanding[] measured = [.. variants.Except(unmeasured)];
        VariantStanding[] breaching = [.. measured.Where(each => each.Lines!.Any(line => line.Verdict == "breaches"))];
        VariantStanding[] open = [.. measured.Except(breaching).Where(each => each.Lines!.Any(line => !line.Holds))];
        string words = string.Join(" ", variants.Select(Words));
        return new ChecklistFact(
            breaching.Length > 0 ? GateVerdict.Breaches : unmeasured.Length > 0 && measured.Length == 0 ? null
                : open.Length + unmeasured.Length > 0 ? GateVerdict.Inconclusive : GateVerdict.Meets,
            words);
    }

    private static string Words(VariantStanding standing)
    {
        if (standing.Lines is not { Count: > 0 } lines)
        {
            return $"{standing.Variant} was not yet measured beside {standing.Parent}: its Battery tab does.";
        }

        BatteryLine[] failing = [.. lines.Where(line => !line.Holds).OrderByDescending(line => line.Verdict == "breaches")];
        return failing.Length == 0
            ? $"{standing.Variant} meets all {lines.Count} lines beside {standing.Parent}."
            : $"{standing.Variant} beside {standing.Parent}: {failing[0].Name} {failing[0].Verdict}{(failing.Length == 1 ? "" : $", and {failing.Length - 1} more")}.";
    }
}
