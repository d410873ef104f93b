using System.Globalization;
using System.Text;
using System.Text.Json;
using Governance.Registry.Checkpoints;
using Governance.Registry.Keys;

namespace Governance.Registry.Ledger;

/// <summary>What verifying an exported ledger found.</summary>
/// <param name="Entries">How many leaves were read.</param>
/// <param name="Root">The root over them, 64 lower-case hexadecimal digits; null where a fault was found.</param>
/// <param name="Sealed">How many of them a signed checkpoint proves.</param>
/// <param name="Checkpoints">How many checkpoints held, those kept elsewhere included.</param>
/// <param name="Fault">The first thing that does not hold, in a sentence; null where all does.</param>
public sealed record ExportVerdict(long Entries, string? Root, long Sealed, int Checkpoints, string? Fault)
{
    /// <summary>Entries behind the last checkpoint: nothing proves them yet, nor that there were no more of them.</summary>
    public long Unsealed => Entries - Sealed;
}

/// <summary>
/// Verifies an exported ledger with nothing but a public key and, against whoever holds the signing key, a checkpoint that
/// was kept elsewhere. No database, no network.
/// </summary>
public static class VerifyExport
{
    /// <summary>Verifies, leaf by leaf: memory grows with the subjects that entries speak of, not with their text.</summary>
    /// <param name="source">The exported file.</param>
    /// <param name="trusted">The public keys that the verifier was given by another way.</param>
    /// <param name="kept">Signed notes that the verifier kept.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FormatException">It is no exported ledger, or a kept note is no checkpoint.</exception>
    public static async Task<ExportVerdict> RunAsync(
        Stream source, IReadOnlyList<InstallationKey> trusted, IReadOnlyList<string> kept, CancellationToken cancellationToken)
    {
        // Bytes that are no UTF-8 become another text, and that has another hash.
        using StreamReader reader = new(source, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false, 1 << 16, leaveOpen: true);
        (long entries, int checkpoints, int keys) = ReadHead(await reader.ReadLineAsync(cancellationToken));
        Dictionary<FactDigest, InstallationKey> candidates = [];
        List<string> own = [];
        MerkleTree tree = new();
        try
        {
            for (int i = 0; i < keys; i++)
            {
                (FactDigest made, InstallationKey key) = ReadKey(await reader.ReadLineAsync(cancellationToken));
                candidates[made] = key;
            }

            for (int i = 0; i < checkpoints; i++)
            {
                own.Add(ReadMember(await reader.ReadLineAsync(cancellationToken), "checkpoint").GetString()!);
            }

            return await FollowAsync(reader, new CheckpointTrail(own, kept, trusted, candidates), tree, entries, cancellationToken);
        }
        catch (Exception fault) when (fault is FormatException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return new ExportVerdict(tree.Size, null, 0, 0, $"After {tree.Size} entries a line is not what an export writes: {fault.Message}");
        }
    }

    private static async Task<ExportVerdict> FollowAsync(
        StreamReader reader, CheckpointTrail trail, MerkleTree tree, long entries, CancellationToken cancellationToken)
    {
        Dictionary<LedgerSubject, FactDigest?> latest = [];
        DateTimeOffset last = DateTimeOffset.MinValue;
        while (await reader.ReadLineAsync(cancellationToken) is string line)
        {
            LedgerLeaf leaf = LedgerLeaf.Parse(line);
            string? fault = leaf.ToText() != line ? "is not in canonical form"
                : leaf.Sequence != tree.Size ? $"stands where entry {tree.Size} belongs"
                : leaf.At < last ? "is older than the one before it"
                : leaf.Before != latest.GetValueOrDefault(leaf.Subject) ? $"does not follow from what the ledger said of {leaf.Subject} before"
                : null;
            tree.Append(MerkleTree.HashLeaf(Encoding.UTF8.GetBytes(line)));
            fault = fault is null ? trail.Append(leaf, tree) : $"Entry {leaf.Sequence} {fault}.";
            if (fault is not null)
            {
                return new ExportVerdict(tree.Size, null, trail.Sealed, trail.Held, fault);
            }

            latest[leaf.Subject] = leaf.After;
            last = leaf.At;
        }

        string? end = tree.Size != entries ? $"The file says that it holds {entries} entries, but it holds {tree.Size}."
            : trail.End(tree.Size) ?? (trail.Held == 0 ? "No checkpoint signed by the given key covers any entry: nothing is proved." : null);
        return new ExportVerdict(tree.Size, end is null ? Convert.ToHexStringLower(tree.Root()) : null, trail.Sealed, trail.Held, end);
    }

    private static (long Entries, int Checkpoints, int Keys) ReadHead(string? line)
    {
        try
        {
            using JsonDocument head = JsonDocument.Parse(line ?? "");
            return head.RootElement.GetProperty("schema").GetString() == ExportLedger.Schema
                ? (head.RootElement.GetProperty("entries").GetInt64(), head.RootElement.GetProperty("checkpoints").GetInt32(), head.RootElement.GetProperty("keys").GetInt32())
                : throw new FormatException($"It is no file of the form {ExportLedger.Schema}.");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"It is no file of the form {ExportLedger.Schema}.", fault);
        }
    }

    private static (FactDigest Made, InstallationKey Key) ReadKey(string? line)
    {
        JsonElement key = ReadMember(line, "key");
        string pem = key.GetProperty("pem").GetString()!;
        InstallationKey read = InstallationKey.Read(pem);
        if (read.Pem != pem)
        {
            throw new FormatException("a public key is not in the one spelling of PEM."); // PEM readers pass over much
        }

        DateTimeOffset since = DateTimeOffset.ParseExact(
            key.GetProperty("since").GetString()!, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return (new SigningKeyRecord(read.Fingerprint, read.Pem, since).Digest(), read);
    }

    private static JsonElement ReadMember(string? line, string name)
    {
        if (line is null || !CanonicalJson.IsCanonical(Encoding.UTF8.GetBytes(line)))
        {
            throw new FormatException("a line of the head is missing or not in canonical form.");
        }

        using JsonDocument document = JsonDocument.Parse(line);
        return document.RootElement.GetProperty(name).Clone();
    }
}
