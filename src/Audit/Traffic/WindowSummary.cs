using Governance.Audit.Traffic.Summaries;

namespace Governance.Audit.Traffic;

/// <summary>What was counted of the rows of a window, merged from what was counted of its days.</summary>
/// <remarks>It tells of groups of any size: pages show what <see cref="Privacy.RowMask"/> lets a person see.</remarks>
public sealed class WindowSummary
{
    private readonly SummaryCell cell;

    internal WindowSummary(DateTimeOffset from, DateTimeOffset to, SummaryCell cell) => (From, To, this.cell) = (from, to, cell);

    /// <summary>Inclusive.</summary>
    public DateTimeOffset From { get; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset To { get; }

    /// <summary>How many rows.</summary>
    public long Rows => cell.Rows;

    /// <summary>Columns of numbers.</summary>
    public IReadOnlyList<NumberSummary> Numbers => [.. cell.Numbers.Where(number => number.Role == SummaryRole.Feature)];

    /// <summary>Columns of text.</summary>
    public IReadOnlyList<LevelSummary> Levels => [.. cell.Levels.Where(level => level.Role == SummaryRole.Feature)];

    /// <summary>What the model gave each class.</summary>
    public IReadOnlyList<NumberSummary> Scores => [.. cell.Numbers.Where(number => number.Role == SummaryRole.Score)];

    /// <summary>What was decided; null where no row says.</summary>
    public LevelSummary? Decisions => cell.Levels.FirstOrDefault(level => level.Role == SummaryRole.Decision);

    /// <summary>How long answers took, in milliseconds; null where no row says.</summary>
    public NumberSummary? Latency => cell.Numbers.FirstOrDefault(number => number.Role == SummaryRole.Latency);

    /// <summary>Rows and decisions by the groups of each protected column.</summary>
    public IReadOnlyList<GroupSummary> Groups => [.. cell.Groups];

    /// <summary>A column of numbers by its name; null where there is none.</summary>
    public NumberSummary? NumberOf(string name) => cell.Numbers.FirstOrDefault(number => number.Role == SummaryRole.Feature && number.Name == name);

    /// <summary>A column of text by its name; null where there is none.</summary>
    public LevelSummary? LevelOf(string name) => cell.Levels.FirstOrDefault(level => level.Role == SummaryRole.Feature && level.Name == name);
}
