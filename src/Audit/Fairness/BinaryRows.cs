using Governance.Audit.Performance;
using Governance.Audit.Statistics.Resampling;

namespace Governance.Audit.Fairness;

/// <summary>A binary decision, a score, or both.</summary>
internal sealed class BinaryRows : MeasuredRows
{
    private static readonly (string Name, string Metric)[] DecisionParities =
    [
        ("demographic_parity", "selection_rate"), ("equal_opportunity", "tpr"), ("predictive_equality", "fpr"),
        ("predictive_parity", "ppv"), ("accuracy", "accuracy"), ("favourable_equal_opportunity", "favourable_tpr"),
        ("favourable_predictive_parity", "favourable_ppv"), ("negative_predictive_parity", "npv"), ("treatment_equality", "treatment_equality"),
    ];

    private readonly BinaryDecisions decisions;
    private readonly bool probabilities;
    private int[]? order;

    /// <summary>Takes decisions.</summary>
    /// <param name="decisions">Labels, predictions, scores and weights.</param>
    /// <param name="decided">False where there are scores alone: rates of predictions are then left out.</param>
    public BinaryRows(BinaryDecisions decisions, bool decided)
    {
        this.decisions = decisions;
        HasDecisions = decided;
        probabilities = ScoreFigures.AreProbabilities(decisions.Score);
        IEnumerable<string> scores = decisions.Score.IsEmpty ? []
            : probabilities ? [.. ScoreFigures.Ranking, .. ScoreFigures.Probability] : ScoreFigures.Ranking;
        Metrics = [.. decided ? BinaryFigures.All : ["base_rate", "base_rate_favourable"], .. scores];
        Parities = [.. DecisionParities.Append(("base_rate", "base_rate")).Concat(scores.Select(metric => (metric, metric)))
            .Where(parity => Metrics.Contains(parity.Item2))];
        string[] tested =
            ["selection_rate", "tpr", "fpr", "ppv", "npv", "accuracy", "favourable_tpr", "favourable_fpr", "favourable_ppv", "base_rate",
             "treatment_equality", .. scores];
        Tested = [.. tested.Where(metric => Metrics.Contains(metric)
            && !(FavourableRepeats && metric.StartsWith("favourable", StringComparison.Ordinal)))];
    }

    /// <summary>The decisions themselves.</summary>
    public BinaryDecisions Decisions => decisions;

    public override string Positive => decisions.Positive;

    public override string Favourable => decisions.Favourable;

    public override int Rows => decisions.Rows;

    public override ReadOnlySpan<double> Weight => decisions.Weight;

    public override int MissingLabels => decisions.Label.Count((sbyte)-1);

    public override bool HasDecisions { get; }

    public override bool FavourableRepeats => decisions.FavourableIsPositive;

    public override IReadOnlyList<string> Metrics { get; }

    public override IReadOnlyList<(string Name, string Metric)> Parities { get; }

    public override IReadOnlyList<string> Tested { get; }

    public override bool IsSigned(string metric) => metric is "calibration_intercept" or "calibration_slope" or "mcc";

    public override IReadOnlyList<GroupFigures> Count(ReadOnlySpan<int> codes, IReadOnlyList<string> names)
    {
        Outcomes[] outcomes = new Outcomes[names.Count];
        CountOutcomes.Compute(decisions.Label, decisions.Prediction, decisions.Weight, codes, outcomes);
        Dictionary<string, Figure>[] figures = new Dictionary<string, Figure>[names.Count];
        for (int group = 0; group < figures.Length; group++)
        {
            figures[group] = new Dictionary<string, Figure>(StringComparer.Ordinal);
            BinaryFigures.Add(outcomes[group], decisions.FavourableIsPositive, figures[group]);
        }

        if (!decisions.Score.IsEmpty)
        {
            order ??= RankOrder.Ascending(decisions.Score);
            ScoreFigures.Add(decisions, order, codes, figures, probabilities);
        }

        return [.. names.Select((name, i) => new GroupFigures(
            name, outcomes[i].All.Rows, outcomes[i].All.Weight,
            HasDecisions ? figures[i] : Metrics.ToDictionary(metric => metric, metric => figures[i][metric], StringComparer.Ordinal)))];
    }

    public override MeasuredRows Take(ReadOnlySpan<int> rows) => new BinaryRows(decisions.Take(rows), HasDecisions);

    public override MeasuredRows Reweighted(double[] weights) => new BinaryRows(
        new BinaryDecisions(
            decisions.Positive, decisions.Favourable, decisions.Label.ToArray(), decisions.Prediction.ToArray(),
            decisions.Score.IsEmpty ? null : decisions.Score.ToArray(), weights) { Negative = decisions.Negative },
        HasDecisions);

    public override GroupBootstrap Bootstrap(
        int[] codes, IReadOnlyList<string> names, BootstrapOptions options, CancellationToken cancellationToken) =>
        decisions.Score.IsEmpty && decisions.Weight.IsEmpty
            ? OutcomeBootstrap.Run(decisions, codes, names.Count, options, cancellationToken)
            : ScoreBootstrap.Run(decisions, order ??= RankOrder.Ascending(decisions.Score), codes, names.Count, probabilities, options, cancellationToken);

    public override string Reason(string metric)
    {
        string positive = $"'{decisions.Positive}'";
        return metric switch
        {
            "selection_rate" => "the rows of the group have no weight",
            "accuracy" or "error_rate" or "base_rate" or "base_rate_favourable" => "no row of the group has a label and a weight above 0",
            "tpr" or "fnr" => $"no row of the group with a weight above 0 is {positive}",
            "fpr" or "tnr" => $"no row of the group with a weight above 0 is other than {positive}",
            "ppv" or "fdr" => $"no labelled row of the group with a weight above 0 is predicted {positive}",
            "npv" or "for" => $"no labelled row of the group with a weight above 0 is predicted other than {positive}",
            "favourable_tpr" => $"no row of the group with a weight above 0 is '{decisions.Favourable}'",
            "favourable_fpr" => $"no row of the group with a weight above 0 is other than '{decisions.Favourable}'",
            "favourable_ppv" => $"no labelled row of the group with a weight above 0 is predicted '{decisions.Favourable}'",
            "balanced_accuracy" => "the group has rows of one class only",
            "roc_auc" => "the group has rows with a score of one class only",
            "f1" => $"no labelled row of the group is {positive} or predicted so",
            "mcc" => "in the group only one class occurs, or only one is predicted",
            "treatment_equality" => "the group has no false positive to set its false negatives against",
            "mean_score" => "no row of the group has a score",
            "calibration_slope" or "calibration_intercept" =>
                "the group has one class only, scores that are all alike, or scores that separate its classes",
            _ => "no row of the group has both a label and a score",
        };
    }
}
