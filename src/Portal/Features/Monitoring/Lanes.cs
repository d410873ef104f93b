using System.Text.Json.Nodes;
using Governance.Registry.Monitors;

namespace Governance.Portal.Features.Monitoring;

/// <summary>One lane of the plot.</summary>
/// <param name="Name">What it measures.</param>
/// <param name="Note">The metric and how it is drawn.</param>
/// <param name="Traces">Plotly's traces, without axes.</param>
/// <param name="Axis">What its axis has besides.</param>
internal sealed record Lane(string Name, string Note, IReadOnlyList<JsonObject> Traces, JsonObject Axis);

/// <summary>Which lanes there are readings for, in the order of the page. Pure.</summary>
internal static class Lanes
{
    private const int Features = 6;

    private static readonly string[] Preferred =
        ["roc_auc", "accuracy", "balanced_accuracy", "f1", "rmse", "mae", "demographic_parity_ratio", "demographic_parity_difference", "p95"];

    /// <summary>The lanes; none where nothing was read.</summary>
    public static IReadOnlyList<Lane> Of(MonitoringBoard board) =>
        [.. ((Lane?[])[Performance(board), Fairness(board), Scores(board), Drifting(board), Attribution(board), Latency(board), Volume(board)]).OfType<Lane>()];

    /// <summary>The features that drift most, weighed by their share of the attributions where it is known.</summary>
    /// <param name="board">What the page shows.</param>
    /// <param name="most">How many.</param>
    public static IReadOnlyList<string> TopFeatures(MonitoringBoard board, int most) =>
    [
        .. board.Readings.Where(IsFeature).GroupBy(reading => reading.Column!)
            .OrderByDescending(column => column.Max(reading => reading.Value!.Value) * board.Importance.GetValueOrDefault(column.Key, board.Importance.Count == 0 ? 1 : 0.001))
            .ThenBy(column => column.Key, StringComparer.Ordinal).Take(most).Select(column => column.Key),
    ];

    /// <summary>Whether a reading is the drift of a feature.</summary>
    public static bool IsFeature(MonitorReading reading) =>
        reading is { Kind: ReadingKind.Drift, Column: not null and not MonitoringWords.Score and not MonitoringWords.Prediction, Value: not null };

    private static Lane? Performance(MonitoringBoard board)
    {
        MonitorReading[] estimated = [.. board.Readings.Where(reading => reading is { Kind: ReadingKind.Estimate, Attribute: null, Value: not null })];
        MonitorReading[] realised = [.. board.Readings.Where(reading => reading is { Kind: ReadingKind.Performance, Value: not null })];
        string? metric = Choose(estimated.Concat(realised));
        estimated = [.. estimated.Where(reading => reading.Metric == metric)];
        realised = [.. realised.Where(reading => reading.Metric == metric)];
        return metric is null ? null : new Lane(
            "Performance", $"{MonitoringWords.Metric(metric)}, estimated (line) and realised (dots)",
            [.. LaneTraces.Band(board, estimated, 1), .. LaneTraces.Dots(board, realised)], []);
    }

    private static Lane? Fairness(MonitoringBoard board)
    {
        MonitorReading[] all = [.. board.Readings.Where(reading => reading.Value is not null && (reading.Kind == ReadingKind.Fairness || reading is { Kind: ReadingKind.Estimate, Attribute: not null }))];
        string? metric = Choose(all.Where(reading => reading.Kind == ReadingKind.Fairness)) ?? Choose(all);
        MonitorReading[] chosen = [.. all.Where(reading => reading.Metric == metric)];
        string? attribute = chosen.FirstOrDefault()?.Attribute;
        MonitorReading[] own = [.. chosen.Where(reading => reading.Attribute == attribute)];
        MonitorReading[] lines = [.. own.Where(reading => reading.Kind == ReadingKind.Estimate)];
        MonitorReading[] measured = [.. own.Where(reading => reading.Kind == ReadingKind.Fairness)];
        return metric is null ? null : new Lane(
            "Fairness", $"{MonitoringWords.Metric(metric)}{(attribute is null ? "" : $" by {attribute}")}{(lines.Length > 0 ? ", estimated (line) and measured (dots)" : "")}",
            lines.Length > 0 ? [.. LaneTraces.Band(board, lines, 1), .. LaneTraces.Dots(board, measured)] : [.. LaneTraces.Band(board, measured, 1)], []);
    }

    private static Lane? Scores(MonitoringBoard board)
    {
        MonitorReading[] scores = [.. board.Readings.Where(reading => reading is { Kind: ReadingKind.Drift, Column: MonitoringWords.Score, Value: not null })];
        return scores.Length == 0 ? null : new Lane("Score drift", MonitoringWords.Test(scores[0].Metric), [.. LaneTraces.Band(board, scores, 1)], ToZero());
    }

    private static Lane? Drifting(MonitoringBoard board)
    {
        IReadOnlyList<string> top = TopFeatures(board, Features);
        return top.Count == 0 ? null : new Lane(
            "Features", board.Importance.Count == 0 ? "distance, those that moved most" : "distance, those that matter most first",
            [LaneTraces.Heat(board, top)], new JsonObject { ["type"] = "category", ["autorange"] = "reversed", ["nticks"] = Features, ["showgrid"] = false, ["tickfont"] = new JsonObject { ["size"] = 10 } });
    }

    private static Lane? Attribution(MonitoringBoard board)
    {
        MonitorReading[] ranks = [.. board.Readings.Where(reading => reading is { Kind: ReadingKind.Attribution, Value: not null })];
        return ranks.Length == 0 ? null : new Lane("Attribution", "agreement of the order of features, nDCG", [.. LaneTraces.Band(board, ranks, 1)], []);
    }

    private static Lane? Latency(MonitoringBoard board)
    {
        MonitorReading[] all = [.. board.Readings.Where(reading => reading is { Kind: ReadingKind.Latency, Value: not null })];
        string? metric = Choose(all);
        return metric is null ? null : new Lane("Latency", $"{MonitoringWords.Test(metric)}, ms", [.. LaneTraces.Band(board, [.. all.Where(reading => reading.Metric == metric)], 1)], ToZero());
    }

    private static Lane? Volume(MonitoringBoard board)
    {
        MonitorReading[] own = [.. board.Readings.Where(reading => reading is { Kind: ReadingKind.Volume, Value: not null })];
        return own.Length == 0 ? null : new Lane("Volume", "rows in a window", [LaneTraces.Bars(board, own)], ToZero());
    }

    private static JsonObject ToZero() => new() { ["rangemode"] = "tozero" };

    // Of several metrics the one that people know best, then the one with the most readings.
    private static string? Choose(IEnumerable<MonitorReading> readings) => readings.GroupBy(reading => reading.Metric)
        .OrderBy(group => Array.IndexOf(Preferred, group.Key) is int at and >= 0 ? at : Preferred.Length)
        .ThenByDescending(group => group.Count()).FirstOrDefault()?.Key;
}
