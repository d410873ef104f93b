namespace Governance.Audit.Drift.Distances;

/// <summary>What a test says of one column, before it is judged.</summary>
internal sealed record Comparison
{
    /// <summary>The statistic or distance.</summary>
    public required double Statistic { get; init; }

    /// <summary>The p value; null of a distance that a threshold judges.</summary>
    public double? PValue { get; init; }

    /// <summary>The p value that decides in its place; null for the same.</summary>
    public double? ExactPValue { get; init; }

    /// <summary>What a distance has to pass, noise apart, in its own unit.</summary>
    public double Limit { get; init; }

    /// <summary>The quantile that the distance passes by chance with this probability; null where that was not asked for.</summary>
    public Func<double, double>? Noise { get; init; }

    /// <summary>What is special, in the order of importance.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Levels of the current data alone.</summary>
    public int New { get; init; }

    /// <summary>Levels of the reference alone.</summary>
    public int Vanished { get; init; }
}
