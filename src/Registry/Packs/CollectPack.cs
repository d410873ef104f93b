using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Governance.Registry.Checkpoints;
using Governance.Registry.Ledger;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Packs;

/// <summary>Gathers what the registry itself knows for a pack: entries, their proofs, the facts behind them, decisions, keys and the checkpoint.</summary>
public sealed class CollectPack(
    IDbContextFactory<GovernanceDb> contexts, LedgerProofs proofs, CheckpointQueries checkpoints, DossierQueries dossiers)
{
    // The checkpoints of over an hour and a half at the quickest pace.
    private const int MostConsistency = 100;

    /// <summary>
    /// The entries that a pack of a version is about: of its history, of its model, of the signing keys. Exports are not: one
    /// that changed the pack would make the next one differ from it.
    /// </summary>
    /// <param name="version">The version; there is one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>At least one, in the ledger's order.</returns>
    public async Task<IReadOnlyList<LedgerEntry>> EntriesAsync(ModelVersionId version, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        string id = version.ToString();
        string model = (await db.Versions.AsNoTracking().FirstAsync(row => row.Id == version, cancellationToken)).Model.ToString();
        return await db.Ledger.AsNoTracking().Where(entry => entry.Action != ExportPack.Action
            && ((entry.ScopeKind == LedgerSubject.Version && entry.ScopeId == id)
                || (entry.SubjectKind == LedgerSubject.Version && entry.SubjectId == id)
                || (entry.SubjectKind == LedgerSubject.Model && entry.SubjectId == model)
                || entry.SubjectKind == LedgerSubject.SigningKey)).OrderBy(entry => entry.Sequence).ToListAsync(cancellationToken);
    }

    /// <summary>Adds the files.</summary>
    /// <param name="version">Of which version.</param>
    /// <param name="entries">See <see cref="EntriesAsync"/>.</param>
    /// <param name="checkpoint">Covers them.</param>
    /// <param name="pack">Where to.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Artifacts.ArtifactDamagedException">A document that a decision signed is not what was stored.</exception>
    public async Task RunAsync(
        ModelVersionId version, IReadOnlyList<LedgerEntry> entries, SignedCheckpoint checkpoint, Dictionary<string, byte[]> pack,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(pack);
        pack["checkpoint.note"] = Encoding.UTF8.GetBytes(checkpoint.Note);
        pack["README.txt"] = Encoding.UTF8.GetBytes(PackInstructions.Text);
        foreach (Keys.SigningKeyRecord key in await checkpoints.KeysAsync(cancellationToken))
        {
            pack[$"keys/{key.Fingerprint.Hex}.pem"] = Encoding.ASCII.GetBytes(key.Pem);
        }

        await AddConsistencyAsync(checkpoint, pack, cancellationToken);
        Dictionary<LedgerSubject, JsonObject> facts = await FactsAsync(entries, cancellationToken);
        Dictionary<LedgerSubject, SealedDossier> decisions = await DecisionsAsync(version, cancellationToken);
        foreach (LedgerEntry entry in entries)
        {
            string name = entry.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture);
            InclusionProof proof = await proofs.InclusionAsync(entry.Sequence, checkpoint.Size, cancellationToken);
            pack[$"leaves/{name}.json"] = Encoding.UTF8.GetBytes(entry.Leaf);
            pack[$"proofs/{name}.tlog-proof"] = Encoding.UTF8.GetBytes(new TlogProof(proof, checkpoint.Note).ToString());
            LedgerLeaf leaf = entry.Read();
            if (facts.TryGetValue(leaf.Subject, out JsonObject? fact) && DigestOf(leaf.Subject, fact) == leaf.After)
            {
                pack[$"facts/{name}.json"] = Hashed(leaf.Subject, fact); // rows as they stand now: of what changed since, only its entry is here
                if (decisions.TryGetValue(leaf.Subject, out SealedDossier? decision))
                {
                    pack[PackDecisions.DocumentPath(leaf.Subject.Id)] = await dossiers.DocumentAsync(decision, cancellationToken);
                    pack[PackDecisions.SignaturePath(leaf.Subject.Id)] = PackDecisions.Signature(decision.Key, decision.Signature);
                }
            }
        }
    }

    // Documents hold digests and no rows: whoever may see the version's ledger may see them.
    private async Task<Dictionary<LedgerSubject, SealedDossier>> DecisionsAsync(ModelVersionId version, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        SealedDossier[] rows = await db.SealedDossiers.AsNoTracking().Where(row => row.Version == version).ToArrayAsync(cancellationToken);
        return rows.ToDictionary(row => row.Subject);
    }

    // From the checkpoints before it, so that whoever kept one of them sees that the ledger only grew.
    private async Task AddConsistencyAsync(SignedCheckpoint checkpoint, Dictionary<string, byte[]> pack, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (long size in await db.Checkpoints.AsNoTracking().Where(row => row.Size < checkpoint.Size).OrderByDescending(row => row.Size)
            .Select(row => row.Size).Take(MostConsistency).ToListAsync(cancellationToken))
        {
            ConsistencyProof proof = await proofs.ConsistencyAsync(size, checkpoint.Size, cancellationToken);
            pack[VerifyPack.ConsistencyPath(size)] = Encoding.ASCII.GetBytes(string.Concat(proof.Path.Select(hash => Convert.ToBase64String(hash) + "\n")));
        }
    }

    private static byte[] Hashed(LedgerSubject subject, JsonObject fact) =>
        CanonicalJson.Serialize(new JsonObject { ["subject"] = subject.ToJson(), ["fact"] = fact.DeepClone() });

    private static FactDigest DigestOf(LedgerSubject subject, JsonObject fact) => FactDigest.Of(Hashed(subject, fact));

    // Whatever the model knows as a fact: a kind that is new is in packs by itself.
    private static IEnumerable<IQueryable<IFact>> Facts(GovernanceDb db)
    {
        MethodInfo set = typeof(DbContext).GetMethod(nameof(DbContext.Set), 1, [])!;
        return db.Model.GetEntityTypes().Where(type => type.ClrType.IsAssignableTo(typeof(IFact)))
            .Select(type => (IQueryable<IFact>)set.MakeGenericMethod(type.ClrType).Invoke(db, null)!);
    }

    private async Task<Dictionary<LedgerSubject, JsonObject>> FactsAsync(IReadOnlyList<LedgerEntry> entries, CancellationToken cancellationToken)
    {
        HashSet<LedgerSubject> wanted = [.. entries.Select(entry => new LedgerSubject(entry.SubjectKind, entry.SubjectId))];
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        Dictionary<LedgerSubject, JsonObject> facts = [];
        foreach (IQueryable<IFact> rows in Facts(db))
        {
            await foreach (IFact fact in rows.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                if (wanted.Contains(fact.Subject))
                {
                    facts[fact.Subject] = fact.ToFact();
                }
            }
        }

        return facts;
    }
}
