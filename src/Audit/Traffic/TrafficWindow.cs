using Governance.Audit.Data;

namespace Governance.Audit.Traffic;

/// <summary>Raw rows of a window, in the order of their times, with the labels that are known.</summary>
/// <remarks>Rows hold personal data: pages mask them (<see cref="Privacy.RowMask"/>), and write each look down.</remarks>
public sealed record TrafficWindow
{
    /// <summary>Inclusive.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Shape [rows].</summary>
    public required IReadOnlyList<string> Ids { get; init; }

    /// <summary>Shape [rows]: UTC, ascending.</summary>
    public required IReadOnlyList<DateTimeOffset> Times { get; init; }

    /// <summary>The columns asked for; one that no row of the window has is missing everywhere. Null where none was asked for.</summary>
    public Table? Columns { get; init; }

    /// <summary>By class; NaN where a row has none. Empty where no row of the window has any.</summary>
    public IReadOnlyList<ScoreColumn> Scores { get; init; } = [];

    /// <summary>Missing where a row has none; null where no row of the window has any.</summary>
    public TextColumn? Decisions { get; init; }

    /// <summary>Milliseconds, NaN where unknown; null where no row of the window has any.</summary>
    public double[]? Latency { get; init; }

    /// <summary>Shape [rows]: the label that is known last; missing where none is known yet.</summary>
    public required TextColumn Labels { get; init; }

    /// <summary>Shape [rows]: when that label became known; null where none is known yet.</summary>
    public required IReadOnlyList<DateTimeOffset?> KnownAt { get; init; }

    /// <summary>Rows that were counted in the window and whose cells are gone, because retention has ended.</summary>
    public long RowsErased { get; init; }

    /// <summary>The number of rows.</summary>
    public int Rows => Ids.Count;

    /// <summary>The score of a class, or of the only one; null where there is none.</summary>
    public ScoreColumn? ScoreOf(string? @class) =>
        Scores.FirstOrDefault(score => score.Class == @class) ?? (Scores.Count == 1 ? Scores[0] : null);
}
