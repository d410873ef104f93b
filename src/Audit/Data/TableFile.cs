using Governance.Audit.Data.Arrays;
using Governance.Audit.Data.Images;
using Governance.Audit.Data.Json;
using Governance.Audit.Data.Sources;

namespace Governance.Audit.Data;

/// <summary>Reads a table from a file of any format that is known, told apart by content and never by name.</summary>
/// <remarks>
/// CSV (<see cref="CsvTable"/>), JSON Lines, NPY and NPZ; each also as gzip or as the one file of a zip archive; PNG pictures in a
/// zip archive. Any other format is refused with a sentence that names it.
/// </remarks>
public static class TableFile
{
    /// <summary>Reads a table within the default limits.</summary>
    /// <param name="stream">Read from its current position; a stream that cannot seek is first copied to memory.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InputException">The bytes are no table that can be read; the sentence says why, and where.</exception>
    public static Table Read(Stream stream, CancellationToken cancellationToken) =>
        Read(stream, [], new DataLimits(), cancellationToken);

    /// <summary>Reads a table.</summary>
    /// <param name="stream">Read from its current position; a stream that cannot seek is first copied to memory.</param>
    /// <param name="rules">What a person said about some columns; those that the file lacks do not matter.</param>
    /// <param name="limits">What the file may hold at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InputException">The bytes are no table that can be read, or break a rule; the sentence says why, and where.</exception>
    public static Table Read(Stream stream, IReadOnlyList<ColumnRule> rules, DataLimits limits, CancellationToken cancellationToken)
    {
        DataSource source = DataSource.Of(stream, limits);
        return DataSignature.Of(source.Head) == DataFormat.Zip
            ? ReadZip(source, rules, limits, cancellationToken)
            : ReadPlain(source, rules, limits, cancellationToken);
    }

    private static Table ReadZip(DataSource source, IReadOnlyList<ColumnRule> rules, DataLimits limits, CancellationToken cancellationToken)
    {
        ZipContent zip = new(
            source.File ?? throw DataSignature.Refusal("a zip archive inside another archive", "pack the data once"), limits);
        return PngTable.Is(zip.Items) ? PngTable.Read(zip, rules, limits, cancellationToken)
            : zip.Items.All(ZipContent.IsArray) ? NpyTable.Read(zip, rules, limits, cancellationToken)
            : ReadPlain(new DataSource(zip.Items[0].Open, -1), rules, limits, cancellationToken);
    }

    private static Table ReadPlain(DataSource source, IReadOnlyList<ColumnRule> rules, DataLimits limits, CancellationToken cancellationToken) =>
        DataSignature.Of(source.Head) switch
        {
            DataFormat.JsonLines => JsonLinesTable.Read(source, rules, limits, cancellationToken),
            DataFormat.Npy => NpyTable.Read(source, rules, limits, cancellationToken),
            DataFormat.Zip => throw DataSignature.Refusal("a zip archive inside another archive", "pack the data once"),
            _ => CsvTable.Read(source, rules, limits, cancellationToken),
        };
}
