using System.Text.Json;

namespace Governance.Audit.Theft.Gauge;

/// <summary>What one principal was answered by one version, the latest rows. Not safe to use from several threads at once.</summary>
/// <remarks>
/// Working memory and no fact, kept encrypted beside the states of watches. It holds the columns that the model reads and
/// nothing else of a row.
/// </remarks>
public sealed class KeptAnswers
{
    /// <summary>The most rows; the oldest make room. Long before as many the gauge has passed where it ever does.</summary>
    public const int Most = 2_000;

    /// <summary>How long a row is kept, in days, as the log of looks at rows is.</summary>
    public const int KeptDays = 730;

    private readonly List<KeptAnswer> rows;

    /// <summary>Begins without a row.</summary>
    /// <param name="columns">The columns that the model reads, in order.</param>
    public KeptAnswers(IReadOnlyList<string> columns)
        : this(columns, [], 0, 0)
    {
    }

    private KeptAnswers(IReadOnlyList<string> columns, IEnumerable<KeptAnswer> rows, long total, long measured)
    {
        Columns = columns;
        this.rows = [.. rows];
        Total = total;
        Measured = measured;
    }

    /// <summary>The columns of every row.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The rows, oldest first.</summary>
    public IReadOnlyList<KeptAnswer> Rows => rows;

    /// <summary>Rows that were ever added.</summary>
    public long Total { get; private set; }

    /// <summary><see cref="Total"/> when the gauge was last read; 0 for never.</summary>
    public long Measured { get; set; }

    /// <summary>Adds rows; more than <see cref="Most"/>, and older than <see cref="KeptDays"/>, are forgotten.</summary>
    /// <param name="added">Each with as many cells as there are columns.</param>
    public void Add(IEnumerable<KeptAnswer> added)
    {
        ArgumentNullException.ThrowIfNull(added);
        foreach (KeptAnswer row in added)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(row.Cells.Count, Columns.Count, nameof(added));
            rows.Add(row);
            Total++;
        }

        DateTimeOffset oldest = rows.Count == 0 ? default : rows[^1].At.AddDays(-KeptDays);
        rows.RemoveRange(0, Math.Max(0, rows.Count - Most));
        rows.RemoveAll(row => row.At < oldest);
    }

    /// <summary>As bytes, for <see cref="Read"/>.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(new Form(1, Columns, rows, Total, Measured));

    /// <summary>Reads what <see cref="ToBytes"/> gave; null where it is of another release, or of other columns.</summary>
    public static KeptAnswers? Read(byte[] bytes, IReadOnlyList<string> columns)
    {
        try
        {
            return JsonSerializer.Deserialize<Form>(bytes) is { Version: 1 } form && form.Columns.SequenceEqual(columns, StringComparer.Ordinal)
                ? new KeptAnswers(form.Columns, form.Rows, form.Total, form.Measured)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Form(int Version, IReadOnlyList<string> Columns, IReadOnlyList<KeptAnswer> Rows, long Total, long Measured);
}
