using System.Globalization;
using Governance.Registry.Models;

namespace Governance.Registry.Policies;

/// <summary>Where a policy pack asks for less than another. Pure.</summary>
/// <remarks>
/// It is a partial order: a pack is not looser than itself, and of two that are each looser somewhere either loosens. What
/// has no direction (how p values are adjusted, numbers marked <see cref="Stricter.Neither"/>) counts as loosened by any change.
/// </remarks>
public static class PackLoosening
{
    /// <summary>Every point where <paramref name="next"/> asks for less than <paramref name="now"/>, as sentences; none where it loosens nothing.</summary>
    public static IReadOnlyList<string> Of(PolicyPack next, PolicyPack now)
    {
        ArgumentNullException.ThrowIfNull(next);
        ArgumentNullException.ThrowIfNull(now);
        return
        [
            .. Numbers(next, now), .. now.Gates.SelectMany(gate => Gates(next.GateOn(gate.Metric), gate)),
            .. now.Reports.Where(duty => next.Reports.All(other => other.Metric != duty.Metric || other.Of != duty.Of))
                .Select(duty => $"{duty.Metric} of {duty.Of} is not reported any more."),
            .. now.Corrections.SelectMany(rule => Corrections(next.CorrectionOf(rule.Family), rule)),
            .. now.Tiers.SelectMany(rule => Tiers(next.For(rule.Tier), rule)),
            .. now.Triggers.Where(trigger => next.Triggers.All(other => other.On != trigger.On || other.Then < trigger.Then))
                .Select(trigger => $"The trigger '{trigger.On}' leads to less than '{trigger.Then}'."),
            .. now.Limits.SelectMany(limit => Limits(next.Limits.FirstOrDefault(other => other.Id == limit.Id), limit)),
            .. now.Checklist.SelectMany(line => Lines(next, next.Checklist.FirstOrDefault(other => other.Id == line.Id), now, line)),
        ];
    }

    private static IEnumerable<string> Numbers(PolicyPack next, PolicyPack now) => Told(
    [
        (next.Level < now.Level, $"The confidence level is {Text(next.Level)} instead of {Text(now.Level)}."),
        (next.SmallestGroup < now.SmallestGroup, $"Groups of {next.SmallestGroup} rows decide, instead of {now.SmallestGroup}."),
        (next.FewestEvents < now.FewestEvents, $"Rates of {next.FewestEvents} events decide, instead of {now.FewestEvents}."),
        (next.SmallestShownGroup < now.SmallestShownGroup, $"Groups of {next.SmallestShownGroup} rows are shown, instead of {now.SmallestShownGroup}."),
    ]);

    private static IEnumerable<string> Gates(Gate? next, Gate now) => next is null
        ? [$"There is no gate on {now.Metric} any more."]
        : Told(
        [
            (now.AtLeast is double least && !(next.AtLeast >= least), $"{now.Metric} is at least {Text(next.AtLeast)} instead of {Text(now.AtLeast)}."),
            (now.AtMost is double most && !(next.AtMost <= most), $"{now.Metric} is at most {Text(next.AtMost)} instead of {Text(now.AtMost)}."),
            (now.MinimumRows is int rows && !(next.MinimumRows >= rows), $"{now.Metric} is decided on fewer than {now.MinimumRows} rows."),
            (now.Estimator != GateEstimator.Any && next.Estimator != now.Estimator, $"{now.Metric} takes another interval than '{now.Estimator}'."),
        ]);

    private static IEnumerable<string> Corrections(CorrectionRule? next, CorrectionRule now) =>
        next is { } rule && rule.Method == now.Method && rule.Alpha.Equals(now.Alpha)
            ? [] : [$"P values of {now.Family} are adjusted otherwise than by {now.Method} at {Text(now.Alpha)}."];

    private static IEnumerable<string> Tiers(TierRule? next, TierRule now) => next is null
        ? [$"Nothing is asked of tier {now.Tier} any more."]
        : Told(
        [
            (next.Reviewers < now.Reviewers, $"Tier {now.Tier} needs {next.Reviewers} reviewers instead of {now.Reviewers}."),
            (next.Approvers < now.Approvers, $"Tier {now.Tier} needs {next.Approvers} approvers instead of {now.Approvers}."),
            (next.EvidenceDays > now.EvidenceDays, $"Evidence of tier {now.Tier} counts for {next.EvidenceDays} days instead of {now.EvidenceDays}."),
            (next.CadenceDays > now.CadenceDays, $"Tier {now.Tier} is reviewed every {next.CadenceDays} days instead of {now.CadenceDays}."),
        ]);

    // Which way is stricter belongs to the pack that counts: a new one cannot turn it round.
    private static IEnumerable<string> Limits(PolicyLimit? next, PolicyLimit now) =>
        next is not null && now.Stricter switch
        {
            Stricter.Lower => next.Value <= now.Value,
            Stricter.Higher => next.Value >= now.Value,
            _ => next.Value.Equals(now.Value),
        }
        && next.Stricter == now.Stricter
            ? [] : [$"The limit '{now.Id}' is {(next is null ? "gone" : Text(next.Value))} instead of {Text(now.Value)}."];

    private static IEnumerable<string> Lines(PolicyPack nextPack, ChecklistRequirement? next, PolicyPack nowPack, ChecklistRequirement now) => next is null
        ? [$"The checklist has no line '{now.Id}' any more."]
        : Told(
        [
            (now.IsMeasured && !next.IsMeasured, $"The line '{now.Id}' is not measured any more."),
            (now.IsWritten && !next.IsWritten, $"The line '{now.Id}' is not attested any more."),
            (next.FromTier > now.FromTier, $"The line '{now.Id}' is asked from tier {next.FromTier} on instead of {now.FromTier}."),
            (next.IsMeasured && now.Metrics is { } asked && !asked.All(metric => next.Metrics!.Contains(metric)), $"The line '{now.Id}' is shown by less."),
            .. Enum.GetValues<RiskTier>().Select(tier => (
                nowPack.LifetimeOf(now, tier) is TimeSpan life && !(nextPack.LifetimeOf(next, tier) <= life),
                $"Evidence for the line '{now.Id}' counts longer in tier {tier}.")),
        ]);

    private static IEnumerable<string> Told(IEnumerable<(bool Looser, string Sentence)> points) =>
        points.Where(point => point.Looser).Select(point => point.Sentence);

    private static string Text(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "no number";
}
