namespace Governance.Audit.Data;

/// <summary>Reads a table from a file of any format that is known, told apart by content and never by name.</summary>
public static class TableFile
{
    /// <summary>Reads a table within the default limits.</summary>
    /// <param name="stream">Read from its current position; a stream that cannot seek is first copied to memory.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InputException">The bytes are no table that can be read; the sentence says why, and where.</exception>
    public static Table Read(Stream stream, CancellationToken cancellationToken) => CsvTable.Read(stream, cancellationToken);
}
