using Governance.Audit.Data;

namespace Governance.Audit.Traffic;

/// <summary>Rows that a model was asked about, by columns: what came in, what it answered, when.</summary>
public sealed class TrafficBatch
{
    /// <summary>The most rows of a batch.</summary>
    public const int MaxRows = 1_000_000;

    /// <summary>The most readable columns.</summary>
    public const int MaxColumns = 500;

    /// <summary>The longest id of a row, in UTF-16 code units.</summary>
    public const int MaxIdLength = 200;

    /// <summary>Makes a batch.</summary>
    /// <param name="ids">Shape [rows]: what the sender calls each row; labels are joined by it.</param>
    /// <param name="times">Shape [rows]: when each row was answered; kept in UTC to the microsecond.</param>
    /// <param name="columns">The readable columns, with as many rows; null for none (then only scores, decisions and times).</param>
    /// <exception cref="InputException">There is no row or too many, an id is blank or too long, or the columns do not fit.</exception>
    public TrafficBatch(IReadOnlyList<string> ids, IReadOnlyList<DateTimeOffset> times, Table? columns)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(times);
        if (ids.Count is 0 or > MaxRows)
        {
            throw new InputException($"A batch has 1 to {MaxRows:N0} rows; this one has {ids.Count:N0}.");
        }

        if (times.Count != ids.Count || (columns is not null && columns.Rows != ids.Count))
        {
            throw new InputException("Ids, times and columns of a batch have equally many rows.");
        }

        if (columns?.Columns.Count > MaxColumns)
        {
            throw new InputException($"A batch has at most {MaxColumns} columns.");
        }

        for (int row = 0; row < ids.Count; row++)
        {
            if (string.IsNullOrWhiteSpace(ids[row]) || ids[row].Length > MaxIdLength)
            {
                throw new InputException($"Row {row + 1} of the batch has no id, or one of over {MaxIdLength} characters.");
            }
        }

        Ids = ids;
        Times = times;
        Columns = columns;
    }

    /// <summary>Shape [rows].</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>Shape [rows].</summary>
    public IReadOnlyList<DateTimeOffset> Times { get; }

    /// <summary>The readable columns; null for none.</summary>
    public Table? Columns { get; }

    /// <summary>The number of rows.</summary>
    public int Rows => Ids.Count;

    /// <summary>What the model gave each class; empty where it was not sent.</summary>
    public IReadOnlyList<ScoreColumn> Scores { get; init; } = [];

    /// <summary>Shape [rows]: the decision as people read it; null where it was not sent.</summary>
    public TextColumn? Decisions { get; init; }

    /// <summary>Shape [rows]: how long the answer took, in milliseconds, NaN where unknown; null where it was not sent.</summary>
    public double[]? Latency { get; init; }
}

/// <summary>What the model gave one class, or its value where it has no classes.</summary>
/// <param name="Class">The class as people read it; <see cref="Value"/> for a regression or a score whose class nobody named.</param>
/// <param name="Values">Shape [rows]; NaN where it was not sent.</param>
public sealed record ScoreColumn(string Class, double[] Values)
{
    /// <summary>The name of the only score of a model without classes.</summary>
    public const string Value = "";
}
