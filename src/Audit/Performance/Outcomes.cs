namespace Governance.Audit.Performance;

/// <summary>The rows of one group by what was true and what was predicted.</summary>
/// <param name="TruePositives">Positive, predicted positive.</param>
/// <param name="FalsePositives">Negative, predicted positive.</param>
/// <param name="TrueNegatives">Negative, predicted negative.</param>
/// <param name="FalseNegatives">Positive, predicted negative.</param>
/// <param name="UnlabelledPositives">Without a label, predicted positive.</param>
/// <param name="UnlabelledNegatives">Without a label, predicted negative.</param>
public readonly record struct Outcomes(
    OutcomeCell TruePositives, OutcomeCell FalsePositives, OutcomeCell TrueNegatives, OutcomeCell FalseNegatives,
    OutcomeCell UnlabelledPositives, OutcomeCell UnlabelledNegatives)
{
    /// <summary>Rows that are positive.</summary>
    public OutcomeCell Positives => TruePositives + FalseNegatives;

    /// <summary>Rows that are negative.</summary>
    public OutcomeCell Negatives => TrueNegatives + FalsePositives;

    /// <summary>Rows with a label.</summary>
    public OutcomeCell Labelled => Positives + Negatives;

    /// <summary>Labelled rows that were predicted positive.</summary>
    public OutcomeCell LabelledPredictedPositive => TruePositives + FalsePositives;

    /// <summary>Labelled rows that were predicted negative.</summary>
    public OutcomeCell LabelledPredictedNegative => TrueNegatives + FalseNegatives;

    /// <summary>All rows that were predicted positive.</summary>
    public OutcomeCell PredictedPositive => LabelledPredictedPositive + UnlabelledPositives;

    /// <summary>All rows that were predicted negative.</summary>
    public OutcomeCell PredictedNegative => LabelledPredictedNegative + UnlabelledNegatives;

    /// <summary>Labelled rows that were predicted right.</summary>
    public OutcomeCell Right => TruePositives + TrueNegatives;

    /// <summary>All rows.</summary>
    public OutcomeCell All => PredictedPositive + PredictedNegative;
}
