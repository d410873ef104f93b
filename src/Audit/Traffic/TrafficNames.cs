using Governance.Audit.Data;

namespace Governance.Audit.Traffic;

/// <summary>What the columns of a file of traffic or labels are called, where they are not called as usual.</summary>
public sealed record TrafficNames
{
    /// <summary>The column of row ids; null for <c>id</c>, <c>request_id</c>, <c>row_id</c> or <c>event_id</c>.</summary>
    public string? Id { get; init; }

    /// <summary>The column of times; null for <c>time</c>, <c>timestamp</c>, <c>at</c> or <c>served_at</c>.</summary>
    public string? Time { get; init; }

    /// <summary>
    /// The columns of scores: a name, or CLASS=COLUMN pairs with commas; null for <c>score</c>, <c>probability</c>, and columns
    /// that begin with <c>score_</c>, <c>score:</c>, <c>probability_</c> or <c>probability:</c> and end in a class.
    /// </summary>
    public string? Score { get; init; }

    /// <summary>The column of decisions; null for <c>decision</c> or <c>prediction</c>.</summary>
    public string? Decision { get; init; }

    /// <summary>The column of durations in milliseconds; null for <c>latency_ms</c> or <c>latency</c>.</summary>
    public string? Latency { get; init; }

    /// <summary>The column of labels; null for <c>label</c>, <c>outcome</c> or <c>actual</c>.</summary>
    public string? Label { get; init; }

    /// <summary>The column of when a label became known; null for <c>known_at</c>, <c>arrived_at</c>, or one of the usual names of times.</summary>
    public string? KnownAt { get; init; }

    private static readonly string[] UsualIds = ["id", "request_id", "row_id", "event_id"];
    private static readonly string[] UsualTimes = ["time", "timestamp", "at", "served_at"];
    private static readonly string[] UsualDecisions = ["decision", "prediction"];
    private static readonly string[] UsualLatencies = ["latency_ms", "latency"];
    private static readonly string[] UsualLabels = ["label", "outcome", "actual"];
    private static readonly string[] UsualKnown = ["known_at", "arrived_at", .. UsualTimes];
    private static readonly string[] Beginnings = ["score_", "score:", "probability_", "probability:"];

    /// <summary>How the columns that are no features are read: ids, decisions and labels as they are spelt.</summary>
    internal IReadOnlyList<ColumnRule> Rules() =>
        [.. Candidates(Id, UsualIds).Concat(Candidates(Decision, UsualDecisions)).Concat(Candidates(Label, UsualLabels)).Distinct().Select(name => new ColumnRule(name, CellKind.Text, []))];

    internal Column IdOf(Table table) => Need(table, Id, UsualIds, "ids of the rows", "--id or ?id=");

    internal Column TimeOf(Table table) => Need(table, Time, UsualTimes, "times of the rows", "--time or ?time=");

    internal Column LabelOf(Table table) => Need(table, Label, UsualLabels, "labels", "--label or ?label=");

    internal Column? KnownOf(Table table) => Find(table, KnownAt, UsualKnown);

    internal Column? DecisionOf(Table table) => Find(table, Decision, UsualDecisions);

    internal Column? LatencyOf(Table table) => Find(table, Latency, UsualLatencies);

    /// <summary>The columns of scores with their classes.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="positive">The class of a score that names none; null where nobody knows.</param>
    internal IReadOnlyList<(string Class, Column Column)> ScoresOf(Table table, string? positive)
    {
        if (Score is null)
        {
            return
            [
                .. table.Columns.Where(column => column.Name is "score" or "probability").Take(1).Select(column => (positive ?? ScoreColumn.Value, column)),
                .. table.Columns.SelectMany(column => Beginnings.Where(begin => column.Name.Length > begin.Length && column.Name.StartsWith(begin, StringComparison.Ordinal))
                    .Take(1).Select(begin => (column.Name[begin.Length..], column))),
            ];
        }

        List<(string, Column)> scores = [];
        foreach (string part in Score.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int at = part.LastIndexOf('=');
            scores.Add(at > 0 ? (part[..at], table.Need(part[(at + 1)..])) : (positive ?? ScoreColumn.Value, table.Need(part)));
        }

        return scores.DistinctBy(score => score.Item1).Count() == scores.Count ? scores
            : throw new InputException("Two columns of scores are of one class. Name them as CLASS=COLUMN.");
    }

    private static IEnumerable<string> Candidates(string? named, string[] usual) => named is null ? usual : [named];

    private static Column? Find(Table table, string? named, string[] usual) =>
        named is not null ? table.Need(named) : usual.Select(table.Find).FirstOrDefault(column => column is not null);

    private static Column Need(Table table, string? named, string[] usual, string what, string how) =>
        Find(table, named, usual) ?? throw new InputException($"The data has no column of the {what}: {string.Join(", ", usual)}. Name it with {how}.");
}
