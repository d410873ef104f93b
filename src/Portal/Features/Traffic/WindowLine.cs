using System.Globalization;
using Governance.Audit.Privacy;
using Governance.Audit.Traffic;
using Governance.Audit.Traffic.Summaries;

namespace Governance.Portal.Features.Traffic;

/// <summary>A column of a window as a line of a table.</summary>
/// <param name="Name">The column, or what it is.</param>
/// <param name="Values">Rows with a value.</param>
/// <param name="Missing">Rows without.</param>
/// <param name="Unreadable">Rows with a value that is no number, where numbers are known.</param>
internal sealed record WindowLine(string Name, long Values, long Missing, long Unreadable)
{
    private const int MostLevels = 5;
    private const int SmallestShown = 10; // smaller groups of people are not shown

    /// <summary>The mean; empty for text.</summary>
    public string Mean { get; private init; } = "";

    /// <summary>The quantile of 5 %; empty for text, and where only hours are left.</summary>
    public string Low { get; private init; } = "";

    /// <summary>The median.</summary>
    public string Median { get; private init; } = "";

    /// <summary>The quantile of 95 %.</summary>
    public string High { get; private init; } = "";

    /// <summary>The most frequent levels; empty for numbers.</summary>
    public string Frequent { get; private init; } = "";

    /// <summary>The lines of a window: score, decision and latency first, then the columns that are not masked.</summary>
    public static IReadOnlyList<WindowLine> Of(WindowSummary summary, RowMask mask) =>
    [
        .. summary.Scores.Select(score => Of(score, score.Name.Length == 0 ? "score" : $"score of “{score.Name}”")),
        .. summary.Decisions is { } decisions ? (WindowLine[])[Of(decisions, "decision")] : [],
        .. summary.Latency is { } latency ? (WindowLine[])[Of(latency, "latency, ms")] : [],
        .. summary.Numbers.Where(column => !mask.Hides(column.Name)).Select(column => Of(column, column.Name)),
        .. summary.Levels.Where(column => !mask.Hides(column.Name)).Select(column => Of(column, column.Name)),
    ];

    private static WindowLine Of(NumberSummary column, string name) => new(name, column.Count, column.Missing, column.Unreadable)
    {
        Mean = Plain(column.Mean),
        Low = column.Sketch is { } low ? Plain(low.Quantile(0.05)) : "",
        Median = column.Sketch is { } middle ? Plain(middle.Quantile(0.5)) : "",
        High = column.Sketch is { } high ? Plain(high.Quantile(0.95)) : "",
    };

    private static WindowLine Of(LevelSummary column, string name) => new(name, column.Count, column.Missing, 0)
    {
        Frequent = string.Join(", ", column.Named.Where(level => level.Rows >= SmallestShown).Take(MostLevels).Select(level => string.Create(
            CultureInfo.InvariantCulture, $"{level.Level} {(double)level.Rows / Math.Max(1, column.Count):0.#%}"))),
    };

    private static string Plain(double value) => double.IsNaN(value) ? "" : value.ToString("G4", CultureInfo.InvariantCulture);
}
