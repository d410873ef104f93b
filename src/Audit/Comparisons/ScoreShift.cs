using System.Text.Json.Serialization;

namespace Governance.Audit.Comparisons;

/// <summary>How far two versions' decisions agree beyond chance.</summary>
/// <param name="Kappa">Cohen's (1960), in [−1, 1]: 0 where they agree as often as their shares of classes alone would; null where both always say the same class.</param>
/// <param name="Interval">[low, high]; null at ±1 and where <paramref name="Kappa"/> is null.</param>
public sealed record AnswerAgreement(double? Kappa, IReadOnlyList<double>? Interval);

/// <summary>How far the second version's score or value lies above the first's, row by row.</summary>
/// <param name="Mean">The mean of second less first, in the unit of the scores.</param>
/// <param name="Interval">Student's interval of the mean; null with fewer than two rows, and where all rows move alike.</param>
/// <param name="Quantiles">The 5th, 25th, 50th, 75th and 95th percentile of second less first, interpolated linearly.</param>
public sealed record ScoreShift(double Mean, IReadOnlyList<double>? Interval, IReadOnlyList<double> Quantiles)
{
    /// <summary>How many rows moved how far, from the least to the greatest; bins are equally wide. Empty where all rows move alike.</summary>
    [JsonIgnore]
    public IReadOnlyList<ShiftBin> Bins { get; init; } = [];
}

/// <summary>Rows that moved by as much.</summary>
/// <param name="From">The lower edge, inclusive.</param>
/// <param name="To">The upper edge, exclusive but of the last bin.</param>
/// <param name="Count">How many rows.</param>
public sealed record ShiftBin(double From, double To, int Count);

/// <summary>The shift of one protected group.</summary>
/// <param name="Attribute">The column.</param>
/// <param name="Group">Its level.</param>
/// <param name="Count">Rows of the group with both scores.</param>
/// <param name="Mean">The mean of second less first; null without rows.</param>
/// <param name="Interval">Student's interval of the mean; null with fewer than two rows, and where all move alike.</param>
public sealed record GroupShift(string Attribute, string Group, int Count, double? Mean, IReadOnlyList<double>? Interval);
