namespace Governance.Audit.Data;

/// <summary>What a CSV file may hold at most.</summary>
public sealed record CsvLimits
{
    /// <summary>Columns; 2,000 by default.</summary>
    public int Columns { get; init; } = 2_000;

    /// <summary>Bytes of one record, quoted line breaks included; 1 MiB by default.</summary>
    public int LineBytes { get; init; } = 1 << 20;

    /// <summary>Characters of a column's name; 1,000 by default.</summary>
    public int NameLength { get; init; } = 1_000;

    /// <summary>Data rows; 50,000,000 by default.</summary>
    public int Rows { get; init; } = 50_000_000;

    /// <summary>Bytes read, counted after unpacking; 8 GiB by default.</summary>
    public long Bytes { get; init; } = 8L << 30;

    /// <summary>Unpacked bytes for each packed byte of a gzip file, counted beyond the first 64 MiB; 200 by default.</summary>
    public int GzipRatio { get; init; } = 200;
}
