namespace Governance.Audit.Answers.Policy;

/// <summary>What is released of one player's attribution.</summary>
/// <param name="Feature">The player.</param>
/// <param name="Value">In the units of the explanation; null where only sign and level are released.</param>
/// <param name="Level">Sign and size in -3 … 3; 0 for none at all. See <see cref="AttributionLevels"/>.</param>
public sealed record ReleasedAttribution(string Feature, double? Value, int Level);

/// <summary>Attributions as signs and levels. Pure.</summary>
/// <remarks>
/// The levels are fixed shares of the sum of absolute attributions, not quantiles: only buckets that do not move with the
/// other answers stop a copy from converging (measured in the security brief, section 2.3).
/// </remarks>
public static class AttributionLevels
{
    /// <summary>From this share of all absolute attributions on, inclusive, a player is of level 3.</summary>
    public const double Strong = 0.30;

    /// <summary>From this share on, inclusive, a player is of level 2.</summary>
    public const double Moderate = 0.10;

    /// <summary>Signs and levels.</summary>
    /// <param name="values">Shape [players]: attributions in one unit.</param>
    /// <returns>Shape [players], in -3 … 3; 0 only for an attribution of 0 or one that is no number.</returns>
    public static int[] Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double total = values.Where(double.IsFinite).Sum(Math.Abs);
        return [.. values.Select(value => !double.IsFinite(value) || value == 0 ? 0
            : Math.Sign(value) * (Math.Abs(value) >= Strong * total ? 3 : Math.Abs(value) >= Moderate * total ? 2 : 1))];
    }

    /// <summary>Releases attributions in a form.</summary>
    /// <param name="features">Shape [players]: their names.</param>
    /// <param name="values">Shape [players]: their attributions.</param>
    /// <param name="form">How much.</param>
    /// <returns>In the order of the players, whatever their size: an order by size would tell more than the levels.</returns>
    /// <exception cref="ArgumentException">Names and values are not as many.</exception>
    public static IReadOnlyList<ReleasedAttribution> Release(
        IReadOnlyList<string> features, IReadOnlyList<double> values, AttributionForm form)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(values);
        if (features.Count != values.Count)
        {
            throw new ArgumentException($"{features.Count} names for {values.Count} attributions.", nameof(values));
        }

        int[] levels = Of(values);
        int most = form switch
        {
            AttributionForm.Full => features.Count,
            AttributionForm.Bucketed => 5,
            AttributionForm.TopThreeSigns => 3,
            _ => 0,
        };
        return
        [
            .. Enumerable.Range(0, features.Count)
                .OrderByDescending(at => double.IsFinite(values[at]) ? Math.Abs(values[at]) : 0).ThenBy(at => at).Take(most)
                .Order()
                .Select(at => new ReleasedAttribution(features[at], form == AttributionForm.Full ? values[at] : null, levels[at])),
        ];
    }
}
