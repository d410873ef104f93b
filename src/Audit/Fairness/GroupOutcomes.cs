using Governance.Audit.Performance;
using Governance.Audit.Statistics;

namespace Governance.Audit.Fairness;

/// <summary>What one kernel pass found out about one group: the material of its metrics, summaries and tests.</summary>
internal sealed class GroupOutcomes
{
    private readonly Dictionary<string, Rate> rates;

    public GroupOutcomes(string name, in Outcomes counts, bool favourableIsPositive, MeanEstimate meanScore, AucEstimate area)
    {
        Name = name;
        Counts = counts;
        MeanScore = meanScore;
        Area = area;
        rates = Rates(counts, favourableIsPositive);
    }

    /// <summary>The proportions, in the order of reports.</summary>
    public static IReadOnlyList<string> RateNames { get; } = [.. Rates(default, true).Keys];

    public string Name { get; }

    public Outcomes Counts { get; }

    public MeanEstimate MeanScore { get; }

    public AucEstimate Area { get; }

    /// <summary>The proportion of this name.</summary>
    public Rate this[string metric] => rates[metric];

    /// <summary>Values and intervals as reports carry them.</summary>
    /// <param name="level">The confidence level.</param>
    /// <param name="scored">Whether there are scores.</param>
    public GroupMetrics ToMetrics(double level, bool scored)
    {
        Dictionary<string, double?> values = new(StringComparer.Ordinal);
        Dictionary<string, IReadOnlyList<double>> intervals = new(StringComparer.Ordinal);
        foreach ((string metric, Rate rate) in rates)
        {
            Put(metric, rate.Value, rate.Wilson(level));
        }

        Put("balanced_accuracy", (this["tpr"].Value + this["tnr"].Value) / 2, null);
        Put("f1", Rate.Of(Counts.TruePositives + Counts.TruePositives, Counts.Positives + Counts.LabelledPredictedPositive).Value, null);
        if (scored)
        {
            Put("mean_score", MeanScore.Value, MeanScore.Interval(level));
            Put("roc_auc", Area.Area, Area.DeLong(level));
        }

        return new GroupMetrics
        {
            Group = Name,
            Count = Counts.All.Rows,
            Weight = Counts.All.Weight,
            Metrics = values,
            Intervals = intervals,
        };

        void Put(string metric, double value, Interval? interval)
        {
            values[metric] = double.IsNaN(value) ? null : value;
            if (interval is Interval known)
            {
                intervals[metric] = known.ToArray();
            }
        }
    }

    // TPR, FPR, PPV refer to the positive class, the favourable_… rates to the favourable one. With two classes the
    // rates of one are those of the other by another name: favourable_tpr is tnr where the favourable class is negative.
    private static Dictionary<string, Rate> Rates(in Outcomes o, bool favourableIsPositive)
    {
        Rate tpr = Rate.Of(o.TruePositives, o.Positives);
        Rate fpr = Rate.Of(o.FalsePositives, o.Negatives);
        Rate tnr = Rate.Of(o.TrueNegatives, o.Negatives);
        Rate fnr = Rate.Of(o.FalseNegatives, o.Positives);
        Rate ppv = Rate.Of(o.TruePositives, o.LabelledPredictedPositive);
        Rate npv = Rate.Of(o.TrueNegatives, o.LabelledPredictedNegative);
        Rate baseRate = Rate.Of(o.Positives, o.Labelled);
        return new Dictionary<string, Rate>(StringComparer.Ordinal)
        {
            ["selection_rate"] = Rate.Of(favourableIsPositive ? o.PredictedPositive : o.PredictedNegative, o.All),
            ["tpr"] = tpr,
            ["fpr"] = fpr,
            ["tnr"] = tnr,
            ["fnr"] = fnr,
            ["ppv"] = ppv,
            ["npv"] = npv,
            ["fdr"] = Rate.Of(o.FalsePositives, o.LabelledPredictedPositive),
            ["for"] = Rate.Of(o.FalseNegatives, o.LabelledPredictedNegative),
            ["accuracy"] = Rate.Of(o.Right, o.Labelled),
            ["base_rate"] = baseRate,
            ["base_rate_favourable"] = favourableIsPositive ? baseRate : Rate.Of(o.Negatives, o.Labelled),
            ["favourable_tpr"] = favourableIsPositive ? tpr : tnr,
            ["favourable_fpr"] = favourableIsPositive ? fpr : fnr,
            ["favourable_ppv"] = favourableIsPositive ? ppv : npv,
        };
    }
}
