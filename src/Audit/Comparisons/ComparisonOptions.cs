using Governance.Audit.Performance;

namespace Governance.Audit.Comparisons;

/// <summary>What two versions are compared on.</summary>
public sealed record ComparisonOptions
{
    /// <summary>What the first is called.</summary>
    public string A { get; init; } = "a";

    /// <summary>What the second is called.</summary>
    public string B { get; init; } = "b";

    /// <summary>
    /// Whether it is known what was true. Without, the two are compared by what they say alone: nothing tells which is better, and of
    /// <see cref="Performance"/> only positive class, task and level are read.
    /// </summary>
    public bool Labelled { get; init; } = true;

    /// <summary>Label, positive class, weights, bins, costs and intervals; predictions and scores are the two sides'.</summary>
    public required PerformanceOptions Performance { get; init; }

    /// <summary>The outcome that a person wants; null takes the positive class.</summary>
    public string? Favourable { get; init; }

    /// <summary>Columns whose groups' flips are counted.</summary>
    public IReadOnlyList<string> Protected { get; init; } = [];

    /// <summary>Groups below this many rows get no verdict.</summary>
    public int MinGroup { get; init; } = 30;
}

/// <summary>The columns of one version's predictions.</summary>
/// <param name="Prediction">The predicted class or number.</param>
/// <param name="Scores">One of the positive class, or one a class; empty for none.</param>
public sealed record PredictionColumns(string Prediction, IReadOnlyList<string> Scores);
