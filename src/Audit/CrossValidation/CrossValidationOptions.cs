using Governance.Audit.Performance;

namespace Governance.Audit.CrossValidation;

/// <summary>The kinds of model that cross-validation trains.</summary>
public enum TrainedKind
{
    /// <summary>Logistic regression with a ridge penalty; multinomial for several classes.</summary>
    Logistic,

    /// <summary>Gradient-boosted trees.</summary>
    Trees,

    /// <summary>A small network of rectified layers.</summary>
    Mlp,
}

/// <summary>How models are trained and tried.</summary>
public sealed record CrossValidationOptions
{
    /// <summary>Label, positive class, task, weights, bins and level.</summary>
    public required PerformanceOptions Performance { get; init; }

    /// <summary>The kind of model.</summary>
    public required TrainedKind Kind { get; init; }

    /// <summary>The columns that are learned from; null takes all but the label and those named otherwise.</summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>How many folds, 2 to 100.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>How often the rows are dealt anew, 1 to 100.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>Rows of the same level of this column stay in one fold; null deals rows by their class.</summary>
    public string? Group { get; init; }

    /// <summary>Rows are tried in the order of this column on models of what came before; null for no time.</summary>
    public string? Time { get; init; }

    /// <summary>Levels of a text column that get a feature of their own, at most, the most frequent first; at least 1.</summary>
    public int MostLevels { get; init; } = 50;

    /// <summary>The ridge penalty of logistic regression, at least 0; 1 / C of scikit-learn.</summary>
    public double Penalty { get; init; } = 1;

    /// <summary>Seeds the folds and the training.</summary>
    public int Seed { get; init; }

    /// <summary>Folds trained at once, at least 1; changes no result.</summary>
    public int Threads { get; init; } = 1;
}
