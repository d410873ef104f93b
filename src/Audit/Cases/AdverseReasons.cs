namespace Governance.Audit.Cases;

/// <summary>A feature that counts among the principal reasons of a decision against a person.</summary>
/// <param name="Feature">The feature, or the group of features.</param>
/// <param name="Weight">How far it moved the output against the person; above 0, in the units of the attributions.</param>
/// <param name="Low">The low end of the 95 % interval of that; null where nothing was sampled.</param>
/// <param name="High">The high end.</param>
/// <param name="TiesWithNext">Whether the next reason weighs as much as far as can be told: their order says nothing.</param>
public sealed record AdverseReason(string Feature, double Weight, double? Low, double? High, bool TiesWithNext);

/// <summary>The principal reasons of a decision against a person.</summary>
/// <param name="Told">The strongest first.</param>
/// <param name="TiedBeyond">Features that are left out though they weigh as much as the last told.</param>
/// <param name="Unsettled">Features that push against the person by no more than their own uncertainty.</param>
public sealed record AdverseReasonList(IReadOnlyList<AdverseReason> Told, IReadOnlyList<string> TiedBeyond, IReadOnlyList<string> Unsettled);

/// <summary>Reads principal reasons out of one row's attributions. Pure.</summary>
/// <remarks>
/// Regulation B, 12 CFR 1002.9(b)(2), asks for the principal reasons; its comment 9(b)(2)-1 finds more than four of little
/// help. A reason counts where it pushes against the person by more than its own uncertainty. Two reasons tie where their
/// intervals overlap, or, of exact values, where they differ by less than 1e-9 of the larger.
/// </remarks>
public static class AdverseReasons
{
    /// <summary>The most reasons that are told.</summary>
    public const int Most = 4;

    private const double Rounding = 1e-9;

    /// <summary>Reads them.</summary>
    /// <param name="features">Names, shape [features].</param>
    /// <param name="values">Attributions, shape [features].</param>
    /// <param name="interval">95 % intervals, shape [features][2]; null where nothing was sampled.</param>
    /// <param name="upwards">Whether a higher output is against the person.</param>
    /// <param name="most">How many are told, at least 1.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static AdverseReasonList Of(
        IReadOnlyList<string> features, IReadOnlyList<double> values, IReadOnlyList<IReadOnlyList<double>>? interval, bool upwards, int most)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        if (values.Count != features.Count || (interval is not null && interval.Count != features.Count))
        {
            throw new ArgumentException("One attribution and one interval a feature.", nameof(values));
        }

        AdverseReason[] against =
        [
            .. Enumerable.Range(0, features.Count).Select(at => Read(features[at], values[at], interval?[at], upwards))
                .Where(reason => reason.Weight > 0).OrderByDescending(reason => reason.Weight),
        ];
        AdverseReason[] settled = [.. against.Where(reason => reason.Low is null || reason.Low > 0)];
        AdverseReason[] told =
        [
            .. settled.Take(most).Select((reason, at) => reason with { TiesWithNext = at + 1 < settled.Length && Tie(reason, settled[at + 1]) }),
        ];
        return new AdverseReasonList(
            told,
            [.. settled.Skip(told.Length).TakeWhile(reason => Tie(told[^1], reason)).Select(reason => reason.Feature)],
            [.. against.Except(settled).Select(reason => reason.Feature)]);
    }

    private static AdverseReason Read(string feature, double value, IReadOnlyList<double>? interval, bool upwards) => upwards
        ? new AdverseReason(feature, value, interval?[0], interval?[1], false)
        : new AdverseReason(feature, -value, -interval?[1], -interval?[0], false);

    private static bool Tie(AdverseReason stronger, AdverseReason weaker) => stronger.Low is double low && weaker.High is double high
        ? low <= high
        : stronger.Weight - weaker.Weight <= Rounding * stronger.Weight;
}
