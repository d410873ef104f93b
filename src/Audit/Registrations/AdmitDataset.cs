using Governance.Audit.Data;
using Governance.Registry.Datasets;
using Governance.Registry.Ledger;

namespace Governance.Audit.Registrations;

/// <summary>Puts a data set on record after its bytes have been read as a table.</summary>
public sealed class AdmitDataset(RegisterDataset register)
{
    /// <summary>The largest CSV, in bytes: 512 MiB.</summary>
    public const long MostBytes = 512L << 20;

    /// <summary>Reads and registers.</summary>
    /// <param name="actor">Who registers it.</param>
    /// <param name="name">Unique among data sets.</param>
    /// <param name="title">What people call it, with its source.</param>
    /// <param name="csv">The file, plain or gzip.</param>
    /// <param name="columns">What each column is and is for, from the table that was read.</param>
    /// <param name="positive">The positive class of the label, or null.</param>
    /// <param name="favourable">The outcome that a person wants, or null.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <exception cref="InputException">The file is no CSV that can be read; the sentence names the line.</exception>
    public async Task<RegisterDatasetOutcome> RunAsync(
        Actor actor, string name, string title, byte[] csv, Func<Table, IReadOnlyList<DatasetColumn>> columns,
        string? positive, string? favourable, CancellationToken cancellationToken)
    {
        Table table = await Task.Run(() => TableFile.Read(new MemoryStream(csv, writable: false), cancellationToken), cancellationToken);
        using MemoryStream stream = new(csv, writable: false);
        return await register.RunAsync(
            actor, new NewDataset(name, title, stream, MostBytes, table.Rows, columns(table), positive, favourable), cancellationToken);
    }
}
