namespace Governance.Audit.Performance;

/// <summary>Which columns of a table hold labels, predictions, scores and weights of a binary decision.</summary>
public sealed record DecisionColumns
{
    /// <summary>The column with the true outcome.</summary>
    public required string Label { get; init; }

    /// <summary>The column with the predicted class; null takes <see cref="Score"/> and <see cref="Threshold"/>.</summary>
    public string? Prediction { get; init; }

    /// <summary>The column with the score, higher being more positive; null for none.</summary>
    public string? Score { get; init; }

    /// <summary>The positive class is predicted from this score on, inclusive; not used with <see cref="Prediction"/>.</summary>
    public double? Threshold { get; init; }

    /// <summary>The column with the rows' weights, at least 0; null counts each row 1.</summary>
    public string? Weight { get; init; }

    /// <summary>The positive class; null takes "1", "true" or "yes" if exactly one of them occurs.</summary>
    public string? Positive { get; init; }

    /// <summary>The outcome that a person wants; null takes the positive class.</summary>
    public string? Favourable { get; init; }
}
