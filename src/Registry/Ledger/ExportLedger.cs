using System.Text;
using System.Text.Json.Nodes;
using Governance.Registry.Checkpoints;
using Governance.Registry.Keys;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Ledger;

/// <summary>
/// Writes the whole ledger down for whoever verifies it without us: <c>governance/ledger-export/1</c>, a line of canonical
/// JSON each: head, public keys, checkpoints, then the leaves byte for byte as they are hashed.
/// </summary>
public sealed class ExportLedger(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>The name of this form.</summary>
    public const string Schema = "governance/ledger-export/1";

    /// <summary>Writes it. What the rows say is not judged here: a broken ledger is exported as it is.</summary>
    /// <param name="target">UTF-8 without a byte order mark; not closed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many entries, and how many checkpoints.</returns>
    public async Task<(long Entries, int Checkpoints)> RunAsync(Stream target, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await LedgerSnapshot.BeginAsync(db, cancellationToken);
        SigningKeyRecord[] keys = await RecordSigningKeys.AllAsync(db, cancellationToken);
        List<CheckpointRecord> checkpoints = await db.Checkpoints.AsNoTracking().OrderBy(row => row.Size).ToListAsync(cancellationToken);
        long entries = await db.Ledger.LongCountAsync(cancellationToken);
        await using StreamWriter writer = new(target, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        await writer.WriteLineAsync(Line(new JsonObject
        {
            ["schema"] = Schema, ["entries"] = entries, ["checkpoints"] = checkpoints.Count, ["keys"] = keys.Length,
        }).AsMemory(), cancellationToken);
        foreach (SigningKeyRecord key in keys)
        {
            await writer.WriteLineAsync(Line(new JsonObject { ["key"] = new JsonObject { ["pem"] = key.Pem, ["since"] = Microseconds.Iso(key.Since) } }).AsMemory(), cancellationToken);
        }

        foreach (CheckpointRecord checkpoint in checkpoints)
        {
            await writer.WriteLineAsync(Line(new JsonObject { ["checkpoint"] = checkpoint.Note }).AsMemory(), cancellationToken);
        }

        await foreach (string leaf in db.Ledger.AsNoTracking().OrderBy(entry => entry.Sequence).Select(entry => entry.Leaf)
            .AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            await writer.WriteLineAsync(leaf.AsMemory(), cancellationToken);
        }

        return (entries, checkpoints.Count);
    }

    private static string Line(JsonObject json) => Encoding.UTF8.GetString(CanonicalJson.Serialize(json));
}
