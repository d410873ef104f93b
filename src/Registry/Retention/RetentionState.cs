using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Retention;

/// <summary>One file that retention speaks of.</summary>
/// <param name="Name">What people call it: "credit/3" or the data set's name.</param>
/// <param name="Item">What it belongs to.</param>
/// <param name="Scope">The row whose history shows its erasure.</param>
/// <param name="Artifact">The file.</param>
/// <param name="RetiredAt">When it was retired; null while it is in use.</param>
/// <param name="DueAt">From when on it may be erased; null for never, or while it is in use.</param>
/// <param name="Erased">Its erasure; null while it is there.</param>
public sealed record RetainedFile(
    string Name, RetainedItem Item, LedgerSubject Scope, ArtifactDigest Artifact, DateTimeOffset? RetiredAt,
    DateTimeOffset? DueAt, Erasure? Erased);

/// <summary>A hold with what was written; null where it was erased on request.</summary>
public sealed record HoldWithWords(LegalHold Hold, string? Reason);

/// <summary>How long a model or data set is kept.</summary>
/// <param name="Item">Which one.</param>
/// <param name="Class">Its class.</param>
/// <param name="Chosen">Whether somebody chose it; false for the default.</param>
/// <param name="Retired">Whether a data set is out of use; false for models, whose versions are retired.</param>
/// <param name="Holds">Holds that hold, the oldest first.</param>
/// <param name="Files">Its files.</param>
public sealed record RetentionState(
    RetainedItem Item, RetentionClass Class, bool Chosen, bool Retired, IReadOnlyList<HoldWithWords> Holds,
    IReadOnlyList<RetainedFile> Files);

/// <summary>Reads how long things are kept.</summary>
public sealed class RetentionQueries(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>The state of one model or data set; null where it does not exist for the viewer.</summary>
    public async Task<RetentionState?> FindAsync(UserId viewer, RetainedItem item, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        (Standing _, bool exists) = await ChangeRetention.StandingAsync(db, Actor.Person(viewer), item, cancellationToken);
        return exists ? await LoadAsync(db, item, cancellationToken) : null;
    }

    /// <summary>Whether a person may place holds, and choose classes: pages ask before they show a form.</summary>
    public async Task<(bool Hold, bool Choose)> RightsAsync(UserId viewer, RetainedItem item, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        (Standing standing, bool exists) = await ChangeRetention.StandingAsync(db, Actor.Person(viewer), item, cancellationToken);
        return exists
            ? (RetentionPolicy.RefusalForHold(standing.Person, standing.Relation, item.Kind) is null,
                RetentionPolicy.RefusalForChoice(standing.Person, standing.Relation, item.Kind) is null)
            : (false, false);
    }

    /// <summary>The state of everything, for the erasing.</summary>
    internal static async Task<IReadOnlyList<RetentionState>> AllAsync(GovernanceDb db, CancellationToken cancellationToken)
    {
        List<RetentionState> all = [];
        foreach (ModelId model in await db.Models.Select(row => row.Id).ToListAsync(cancellationToken))
        {
            all.Add(await LoadAsync(db, RetainedItem.Of(model), cancellationToken));
        }

        foreach (DatasetId dataset in await db.Datasets.Select(row => row.Id).ToListAsync(cancellationToken))
        {
            all.Add(await LoadAsync(db, RetainedItem.Of(dataset), cancellationToken));
        }

        return all;
    }

    private static async Task<RetentionState> LoadAsync(GovernanceDb db, RetainedItem item, CancellationToken cancellationToken)
    {
        RetentionChoice? last = await ChangeRetention.LastAsync(db, item, cancellationToken);
        RetentionClass kept = RetentionSchedule.Default.Of(item.Kind, last?.Class);
        List<LegalHold> holds = await db.Holds.AsNoTracking()
            .Where(row => row.Kind == item.Kind && row.Item == item.Id && row.ReleasedAt == null)
            .OrderBy(row => row.PlacedAt).ToListAsync(cancellationToken);
        FactDigest[] reasons = [.. holds.Select(hold => hold.Reason)];
        Dictionary<FactDigest, string> words = await db.PersonalTexts.AsNoTracking().Where(row => reasons.Contains(row.Digest))
            .ToDictionaryAsync(row => row.Digest, row => row.Text, cancellationToken);
        return new RetentionState(
            item, kept, last is not null, last?.Retired ?? false,
            [.. holds.Select(hold => new HoldWithWords(hold, words.GetValueOrDefault(hold.Reason)))],
            item.Kind switch
            {
                RetainedKind.Model => await VersionsAsync(db, item, kept, cancellationToken),
                RetainedKind.Dataset => await DatasetAsync(db, item, kept, cancellationToken),
                _ => [], // traffic is erased by the day, not by the file
            });
    }

    private static async Task<IReadOnlyList<RetainedFile>> VersionsAsync(
        GovernanceDb db, RetainedItem item, RetentionClass kept, CancellationToken cancellationToken)
    {
        ModelId id = new(item.Id);
        string name = (await db.Models.AsNoTracking().FirstAsync(row => row.Id == id, cancellationToken)).Name;
        List<RetainedFile> files = [];
        foreach (ModelVersion version in await db.Versions.AsNoTracking().Where(row => row.Model == id)
            .OrderBy(row => row.Number).ToListAsync(cancellationToken))
        {
            ModelVersionId versionId = version.Id;
            DateTimeOffset? retired = version.Stage != Stage.Retired ? null : await db.StageMoves.AsNoTracking()
                .Where(move => move.Version == versionId && move.To == Stage.Retired).MaxAsync(move => (DateTimeOffset?)move.At, cancellationToken);
            files.Add(await FileAsync(db, $"{name}/{version.Number}", item, version.Subject, version.Artifact, retired, kept, cancellationToken));
        }

        return files;
    }

    private static async Task<IReadOnlyList<RetainedFile>> DatasetAsync(
        GovernanceDb db, RetainedItem item, RetentionClass kept, CancellationToken cancellationToken)
    {
        DatasetId id = new(item.Id);
        Dataset dataset = await db.Datasets.AsNoTracking().FirstAsync(row => row.Id == id, cancellationToken);

        // Retired since the first of the choices that say so without one in between that says otherwise.
        DateTimeOffset? retired = null;
        foreach (RetentionChoice choice in await db.RetentionChoices.AsNoTracking()
            .Where(row => row.Kind == RetainedKind.Dataset && row.Item == item.Id)
            .OrderBy(row => row.ChosenAt).ThenBy(row => row.Id).ToListAsync(cancellationToken))
        {
            retired = choice.Retired ? retired ?? choice.ChosenAt : null;
        }

        return [await FileAsync(db, dataset.Name, item, dataset.Subject, dataset.Digest, retired, kept, cancellationToken)];
    }

    private static async Task<RetainedFile> FileAsync(
        GovernanceDb db, string name, RetainedItem item, LedgerSubject scope, ArtifactDigest artifact, DateTimeOffset? retired,
        RetentionClass kept, CancellationToken cancellationToken) =>
        new(name, item, scope, artifact, retired, RetentionPolicy.DueAt(kept, retired), await db.Erasures.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Artifact == artifact && row.StoredAgainAt == null, cancellationToken));
}
