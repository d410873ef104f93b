namespace Governance.Audit.Monitoring;

/// <summary>True and false decisions of some rows: counts where labels are known, expected counts where only chances are.</summary>
/// <remarks>
/// With chance p of the positive class a row that is decided positive adds p to the true and 1 − p to the false positives
/// (confidence-based performance estimation; the definition stands in the goldens' README §3). A known label is a chance
/// of 0 or 1, so realised and estimated figures are one code.
/// </remarks>
/// <param name="TruePositives">Not negative.</param>
/// <param name="FalsePositives">Not negative.</param>
/// <param name="FalseNegatives">Not negative.</param>
/// <param name="TrueNegatives">Not negative.</param>
public readonly record struct OutcomeSums(double TruePositives, double FalsePositives, double FalseNegatives, double TrueNegatives)
{
    /// <summary>How many rows.</summary>
    public double Rows => TruePositives + FalsePositives + FalseNegatives + TrueNegatives;

    /// <summary>Adds a row.</summary>
    /// <param name="chance">Of the positive class, in [0, 1].</param>
    /// <param name="positive">Whether it was decided positive.</param>
    public OutcomeSums With(double chance, bool positive) => positive
        ? this with { TruePositives = TruePositives + chance, FalsePositives = FalsePositives + 1 - chance }
        : this with { FalseNegatives = FalseNegatives + chance, TrueNegatives = TrueNegatives + 1 - chance };

    /// <summary>A rate; NaN where it is 0 / 0.</summary>
    /// <param name="metric">accuracy, balanced_accuracy, precision, recall, specificity, f1, fpr, selection_rate or unselected_rate.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another word.</exception>
    public double Rate(string metric) => metric switch
    {
        "accuracy" => (TruePositives + TrueNegatives) / Rows,
        "balanced_accuracy" => (Rate("recall") + Rate("specificity")) / 2,
        "precision" => TruePositives / (TruePositives + FalsePositives),
        "recall" => TruePositives / (TruePositives + FalseNegatives),
        "specificity" => TrueNegatives / (TrueNegatives + FalsePositives),
        "fpr" => FalsePositives / (TrueNegatives + FalsePositives),
        "selection_rate" => (TruePositives + FalsePositives) / Rows,
        "unselected_rate" => (TrueNegatives + FalseNegatives) / Rows,
        "f1" => 2 * TruePositives / ((2 * TruePositives) + FalsePositives + FalseNegatives),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "No such rate."),
    };

    /// <summary>The rows that a rate is a share of.</summary>
    public double Base(string metric) => metric switch
    {
        "precision" => TruePositives + FalsePositives,
        "recall" => TruePositives + FalseNegatives,
        "specificity" or "fpr" => TrueNegatives + FalsePositives,
        _ => Rows,
    };
}
