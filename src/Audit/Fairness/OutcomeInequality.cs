using Governance.Audit.Performance;

namespace Governance.Audit.Fairness;

/// <summary>How unequally decisions fall on persons, whatever their group.</summary>
/// <remarks>
/// A person's benefit is 1 for a just decision, 2 for one better and 0 for one worse than the label: favourable prediction −
/// favourable label + 1. Rows without a label are left out.
/// </remarks>
public sealed record OutcomeInequality
{
    /// <summary>Theil's index, the generalised entropy at α = 1; null where undefined.</summary>
    public double? Theil { get; init; }

    /// <summary>The generalised entropy at α = 2: half the squared coefficient of variation.</summary>
    public double? GeneralizedEntropy { get; init; }

    /// <summary>The coefficient of variation of benefits.</summary>
    public double? CoefficientOfVariation { get; init; }

    internal static OutcomeInequality Of(BinaryDecisions decisions)
    {
        double[] weights = Totals(decisions, [], 1);
        return new OutcomeInequality
        {
            Theil = Known(EntropyIndex.Compute(Benefits, weights, 1)),
            GeneralizedEntropy = Known(EntropyIndex.Compute(Benefits, weights, 2)),
            CoefficientOfVariation = Known(EntropyIndex.Variation(Benefits, weights)),
        };
    }

    /// <summary>The three benefits that a decision can have.</summary>
    internal static double[] Benefits { get; } = [0, 1, 2];

    /// <summary>The weight of the rows with a label by group and benefit: indices need no more of the rows than that.</summary>
    /// <returns>Shape [groups, 3].</returns>
    internal static double[] Totals(BinaryDecisions decisions, ReadOnlySpan<int> codes, int groups)
    {
        double[] totals = new double[groups * 3];
        int sign = decisions.FavourableIsPositive ? 1 : -1;
        ReadOnlySpan<sbyte> label = decisions.Label;
        ReadOnlySpan<sbyte> prediction = decisions.Prediction;
        ReadOnlySpan<double> weight = decisions.Weight;
        for (int row = 0; row < label.Length; row++)
        {
            int group = codes.IsEmpty ? 0 : codes[row];
            if (group >= 0 && label[row] >= 0)
            {
                totals[(group * 3) + 1 + (sign * (prediction[row] - label[row]))] += weight.IsEmpty ? 1 : weight[row];
            }
        }

        return totals;
    }

    internal static double? Known(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>The part of that inequality which lies between groups, and how far groups' outcomes can be told apart.</summary>
public sealed record GroupInequality
{
    /// <summary>Theil's index if each person had the mean benefit of their group; null where undefined.</summary>
    public double? BetweenTheil { get; init; }

    /// <summary>The part of Theil's index that lies between the groups, in [0, 1]; null where all benefits are alike.</summary>
    public double? BetweenShare { get; init; }

    /// <summary>The generalised entropy at α = 2 of the groups' mean benefits.</summary>
    public double? BetweenGeneralizedEntropy { get; init; }

    /// <summary>The coefficient of variation of the groups' mean benefits.</summary>
    public double? BetweenCoefficientOfVariation { get; init; }

    /// <summary>Smoothed empirical differential fairness of the predictions, in nats: 0 where all groups are treated alike.</summary>
    public double? DifferentialFairness { get; init; }

    /// <summary>That of the labels.</summary>
    public double? LabelDifferentialFairness { get; init; }

    /// <summary>The former less the latter: above 0 where the predictions set groups further apart than the labels do.</summary>
    public double? BiasAmplification { get; init; }

    internal static GroupInequality Of(BinaryDecisions decisions, Data.Levels levels)
    {
        int groups = levels.Names.Count;
        double[] totals = OutcomeInequality.Totals(decisions, levels.Codes, groups);
        (double[] between, double[] weights) = Between(totals);
        double theil = EntropyIndex.Compute(between, weights, 1);
        double[] persons = [.. Enumerable.Range(0, totals.Length).Select(i => OutcomeInequality.Benefits[i % 3])];
        double all = EntropyIndex.Compute(persons, totals, 1);
        (double[] selected, double[] labelled, double[] total, double[] known) = Tables(decisions, levels);
        double predictions = Fairness.DifferentialFairness.Compute(selected, total);
        double labels = Fairness.DifferentialFairness.Compute(labelled, known);
        return new GroupInequality
        {
            BetweenTheil = OutcomeInequality.Known(theil),
            BetweenShare = all > 0 ? OutcomeInequality.Known(theil / all) : null,
            BetweenGeneralizedEntropy = OutcomeInequality.Known(EntropyIndex.Compute(between, weights, 2)),
            BetweenCoefficientOfVariation = OutcomeInequality.Known(EntropyIndex.Variation(between, weights)),
            DifferentialFairness = OutcomeInequality.Known(predictions),
            LabelDifferentialFairness = OutcomeInequality.Known(labels),
            BiasAmplification = OutcomeInequality.Known(predictions - labels),
        };
    }

    /// <summary>Each group's mean benefit, and its weight.</summary>
    /// <param name="totals">Shape [groups, 3]: weight by benefit.</param>
    internal static (double[] Means, double[] Weights) Between(double[] totals)
    {
        double[] means = new double[totals.Length / 3];
        double[] weights = new double[means.Length];
        for (int group = 0; group < means.Length; group++)
        {
            weights[group] = totals[group * 3] + totals[(group * 3) + 1] + totals[(group * 3) + 2];
            means[group] = weights[group] > 0 ? (totals[(group * 3) + 1] + (2 * totals[(group * 3) + 2])) / weights[group] : 0;
        }

        return (means, weights);
    }

    private static (double[] Selected, double[] Labelled, double[] All, double[] Known) Tables(BinaryDecisions decisions, Data.Levels levels)
    {
        double[] selected = new double[levels.Names.Count];
        double[] labelled = new double[selected.Length];
        double[] all = new double[selected.Length];
        double[] known = new double[selected.Length];
        for (int row = 0; row < decisions.Rows; row++)
        {
            int group = levels.Codes[row];
            if (group >= 0)
            {
                double mass = decisions.Weight.IsEmpty ? 1 : decisions.Weight[row];
                int favourable = decisions.FavourableIsPositive ? 1 : 0;
                all[group] += mass;
                selected[group] += decisions.Prediction[row] == favourable ? mass : 0;
                known[group] += decisions.Label[row] >= 0 ? mass : 0;
                labelled[group] += decisions.Label[row] == favourable ? mass : 0;
            }
        }

        return (selected, labelled, all, known);
    }
}
