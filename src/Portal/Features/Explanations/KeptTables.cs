using Governance.Audit.Data;
using Governance.Audit.Registrations;
using Governance.Portal.Features.Evidence;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;

namespace Governance.Portal.Features.Explanations;

/// <summary>The rows of data sets that were read before, in the clear: <see cref="ReadRows"/> decides who sees what of them.</summary>
internal sealed class KeptTables(ArtifactStore store)
{
    /// <summary>The most bytes of cells kept: 100,000 rows of 14 columns take about 8 MB.</summary>
    public const long MostBytes = 128L << 20;

    private readonly KeptReadings<Table> kept = new(store, MostBytes);

    /// <summary>The rows of a data set, read as it was declared.</summary>
    /// <exception cref="ArtifactDamagedException">The store's bytes are not those that were registered.</exception>
    /// <exception cref="InputException">They cannot be read as a table.</exception>
    public Task<Table> OfAsync(Dataset dataset, CancellationToken cancellationToken) => kept.OfAsync(
        dataset.Digest, dataset.Id.ToString(),
        file =>
        {
            Table table = ReadDataset.Run(new MemoryStream(file, writable: false), dataset.Columns, CancellationToken.None);
            return (table, Bytes(table));
        },
        cancellationToken);

    /// <summary>About how many bytes the cells of a table take in memory.</summary>
    public static long Bytes(Table table) => table.Columns.Sum(column => column is TextColumn text
        ? (4L * text.Count) + text.Levels.Sum(level => 40L + (2L * level.Length))
        : 8L * column.Count);
}
