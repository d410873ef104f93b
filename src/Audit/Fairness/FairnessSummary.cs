using Governance.Audit.Performance;
using Governance.Audit.Statistics;

namespace Governance.Audit.Fairness;

/// <summary>Differences and ratios of an attribute's groups, by the names that reports carry.</summary>
internal sealed class FairnessSummary
{
    // Each gives NAME_difference and NAME_ratio.
    private static readonly (string Name, string Rate)[] Parities =
    [
        ("demographic_parity", "selection_rate"),
        ("equal_opportunity", "tpr"),
        ("predictive_equality", "fpr"),
        ("predictive_parity", "ppv"),
        ("accuracy", "accuracy"),
        ("favourable_equal_opportunity", "favourable_tpr"),
        ("favourable_predictive_parity", "favourable_ppv"),
    ];

    private readonly Dictionary<string, double?> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<double>> intervals = new(StringComparer.Ordinal);
    private readonly List<UndefinedMetric> undefined = [];

    private FairnessSummary()
    {
    }

    public IReadOnlyDictionary<string, double?> Values => values;

    /// <summary>Of comparisons between groups; differences from all rows have none, as a group is part of the whole.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Intervals => intervals;

    public IReadOnlyList<UndefinedMetric> Undefined => undefined;

    /// <summary>Summarises groups.</summary>
    /// <param name="groups">The groups, any number.</param>
    /// <param name="overall">All rows.</param>
    /// <param name="reference">The reference group, or null: then there is no disparate_impact.</param>
    /// <param name="options">Level and kind of comparison.</param>
    public static FairnessSummary Of(
        IReadOnlyList<GroupOutcomes> groups, GroupOutcomes overall, GroupOutcomes? reference, FairnessOptions options)
    {
        FairnessSummary summary = new();
        bool pairs = options.RelativeTo == Comparison.Groups;
        foreach ((string name, string rate) in Parities)
        {
            RateSpread spread = Spread(rate);
            summary.Put(name + "_difference", spread.Difference, pairs ? spread.DifferenceInterval(options.Level) : null, rate);
            summary.Put(name + "_ratio", spread.Ratio, pairs ? spread.RatioInterval(options.Level) : null, rate);
        }

        summary.PutOdds(Spread("tpr"), Spread("fpr"), pairs ? options.Level : null);
        if (reference is not null)
        {
            summary.PutDisparateImpact(groups, reference, options.Level);
        }

        return summary;

        RateSpread Spread(string rate) => new(groups.Select(group => group[rate]), overall[rate], options.RelativeTo);
    }

    private void PutOdds(RateSpread tpr, RateSpread fpr, double? level)
    {
        Interval? difference = null;
        Interval? mean = null;
        Interval? ratio = null;
        if (level is double asked)
        {
            if (tpr.DifferenceInterval(asked, 2) is Interval t && fpr.DifferenceInterval(asked, 2) is Interval f)
            {
                difference = new Interval(Math.Max(t.Low, f.Low), Math.Max(t.High, f.High));
                mean = new Interval((t.Low + f.Low) / 2, (t.High + f.High) / 2);
            }

            if (tpr.RatioInterval(asked, 2) is Interval u && fpr.RatioInterval(asked, 2) is Interval g)
            {
                ratio = new Interval(Math.Min(u.Low, g.Low), Math.Min(u.High, g.High));
            }
        }

        // Math.Max and Math.Min carry NaN over: odds are undefined where either rate is.
        Put("equalized_odds_difference", Math.Max(tpr.Difference, fpr.Difference), difference, "tpr or fpr");
        Put("equalized_odds_ratio", Math.Min(tpr.Ratio, fpr.Ratio), ratio, "tpr or fpr");
        Put("average_odds_difference", (tpr.Difference + fpr.Difference) / 2, mean, "tpr or fpr");
    }

    // The smallest ratio of any other group's selection rate to the reference group's; above 1 where all others fare better.
    private void PutDisparateImpact(IReadOnlyList<GroupOutcomes> groups, GroupOutcomes reference, double level)
    {
        Rate privileged = reference["selection_rate"];
        Rate[] others = [.. groups.Where(group => group != reference).Select(group => group["selection_rate"]).Where(rate => rate.IsDefined)];
        double value = double.NaN;
        Interval? interval = null;
        if (others.Length > 0 && privileged.Value > 0)
        {
            double each = 1 - ((1 - level) / others.Length);
            Interval[] ratios = [.. others.Select(rate =>
                LogRatioInterval.Compute(rate.Value, rate.EffectiveRows, privileged.Value, privileged.EffectiveRows, each))];
            value = others.Min(rate => rate.Value) / privileged.Value;
            interval = new Interval(ratios.Min(ratio => ratio.Low), ratios.Min(ratio => ratio.High));
        }

        Put("disparate_impact", value, interval, "selection_rate");
    }

    private void Put(string name, double value, Interval? interval, string rate)
    {
        values[name] = double.IsFinite(value) ? value : null;
        if (!double.IsFinite(value))
        {
            undefined.Add(new UndefinedMetric(name, [], $"no group has a defined {rate}, or it is 0 in every group compared (0 / 0)"));
        }
        else if (interval is Interval known && double.IsFinite(known.Low) && double.IsFinite(known.High))
        {
            intervals[name] = known.ToArray();
        }
    }
}
