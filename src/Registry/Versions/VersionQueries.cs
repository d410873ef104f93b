using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Versions;

/// <summary>Reads versions, as far as the viewer may see them.</summary>
public sealed class VersionQueries(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>A version by its model's name and its number; null where it does not exist for the viewer.</summary>
    public async Task<VersionDetails?> FindAsync(
        UserId viewer, string modelName, int number, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        ModelVersion? version = await db.Versions.AsNoTracking()
            .Join(db.Models.Where(model => model.Name == modelName), v => v.Model, model => model.Id, (v, _) => v)
            .FirstOrDefaultAsync(v => v.Number == number, cancellationToken);
        return version is null ? null : await LoadAsync(db, viewer, version, cancellationToken);
    }

    /// <summary>A version by its id; null where it does not exist for the viewer.</summary>
    public async Task<VersionDetails?> FindAsync(
        UserId viewer, ModelVersionId id, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        ModelVersion? version = await db.Versions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        return version is null ? null : await LoadAsync(db, viewer, version, cancellationToken);
    }

    /// <summary>
    /// Everything the ledger says about a version, oldest first: registration, runs, evidence, sign-offs and moves in one
    /// list. Empty where the version does not exist for the viewer.
    /// </summary>
    public async Task<IReadOnlyList<TimelineLine>> TimelineAsync(
        UserId viewer, ModelVersionId id, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        ModelVersion? version = await db.Versions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (version is null)
        {
            return [];
        }

        Model model = await db.Models.AsNoTracking().FirstAsync(row => row.Id == version.Model, cancellationToken);
        Standing standing = await Standing.LoadAsync(db, Actor.Person(viewer), model, version.Stage, cancellationToken);
        if (standing.Visibility != ModelVisibility.Full)
        {
            return [];
        }

        string scope = id.ToString();
        List<LedgerEntry> entries = await db.Ledger.AsNoTracking()
            .Where(entry => entry.ScopeKind == LedgerSubject.Version && entry.ScopeId == scope)
            .OrderBy(entry => entry.Sequence).ToListAsync(cancellationToken);
        return await LedgerQueries.ReadableAsync(db, entries, cancellationToken);
    }

    private static async Task<VersionDetails?> LoadAsync(
        GovernanceDb db, UserId viewer, ModelVersion version, CancellationToken cancellationToken)
    {
        ModelVersionId id = version.Id;
        Model model = await db.Models.AsNoTracking().FirstAsync(row => row.Id == version.Model, cancellationToken);
        Standing standing = await Standing.LoadAsync(db, Actor.Person(viewer), model, version.Stage, cancellationToken);
        if (standing.Visibility != ModelVisibility.Full)
        {
            return null;
        }

        SignOffState state = await SignOffRecording.LoadStateAsync(db, model, version, cancellationToken);
        StageMove[] moves = await db.StageMoves.AsNoTracking().Where(row => row.Version == id)
            .OrderBy(row => row.Number).ToArrayAsync(cancellationToken);
        Dictionary<FactDigest, string> words = await WordsAsync(db, moves, state.SignOffs, cancellationToken);
        return new VersionDetails(
            model, version, standing, await ParentsAsync(db, id, cancellationToken),
            [.. moves.Select(move => (move, TextOf(move.Reason)))],
            [.. state.SignOffs.Select(s => new SignOffWithWords(s, TextOf(s.Rationale), TextOf(s.Conditions)))],
            await db.Evidence.AsNoTracking().Where(row => row.Version == id)
                .OrderByDescending(row => row.SealedAt).ThenByDescending(row => row.Id).ToArrayAsync(cancellationToken),
            await db.Runs.AsNoTracking().Where(row => row.Version == id)
                .OrderByDescending(row => row.RequestedAt).ThenByDescending(row => row.Id).ToArrayAsync(cancellationToken),
            state, await PeopleQueries.NamesAsync(db, cancellationToken));

        string? TextOf(FactDigest? digest) => digest is FactDigest d ? words.GetValueOrDefault(d) : null;
    }

    private static async Task<(VersionParent, string)[]> ParentsAsync(
        GovernanceDb db, ModelVersionId id, CancellationToken cancellationToken)
    {
        var rows = await db.VersionParents.AsNoTracking().Where(row => row.Child == id)
            .Join(db.Versions, row => row.Parent, v => v.Id, (row, v) => new { Row = row, v.Model, v.Number })
            .Join(db.Models, row => row.Model, m => m.Id, (row, m) => new { row.Row, m.Name, row.Number })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.Row, $"{row.Name}/{row.Number}"))];
    }

    private static async Task<Dictionary<FactDigest, string>> WordsAsync(
        GovernanceDb db, IEnumerable<StageMove> moves, IEnumerable<SignOff> signOffs, CancellationToken cancellationToken)
    {
        FactDigest[] wanted =
        [
            .. moves.Where(m => m.Reason is not null).Select(m => m.Reason!.Value),
            .. signOffs.Select(s => s.Rationale),
            .. signOffs.Where(s => s.Conditions is not null).Select(s => s.Conditions!.Value),
        ];
        return await db.PersonalTexts.AsNoTracking().Where(row => wanted.Contains(row.Digest))
            .ToDictionaryAsync(row => row.Digest, row => row.Text, cancellationToken);
    }
}
