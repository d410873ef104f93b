using System.Security.Cryptography;
using System.Text;
using Governance.Audit.Data;
using Governance.Registry.Deployments;

namespace Governance.Audit.Traffic;

/// <summary>Takes a file of rows or of labels: what the API, the page and the command line do alike.</summary>
/// <remarks>Whoever calls has judged that the sender may.</remarks>
/// <param name="describe">Says what is known of the columns.</param>
/// <param name="traffic">Takes rows.</param>
/// <param name="labels">Takes labels.</param>
/// <param name="clock">Says when labels became known whose file does not.</param>
public sealed class IngestFile(DescribeDeployment describe, IngestTraffic traffic, IngestLabels labels, TimeProvider clock)
{
    /// <summary>Takes rows.</summary>
    /// <param name="deployment">Of which deployment.</param>
    /// <param name="file">CSV, JSON Lines or what else is known, gzip or not.</param>
    /// <param name="names">What the columns are called.</param>
    /// <param name="key">What the sender calls the batch; null for the digest of the file.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <exception cref="InputException">It cannot be read or taken; the sentence says why.</exception>
    public async Task<IngestOutcome> RowsAsync(
        DeploymentId deployment, ReadOnlyMemory<byte> file, TrafficNames names, string? key, CancellationToken cancellationToken)
    {
        DeploymentColumns known = await describe.RunAsync(deployment, cancellationToken) ?? throw new InputException("There is no such deployment.");
        TrafficBatch batch = await Task.Run(
            () => ReadTrafficTable.Rows(Open(file), names, known.Columns, known.Positive, cancellationToken), cancellationToken);
        return await traffic.RunAsync(deployment, KeyOf(file, names, key), batch, cancellationToken);
    }

    /// <summary>Takes labels.</summary>
    /// <param name="deployment">Of which deployment.</param>
    /// <param name="file">CSV, JSON Lines or what else is known, gzip or not.</param>
    /// <param name="names">What the columns are called.</param>
    /// <param name="key">What the sender calls the batch; null for the digest of the file.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <exception cref="InputException">It cannot be read or taken; the sentence says why.</exception>
    public async Task<IngestOutcome> LabelsAsync(
        DeploymentId deployment, ReadOnlyMemory<byte> file, TrafficNames names, string? key, CancellationToken cancellationToken)
    {
        LabelBatch batch = await Task.Run(() => ReadTrafficTable.Labels(Open(file), names, clock.GetUtcNow(), cancellationToken), cancellationToken);
        return await labels.RunAsync(deployment, KeyOf(file, names, key), batch, cancellationToken);
    }

    private static MemoryStream Open(ReadOnlyMemory<byte> file) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(file, out ArraySegment<byte> array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(file.ToArray(), writable: false);

    // The same bytes under other names of columns are other rows.
    private static string KeyOf(ReadOnlyMemory<byte> file, TrafficNames names, string? key) => !string.IsNullOrWhiteSpace(key) ? "key " + key.Trim()
        : $"file {Convert.ToHexStringLower(SHA256.HashData([.. SHA256.HashData(file.Span), .. SHA256.HashData(Encoding.UTF8.GetBytes(names.ToString()))]))}";
}
