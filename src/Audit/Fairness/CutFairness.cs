using Governance.Audit.Performance;

namespace Governance.Audit.Fairness;

/// <summary>How groups fare under one choice of cuts of the score.</summary>
/// <param name="Overall">All rows.</param>
/// <param name="Groups">The groups, in the order they were given.</param>
/// <param name="ImpactRatio">Lowest over highest share of favourable decisions.</param>
/// <param name="SelectionDifference">Highest less lowest share of favourable decisions.</param>
/// <param name="TprDifference">Highest less lowest true positive rate.</param>
/// <param name="FprDifference">Highest less lowest false positive rate.</param>
public sealed record CutFairness(
    CutRates Overall, IReadOnlyList<CutRates> Groups, CutFigure ImpactRatio, CutFigure SelectionDifference, CutFigure TprDifference,
    CutFigure FprDifference)
{
    /// <summary>Measures. Summaries are over the groups with enough rows, with intervals that hold for all pairs of groups at once.</summary>
    /// <param name="names">Shape [groups].</param>
    /// <param name="groups">Shape [groups]: what was true against what is decided.</param>
    /// <param name="all">The same of all rows, those of no group included.</param>
    /// <param name="favourableIsPositive">Whether the wanted outcome is the positive class.</param>
    /// <param name="smallest">Groups of fewer rows are in no summary.</param>
    /// <param name="level">The confidence level.</param>
    /// <exception cref="ArgumentException">Names and groups differ in number.</exception>
    public static CutFairness Of(
        IReadOnlyList<string> names, ReadOnlySpan<Outcomes> groups, in Outcomes all, bool favourableIsPositive, int smallest, double level)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count != groups.Length)
        {
            throw new ArgumentException("Each group needs a name.", nameof(names));
        }

        List<GroupFigures> figures = [];
        List<CutRates> rates = [];
        for (int i = 0; i < groups.Length; i++)
        {
            GroupFigures own = Figures(names[i], groups[i], favourableIsPositive);
            rates.Add(Rates(own, groups[i], favourableIsPositive, level));
            if (own.Rows >= smallest)
            {
                figures.Add(own);
            }
        }

        GroupFigures overall = Figures("", all, favourableIsPositive);
        CriticalValues critical = new(level, null);
        return new CutFairness(
            Rates(overall, all, favourableIsPositive, level), rates, Ratio(figures, overall, critical),
            Difference(figures, overall, "selection_rate", critical), Difference(figures, overall, "tpr", critical), Difference(figures, overall, "fpr", critical));
    }

    private static GroupFigures Figures(string name, in Outcomes outcomes, bool favourableIsPositive)
    {
        Dictionary<string, Figure> figures = new(StringComparer.Ordinal);
        BinaryFigures.Add(outcomes, favourableIsPositive, figures);
        return new GroupFigures(name, outcomes.All.Rows, outcomes.All.Weight, figures);
    }

    private static CutRates Rates(GroupFigures figures, in Outcomes outcomes, bool favourableIsPositive, double level)
    {
        OutcomeCell favourable = favourableIsPositive ? outcomes.PredictedPositive : outcomes.PredictedNegative;
        return new CutRates(
            figures.Name, figures.Rows, favourable.Rows, outcomes.Positives.Rows, outcomes.Negatives.Rows, Figure("selection_rate"), Figure("tpr"),
            Figure("fpr"), Figure("ppv"), Figure("accuracy"), Figure("balanced_accuracy"));

        CutFigure Figure(string metric) => new(Known(figures[metric].Value), figures[metric].Interval(level)?.ToArray());
    }

    private static CutFigure Ratio(List<GroupFigures> groups, GroupFigures overall, CriticalValues critical)
    {
        FigureSpread spread = new(groups, overall, "selection_rate", Comparison.Groups);
        return spread.Groups < 2 ? CutFigure.None
            : new CutFigure(Known(spread.Ratio), spread.RatioInterval(critical.Of(spread.Comparisons, true, "selection_rate"))?.ToArray())
            {
                Lowest = spread.Lowest.Group, Highest = spread.Highest.Group,
            };
    }

    private static CutFigure Difference(List<GroupFigures> groups, GroupFigures overall, string metric, CriticalValues critical)
    {
        FigureSpread spread = new(groups, overall, metric, Comparison.Groups);
        return spread.Groups < 2 ? CutFigure.None
            : new CutFigure(Known(spread.Difference), spread.DifferenceInterval(critical.Of(spread.Comparisons, false, metric))?.ToArray())
            {
                Lowest = spread.Lowest.Group, Highest = spread.Highest.Group,
            };
    }

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>The rates of one group under a choice of cuts.</summary>
/// <param name="Group">Its name; empty for all rows.</param>
/// <param name="Rows">Its rows, never weighted.</param>
/// <param name="Favourable">Of them those decided favourably.</param>
/// <param name="Positives">Of them those with the positive label: what TPR is a share of.</param>
/// <param name="Negatives">Of them those with the negative label: what FPR is a share of.</param>
/// <param name="Selection">The share decided favourably.</param>
/// <param name="Tpr">The share of positives decided positive.</param>
/// <param name="Fpr">The share of negatives decided positive.</param>
/// <param name="Ppv">The share of those decided positive that are.</param>
/// <param name="Accuracy">The share decided right.</param>
/// <param name="Balanced">The mean of TPR and the share of negatives decided negative.</param>
public sealed record CutRates(
    string Group, int Rows, int Favourable, int Positives, int Negatives, CutFigure Selection, CutFigure Tpr, CutFigure Fpr, CutFigure Ppv,
    CutFigure Accuracy, CutFigure Balanced);

/// <summary>A figure with its interval.</summary>
/// <param name="Value">Null where undefined.</param>
/// <param name="Interval">[low, high], or null where none is known.</param>
public sealed record CutFigure(double? Value, IReadOnlyList<double>? Interval)
{
    /// <summary>A figure that is not defined.</summary>
    public static CutFigure None { get; } = new(null, null);

    /// <summary>Of a summary the group with the least rate; else null.</summary>
    public string? Lowest { get; init; }

    /// <summary>Of a summary the group with the highest rate; else null.</summary>
    public string? Highest { get; init; }
}
