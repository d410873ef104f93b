using Governance.Audit.Data;
using Governance.Registry.Datasets;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;

namespace Governance.Audit.Registrations;

/// <summary>Puts a data set on record after its bytes have been read as a table, by guess and as declared.</summary>
public sealed class AdmitDataset(RegisterDataset register)
{
    /// <summary>Reads and registers.</summary>
    /// <param name="actor">Who registers it.</param>
    /// <param name="name">Unique among data sets.</param>
    /// <param name="title">What people call it, with its source.</param>
    /// <param name="file">The file: any format that <see cref="TableFile"/> reads.</param>
    /// <param name="columns">What each column is and is for, from the table that was read.</param>
    /// <param name="positive">The positive class of the label, or null.</param>
    /// <param name="favourable">The outcome that a person wants, or null.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <exception cref="InputException">
    /// The file cannot be read, or a cell does not fit what its column was declared to be; the sentence names the line.
    /// </exception>
    public Task<RegisterDatasetOutcome> RunAsync(
        Actor actor, string name, string title, byte[] file, Func<Table, IReadOnlyList<DatasetColumn>> columns,
        string? positive, string? favourable, CancellationToken cancellationToken) =>
        RunAsync(actor, name, title, file, columns, positive, favourable, null, cancellationToken);

    /// <summary>The same, of rows that are a deployment's traffic where one is named.</summary>
    internal async Task<RegisterDatasetOutcome> RunAsync(
        Actor actor, string name, string title, byte[] file, Func<Table, IReadOnlyList<DatasetColumn>> columns,
        string? positive, string? favourable, DeploymentId? trafficOf, CancellationToken cancellationToken)
    {
        (long rows, IReadOnlyList<DatasetColumn> declared) = await Task.Run(() => Read(file, columns, cancellationToken), cancellationToken);
        using MemoryStream stream = new(file, writable: false);
        return await register.RunAsync(
            actor, new NewDataset(name, title, stream, file.LongLength, rows, declared, positive, favourable) { TrafficOf = trafficOf }, cancellationToken);
    }

    private static (long Rows, IReadOnlyList<DatasetColumn> Columns) Read(
        byte[] file, Func<Table, IReadOnlyList<DatasetColumn>> columns, CancellationToken cancellationToken)
    {
        Table guessed = TableFile.Read(new MemoryStream(file, writable: false), cancellationToken);
        IReadOnlyList<DatasetColumn> declared = columns(guessed);
        if (ReadDataset.Differs(guessed, ReadDataset.Rules(declared)))
        {
            ReadDataset.Run(new MemoryStream(file, writable: false), declared, cancellationToken);
        }

        return (guessed.Rows, declared);
    }
}
