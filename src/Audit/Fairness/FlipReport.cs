namespace Governance.Audit.Fairness;

/// <summary>How many decisions change when the protected attribute alone is changed.</summary>
public sealed record FlipReport
{
    /// <summary>Whether the model reads the attribute at all; if not, no decision can change.</summary>
    public required bool IsInput { get; init; }

    /// <summary>The rows scored anew.</summary>
    public required int Rows { get; init; }

    /// <summary>The share of rows whose decision changes for at least one other level.</summary>
    public required double Rate { get; init; }

    /// <summary>[low, high] of it.</summary>
    public required IReadOnlyList<double> Interval { get; init; }

    /// <summary>The mean absolute change of the score over rows and other levels; null without scores.</summary>
    public double? MeanScoreChange { get; init; }

    /// <summary>Level by level: rows of other groups scored as if they were of this one.</summary>
    public required IReadOnlyList<FlipLevel> To { get; init; }

    /// <summary>Group by group: whose decisions change.</summary>
    public required IReadOnlyList<FlipGroup> Groups { get; init; }
}

/// <summary>Rows of other groups as if of this one.</summary>
/// <param name="Group">The level put in.</param>
/// <param name="Count">Rows of other levels.</param>
/// <param name="Rate">The share whose decision changes.</param>
/// <param name="Interval">[low, high] of it, or null.</param>
/// <param name="BecomeFavourable">The share that is decided favourably only then.</param>
/// <param name="BecomeUnfavourable">The share that is decided unfavourably only then.</param>
/// <param name="MeanScoreChange">The mean change of the score, signed; null without scores.</param>
public sealed record FlipLevel(
    string Group, int Count, double Rate, IReadOnlyList<double>? Interval, double BecomeFavourable, double BecomeUnfavourable, double? MeanScoreChange);

/// <summary>A group's rows under any other level.</summary>
/// <param name="Group">The level they have.</param>
/// <param name="Count">Its rows.</param>
/// <param name="Rate">The share whose decision changes for at least one other level.</param>
/// <param name="Interval">[low, high] of it, or null.</param>
public sealed record FlipGroup(string Group, int Count, double Rate, IReadOnlyList<double>? Interval);
