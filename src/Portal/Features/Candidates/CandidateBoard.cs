using Governance.Audit.Candidates;
using Governance.Registry.Evidence;
using Governance.Registry.Versions;

namespace Governance.Portal.Features.Candidates;

/// <summary>Candidates side by side, with the place of each. Pure.</summary>
/// <param name="Rows">All candidates, the latest versions first.</param>
/// <param name="Data">The data set that figures of rows are of; null where no candidate has evidence.</param>
/// <param name="DataDigest">Its digest, lower-case hex.</param>
/// <param name="DataSets">The data sets that some candidate has evidence on.</param>
/// <param name="Metrics">The metrics that candidates are placed by.</param>
/// <param name="Budget">What a candidate may need.</param>
internal sealed record CandidateBoard(
    IReadOnlyList<BoardRow> Rows, string? Data, string? DataDigest, IReadOnlyList<string> DataSets, IReadOnlyList<BoardMetric> Metrics, CandidateBudget Budget)
{
    private const int UsualMetrics = 4;

    // What is looked at where nobody chose: how well, for whom, how fast and how large.
    private static readonly string[][] Usual =
    [
        ["roc_auc", "accuracy", "rmse"], ["equalized_odds_difference", "demographic_parity_difference", "mean_error_difference"],
        [CandidateBudget.Latency], [CandidateBudget.Size],
    ];

    /// <summary>The metrics that some candidate has.</summary>
    public IReadOnlyList<BoardMetric> Known => [.. BoardMetric.All.Where(metric => Rows.Any(row => row.Candidate.Figures.ContainsKey(metric.Key)))];

    /// <summary>Rows that the budget left in.</summary>
    public IEnumerable<BoardRow> Within => Rows.Where(row => row.Left is null);

    /// <summary>Puts candidates on a board.</summary>
    /// <param name="rows">The candidates.</param>
    /// <param name="data">The data set and its digest, or null.</param>
    /// <param name="dataSets">See <see cref="DataSets"/>.</param>
    /// <param name="asked">The keys of the metrics asked for; empty for the usual ones.</param>
    /// <param name="budget">What a candidate may need.</param>
    public static CandidateBoard Of(
        IReadOnlyList<BoardRow> rows, (string Name, string Digest)? data, IReadOnlyList<string> dataSets, IReadOnlyList<string> asked, CandidateBudget budget)
    {
        BoardMetric[] metrics = [.. asked.Count > 0 ? asked.Select(key => BoardMetric.Find(key)!) : UsualOf(rows)];
        BoardRow[] left = [.. rows.Select(row => row with { Left = budget.Refusal(row.Candidate) })];
        Dictionary<string, PlacedCandidate> placed = metrics.Length == 0
            ? []
            : ParetoFront.Place([.. left.Where(row => row.Left is null).Select(row => row.Candidate)], [.. metrics.Select(metric => metric.Metric)])
                .ToDictionary(place => place.Name, StringComparer.Ordinal);
        return new CandidateBoard(
            [.. left.Select(row => row with { Placed = placed.GetValueOrDefault(row.Candidate.Name) })], data?.Name, data?.Digest, dataSets, metrics, budget);
    }

    /// <summary>The board as a choice puts it on record.</summary>
    public CandidateChoice Choice(string chosen, string reason) => new()
    {
        Chosen = chosen,
        Reason = reason,
        Data = Data ?? "",
        DataDigest = DataDigest ?? "",
        Metrics = [.. Metrics.Select(metric => metric.Metric)],
        Budget = Budget is { Milliseconds: null, Bytes: null } ? null : Budget,
        Among = [.. Rows.Select(row => new ChosenAmong(
            row.Candidate.Name, row.Version.Digest.Hex, row.Evidence?.Id.Value, row.Evidence?.Findings.Hex, row.Champion, row.Placed?.Place,
            row.Placed?.By ?? [], row.Left,
            Metrics.Where(metric => row.Candidate.Figures.ContainsKey(metric.Key)).ToDictionary(metric => metric.Key, metric => row.Candidate.Figures[metric.Key])))],
    };

    private static IEnumerable<BoardMetric> UsualOf(IReadOnlyList<BoardRow> rows) => Usual
        .Select(keys => keys.FirstOrDefault(key => rows.Any(row => row.Candidate.Figures.ContainsKey(key))))
        .OfType<string>().Take(UsualMetrics).Select(key => BoardMetric.Find(key)!);
}

/// <summary>One candidate on the board.</summary>
/// <param name="Candidate">Its name and figures.</param>
/// <param name="Model">Its model's name.</param>
/// <param name="Version">The version.</param>
/// <param name="Evidence">The sealed evidence that figures of rows come from; null where there is none on the board's data.</param>
/// <param name="Champion">Whether it answers as champion somewhere.</param>
internal sealed record BoardRow(
    Candidate Candidate, string Model, ModelVersion Version, EvidenceRecord? Evidence, bool Champion)
{
    /// <summary>Its place; null where the budget left it out or no metric was chosen.</summary>
    public PlacedCandidate? Placed { get; init; }

    /// <summary>Why the budget left it out; null where it did not.</summary>
    public string? Left { get; init; }

    /// <summary>Where its latency was measured; null where it is not known.</summary>
    public string? LatencySource => Candidate.Figures.GetValueOrDefault(CandidateBudget.Latency)?.Source;

    /// <summary>The address of the version.</summary>
    public string Address => $"/models/{Model}/versions/{Version.Number}";
}
