using System.Text.Json.Serialization;

namespace Governance.Audit.Candidates;

/// <summary>One measured figure of a candidate.</summary>
/// <param name="Value">The estimate, in the metric's unit.</param>
/// <param name="Interval">[low, high]; null where none is known.</param>
/// <param name="Exact">Whether the value is counted and not estimated, as bytes are.</param>
public sealed record CandidateFigure(double Value, IReadOnlyList<double>? Interval = null, bool Exact = false)
{
    /// <summary>Where the figure comes from, where that is not the evidence on the board's data; null else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Source { get; init; }

    /// <summary>
    /// The figure as a multiple of another candidate's with which it was measured in turns, by that one's name (of that one itself
    /// exactly 1); null where nothing was measured in turns. Two such figures are told apart surely by their multiples of the same
    /// candidate alone: times of different runs differ by whatever else the machine did.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, CandidateFigure>? Beside { get; init; }
}

/// <summary>A metric that candidates are compared on.</summary>
/// <param name="Key">Its name, such as roc_auc.</param>
/// <param name="LowerIsBetter">Whether less of it is better.</param>
public sealed record CandidateMetric(string Key, bool LowerIsBetter);

/// <summary>A version or variant that may be chosen.</summary>
/// <param name="Name">Such as "credit/3".</param>
/// <param name="Figures">By the metric's key; metrics that nobody measured are not there.</param>
public sealed record Candidate(string Name, IReadOnlyDictionary<string, CandidateFigure> Figures);
