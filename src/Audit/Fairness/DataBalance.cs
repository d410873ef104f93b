using Governance.Audit.Data;
using Governance.Audit.Performance;
using Governance.Audit.Statistics;
using MathNet.Numerics.Distributions;

namespace Governance.Audit.Fairness;

/// <summary>How an attribute's groups are represented in the data itself, before any model, and how their labels differ.</summary>
public sealed record DataBalance
{
    /// <summary>The groups in the order of the report.</summary>
    public required IReadOnlyList<GroupShare> Groups { get; init; }

    /// <summary>Rows without the attribute.</summary>
    public required int Missing { get; init; }

    /// <summary>The smallest share over the largest, in [0, 1].</summary>
    public required double RepresentationRatio { get; init; }

    /// <summary>The entropy of the shares over that of equal shares, in [0, 1]; 1 where all groups are equally large. Null with one group.</summary>
    public double? Evenness { get; init; }

    /// <summary>The labels' own disparity: of the favourable class's share, or of the mean; null without labels or with several classes.</summary>
    public MetricSpread? Labels { get; init; }

    /// <summary>Cramér's V of attribute and label, in [0, 1]; null for numbers and weighted rows.</summary>
    public double? LabelAssociation { get; init; }

    /// <summary>Of Pearson's χ² test that label and attribute are independent; null likewise.</summary>
    public double? LabelPValue { get; init; }

    /// <summary>Weighs up groups that have been measured.</summary>
    internal static DataBalance Of(IReadOnlyList<GroupFigures> groups, MeasuredRows rows, Levels levels, double level)
    {
        double weight = groups.Sum(group => group.Weight);
        int counted = groups.Sum(group => group.Rows);
        double kish = rows.IsWeighted ? EffectiveRows(rows.Weight, levels.Codes) : counted;
        GroupShare[] shares = [.. groups.Select(group => Share(group, weight, kish, level))];
        string? label = rows is RegressionRows ? "mean_label" : rows is BinaryRows ? "base_rate_favourable" : null;
        (double? association, double? p) = rows is BinaryRows && !rows.IsWeighted ? Association(groups) : default;
        double entropy = -shares.Sum(share => share.Share > 0 ? share.Share * Math.Log(share.Share) : 0);
        return new DataBalance
        {
            Groups = shares,
            Missing = rows.Rows - counted,
            RepresentationRatio = shares.Min(share => share.Share) / shares.Max(share => share.Share),
            Evenness = shares.Length > 1 ? entropy / Math.Log(shares.Length) : null,
            Labels = label is null ? null : LabelSpread(groups, label, level),
            LabelAssociation = association,
            LabelPValue = p,
        };
    }

    private static GroupShare Share(GroupFigures group, double weight, double kish, double level)
    {
        double share = weight > 0 ? Math.Min(1, group.Weight / weight) : 0;
        Figure labels = group["base_rate_favourable"];
        return new GroupShare(
            group.Name, group.Rows, share, kish > 0 ? WilsonInterval.Compute(share, kish, level).ToArray() : null,
            labels.IsDefined ? labels.Value : null, labels.Interval(level)?.ToArray(), labels.Kind == FigureKind.Share ? group.Rows - labels.Count : null);
    }

    private static MetricSpread? LabelSpread(IReadOnlyList<GroupFigures> groups, string metric, double level)
    {
        FigureSpread spread = new(groups, groups[0], metric, Comparison.Groups);
        if (spread.Groups == 0)
        {
            return null;
        }

        CriticalValues critical = new(level, null);
        bool hasRatio = double.IsFinite(spread.Ratio) && spread.Lowest.Figure.Value >= 0;
        return new MetricSpread(
            metric, new GroupValue(spread.Lowest.Group, spread.Lowest.Figure.Value), new GroupValue(spread.Highest.Group, spread.Highest.Figure.Value),
            null, spread.Difference, spread.DifferenceInterval(critical.Of(spread.Comparisons, false, metric))?.ToArray(),
            hasRatio ? spread.Ratio : null, hasRatio ? spread.RatioInterval(critical.Of(spread.Comparisons, true, metric))?.ToArray() : null);
    }

    private static (double? V, double? P) Association(IReadOnlyList<GroupFigures> groups)
    {
        Figure[] rates = [.. groups.Select(group => group["base_rate"]).Where(rate => rate.IsDefined)];
        double all = rates.Sum(rate => rate.Rows);
        double pooled = rates.Sum(rate => rate.Value * rate.Rows) / all;
        if (rates.Length < 2 || !(pooled > 0 && pooled < 1))
        {
            return default;
        }

        double chi = rates.Sum(rate => rate.Rows * (rate.Value - pooled) * (rate.Value - pooled)) / (pooled * (1 - pooled));
        return (Math.Sqrt(chi / all), 1 - ChiSquared.CDF(rates.Length - 1, chi));
    }

    private static double EffectiveRows(ReadOnlySpan<double> weight, ReadOnlySpan<int> codes)
    {
        OutcomeCell cell = default;
        for (int row = 0; row < weight.Length; row++)
        {
            cell = codes[row] >= 0 ? cell.With(weight[row]) : cell;
        }

        return cell.EffectiveRows;
    }
}

/// <summary>A group's place in the data.</summary>
/// <param name="Group">The level.</param>
/// <param name="Count">Its rows.</param>
/// <param name="Share">Of the weight of all rows that have a group, in [0, 1].</param>
/// <param name="ShareInterval">[low, high] of the share among all such persons, if the data are a sample of them; or null.</param>
/// <param name="FavourableLabels">The share of labels that are the favourable class; null where there are none or none such.</param>
/// <param name="FavourableInterval">[low, high] of it, or null.</param>
/// <param name="MissingLabels">Rows of the group without a label; null for numbers and several classes.</param>
public sealed record GroupShare(
    string Group, int Count, double Share, IReadOnlyList<double>? ShareInterval, double? FavourableLabels,
    IReadOnlyList<double>? FavourableInterval, int? MissingLabels);
