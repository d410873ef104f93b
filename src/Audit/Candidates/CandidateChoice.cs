using System.Text.Json.Serialization;

namespace Governance.Audit.Candidates;

/// <summary>Which candidate was chosen, why, and what stood beside it: a fact that is sealed as evidence on the chosen version.</summary>
public sealed record CandidateChoice
{
    /// <summary>The longest reason, in UTF-16 code units.</summary>
    public const int MostReason = 2_000;

    /// <summary>The chosen version, such as "credit/3".</summary>
    public required string Chosen { get; init; }

    /// <summary>Why, in the person's own words.</summary>
    public required string Reason { get; init; }

    /// <summary>The data set that all figures of rows are of, and its digest.</summary>
    public required string Data { get; init; }

    /// <summary>SHA-256 of the data set, lower-case hex.</summary>
    public required string DataDigest { get; init; }

    /// <summary>The metrics that candidates were placed by.</summary>
    public required IReadOnlyList<CandidateMetric> Metrics { get; init; }

    /// <summary>The budget; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CandidateBudget? Budget { get; init; }

    /// <summary>All candidates of the board, the chosen one included.</summary>
    public required IReadOnlyList<ChosenAmong> Among { get; init; }
}

/// <summary>A candidate as it stood on the board.</summary>
/// <param name="Name">Such as "credit/3".</param>
/// <param name="VersionDigest">Of the version, lower-case hex.</param>
/// <param name="Evidence">The sealed evidence that its figures of rows are from; null where there is none on these data.</param>
/// <param name="Findings">The digest of that evidence's findings document; null likewise.</param>
/// <param name="Champion">Whether it was deployed when the choice was made.</param>
/// <param name="Place">Its place; null where the budget left it out.</param>
/// <param name="By">The candidates that are better.</param>
/// <param name="Left">Why the budget left it out; null where it did not.</param>
/// <param name="Figures">Of the metrics, by key.</param>
public sealed record ChosenAmong(
    string Name, string VersionDigest, Guid? Evidence, string? Findings, bool Champion, FrontPlace? Place, IReadOnlyList<string> By, string? Left,
    IReadOnlyDictionary<string, CandidateFigure> Figures);
