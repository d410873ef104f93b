using Governance.Audit.Candidates;
using Governance.Portal.Features.Models;
using Governance.Registry.Versions;

namespace Governance.Portal.Features.Candidates;

/// <summary>The body of <c>governance candidates</c>.</summary>
internal sealed record CandidatesAnswer
{
    /// <summary>The model that was asked for.</summary>
    public required string Model { get; init; }

    /// <summary>What it is for.</summary>
    public required string Purpose { get; init; }

    /// <summary>The data set that figures of rows are of; null where no candidate has evidence.</summary>
    public required string? Data { get; init; }

    /// <summary>Its SHA-256, lower-case hex.</summary>
    public required string? DataDigest { get; init; }

    /// <summary>The data sets that some candidate has evidence on.</summary>
    public required IReadOnlyList<string> DataSets { get; init; }

    /// <summary>The metrics that candidates are placed by.</summary>
    public required IReadOnlyList<CandidateMetric> Metrics { get; init; }

    /// <summary>What a candidate may need.</summary>
    public required CandidateBudget Budget { get; init; }

    /// <summary>The names of the candidates on the Pareto front.</summary>
    public required IReadOnlyList<string> Front { get; init; }

    /// <summary>All candidates, the latest versions first.</summary>
    public required IReadOnlyList<CandidateAnswer> Candidates { get; init; }

    /// <summary>Puts it together.</summary>
    public static CandidatesAnswer Of(ModelRow row, CandidateBoard board) => new()
    {
        Model = row.Model.Name,
        Purpose = row.Model.Purpose,
        Data = board.Data,
        DataDigest = board.DataDigest,
        DataSets = board.DataSets,
        Metrics = [.. board.Metrics.Select(metric => metric.Metric)],
        Budget = board.Budget,
        Front = [.. board.Rows.Where(candidate => candidate.Placed?.Place == FrontPlace.Front).Select(candidate => candidate.Candidate.Name)],
        Candidates = [.. board.Rows.Select(candidate => new CandidateAnswer(
            candidate.Candidate.Name, candidate.Version.Digest.Hex, candidate.Version.Stage, candidate.Champion, candidate.Placed?.Place,
            candidate.Placed?.By ?? [], candidate.Placed?.Missing ?? [], candidate.Left, candidate.Evidence?.Id.Value, candidate.Candidate.Figures))],
    };
}

/// <summary>A candidate as programs get it.</summary>
/// <param name="Name">Such as "credit/3".</param>
/// <param name="Digest">Of the version, lower-case hex.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="Champion">Whether it answers as champion somewhere.</param>
/// <param name="Place">How it stands to the others; null where the budget left it out.</param>
/// <param name="By">The candidates that are better.</param>
/// <param name="Missing">The metrics that were not measured for it.</param>
/// <param name="Left">Why the budget left it out; null where it did not.</param>
/// <param name="Evidence">Where figures of rows come from; null where there is none on these data.</param>
/// <param name="Figures">By the metric's key, latency in milliseconds with its source.</param>
internal sealed record CandidateAnswer(
    string Name, string Digest, Stage Stage, bool Champion, FrontPlace? Place, IReadOnlyList<string> By, IReadOnlyList<string> Missing, string? Left, Guid? Evidence,
    IReadOnlyDictionary<string, CandidateFigure> Figures);
