using Governance.Audit.Statistics;

namespace Governance.Audit.Fairness;

/// <summary>Differences and ratios of an attribute's groups, by the names that reports carry.</summary>
internal sealed class FairnessSummary
{
    private readonly Dictionary<string, double?> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<double>> intervals = new(StringComparer.Ordinal);
    private readonly List<UndefinedMetric> undefined = [];

    private FairnessSummary()
    {
    }

    public IReadOnlyDictionary<string, double?> Values => values;

    public IReadOnlyDictionary<string, IReadOnlyList<double>> Intervals => intervals;

    public IReadOnlyList<UndefinedMetric> Undefined => undefined;

    /// <summary>Summarises groups.</summary>
    /// <param name="groups">The groups of one figure, any number: those that count for it.</param>
    /// <param name="overall">All rows.</param>
    /// <param name="reference">The reference group, or null: then there is no disparate_impact.</param>
    /// <param name="rows">Which parities the task has.</param>
    /// <param name="options">Level and kind of comparison.</param>
    /// <param name="critical">Makes intervals simultaneous.</param>
    /// <param name="fewest">Summaries of fewer groups are undefined: 1, or 2 where one group left over must not look like parity.</param>
    public static FairnessSummary Of(
        Func<string, IEnumerable<GroupFigures>> groups, GroupFigures overall, GroupFigures? reference, MeasuredRows rows,
        FairnessOptions options, CriticalValues critical, int fewest)
    {
        FairnessSummary summary = new();
        foreach ((string name, string metric) in rows.Parities)
        {
            FigureSpread spread = Spread(metric);
            summary.Put(name + "_difference", spread.Difference, spread.DifferenceInterval(critical.Of(spread.Comparisons, false, metric)), metric);
            if (!rows.IsSigned(metric))
            {
                summary.Put(name + "_ratio", spread.Ratio, spread.RatioInterval(critical.Of(spread.Comparisons, true, metric)), metric);
            }
        }

        if (rows.HasDecisions)
        {
            summary.PutOdds(Spread("tpr"), Spread("fpr"), critical);
            if (reference is not null)
            {
                summary.PutDisparateImpact(groups("selection_rate"), reference, options.Level);
            }
        }

        return summary;

        FigureSpread Spread(string metric)
        {
            FigureSpread spread = new(groups(metric), overall, metric, options.RelativeTo);
            return spread.Groups >= fewest ? spread : new FigureSpread([], overall, metric, options.RelativeTo);
        }
    }

    private void PutOdds(FigureSpread tpr, FigureSpread fpr, CriticalValues critical)
    {
        int comparisons = tpr.Comparisons + fpr.Comparisons;
        double z = critical.Of(comparisons, false, "tpr", "fpr");
        double logarithmic = critical.Of(comparisons, true, "tpr", "fpr");
        Interval? difference = null;
        Interval? mean = null;
        if (tpr.DifferenceInterval(z) is Interval t && fpr.DifferenceInterval(z) is Interval f)
        {
            difference = new Interval(Math.Max(t.Low, f.Low), Math.Max(t.High, f.High));
            mean = new Interval((t.Low + f.Low) / 2, (t.High + f.High) / 2);
        }

        Interval? ratio = null;
        Interval? meanRatio = null;
        if (tpr.RatioInterval(logarithmic) is Interval u && fpr.RatioInterval(logarithmic) is Interval g)
        {
            ratio = new Interval(Math.Min(u.Low, g.Low), Math.Min(u.High, g.High));
            meanRatio = new Interval((u.Low + g.Low) / 2, (u.High + g.High) / 2);
        }

        // Math.Max and Math.Min carry NaN over: odds are undefined where either rate is.
        Put("equalized_odds_difference", Math.Max(tpr.Difference, fpr.Difference), difference, "tpr or fpr");
        Put("equalized_odds_ratio", Math.Min(tpr.Ratio, fpr.Ratio), ratio, "tpr or fpr");
        Put("average_odds_difference", (tpr.Difference + fpr.Difference) / 2, mean, "tpr or fpr");
        Put("average_odds_ratio", (tpr.Ratio + fpr.Ratio) / 2, meanRatio, "tpr or fpr");
    }

    // The smallest ratio of any other group's selection rate to the reference group's; above 1 where all others fare better.
    private void PutDisparateImpact(IEnumerable<GroupFigures> groups, GroupFigures reference, double level)
    {
        Figure privileged = reference["selection_rate"];
        Figure[] others = [.. groups.Where(group => group != reference).Select(group => group["selection_rate"]).Where(rate => rate.IsDefined)];
        double value = double.NaN;
        Interval? interval = null;
        if (others.Length > 0 && privileged.Value > 0)
        {
            double z = NormalQuantile.TwoSided(1 - ((1 - level) / others.Length));
            Interval[] ratios = [.. others.Select(rate => LogRatioInterval.ComputeAt(rate.Value, rate.Rows, privileged.Value, privileged.Rows, z))];
            value = others.Min(rate => rate.Value) / privileged.Value;
            interval = new Interval(ratios.Min(ratio => ratio.Low), ratios.Min(ratio => ratio.High));
        }

        Put("disparate_impact", value, interval, "selection_rate");
    }

    private void Put(string name, double value, Interval? interval, string metric)
    {
        values[name] = double.IsFinite(value) ? value : null;
        if (!double.IsFinite(value))
        {
            undefined.Add(new UndefinedMetric(name, [], $"no group has a defined {metric}, or it is 0 in every group compared (0 / 0)"));
        }
        else if (interval is Interval known && double.IsFinite(known.Low) && double.IsFinite(known.High))
        {
            intervals[name] = known.ToArray();
        }
    }
}
