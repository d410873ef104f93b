namespace Governance.Audit.Data;

/// <summary>What a data file may hold at most, and what reading it may cost.</summary>
public sealed record DataLimits
{
    /// <summary>Columns; 8,192 by default: pictures of 64 × 64, or of 52 × 52 in colour.</summary>
    public int Columns { get; init; } = 8_192;

    /// <summary>Bytes of one record, quoted line breaks included; 1 MiB by default.</summary>
    public int LineBytes { get; init; } = 1 << 20;

    /// <summary>Characters of a column's name; 1,000 by default.</summary>
    public int NameLength { get; init; } = 1_000;

    /// <summary>Data rows; 50,000,000 by default.</summary>
    public int Rows { get; init; } = 50_000_000;

    /// <summary>Bytes read, counted after unpacking; 8 GiB by default.</summary>
    public long Bytes { get; init; } = 8L << 30;

    /// <summary>Bytes of memory that the cells may take once read: 8 a number, 4 a text and its distinct values; 1 GiB by default.</summary>
    public long TableBytes { get; init; } = 1L << 30;

    /// <summary>Unpacked bytes for each packed byte of an archive, counted as they come out beyond <see cref="FreeBytes"/>; 100 by default.</summary>
    public int PackedRatio { get; init; } = 100;

    /// <summary>Unpacked bytes for which no ratio holds, because small files of zeros pack well; 64 MiB by default.</summary>
    public long FreeBytes { get; init; } = 64L << 20;

    /// <summary>Files in a zip archive; 100 by default.</summary>
    public int Entries { get; init; } = 100;

    /// <summary>Files in a zip archive of PNG pictures; 10,000 by default.</summary>
    public int Pictures { get; init; } = 10_000;

    /// <summary>
    /// Whether an object inside a line of JSON is opened into columns under its own keys, one level down, as loggers write
    /// <c>{"id": …, "features": {…}}</c>; refused by default. Lists are refused either way.
    /// </summary>
    public bool OpenObjects { get; init; }

    /// <summary>Refuses a table that grows over its limits.</summary>
    /// <param name="rows">Its rows so far.</param>
    /// <param name="bytes">The memory of its cells so far.</param>
    /// <exception cref="InputException">It is over one of them.</exception>
    internal void Refuse(long rows, long bytes)
    {
        if (rows > Rows)
        {
            throw new InputException($"The data has more than {Rows:N0} rows.");
        }

        if (bytes > TableBytes)
        {
            throw new InputException($"The cells of the data take more than {TableBytes >> 20:N0} MiB of memory; use fewer rows or columns.");
        }
    }
}
