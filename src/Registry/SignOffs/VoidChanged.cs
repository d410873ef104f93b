using System.Collections.Concurrent;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Policies;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.SignOffs;

/// <summary>Voids an approved version when something that its approvals cover is not what it was. Asked before every answer.</summary>
/// <remarks>
/// The usual look compares length and time of change of the files that were read whole last time: some microseconds; rows
/// (policy, statements, cases, register) are compared again after <see cref="RowsAge"/>. Anything else, the first look,
/// <see cref="SweepAsync"/> at the start and every hour, and a deployment read every byte again, so that a change that keeps
/// length and time is found as well.
/// </remarks>
public sealed class VoidChanged(
    AppendGate gate, IDbContextFactory<GovernanceDb> contexts, ArtifactStore store, VerifyDossier verify, ReturnToReview back, TimeProvider clock)
{
    /// <summary>How long a look at the rows counts.</summary>
    public static readonly TimeSpan RowsAge = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<ModelVersionId, Watched> watched = new();

    /// <summary>Why an approved version may not answer, or null where nothing that its approvals cover has changed.</summary>
    /// <param name="version">The version as the caller knows it; one that is not approved is not looked at.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<Refusal?> CheckAsync(ModelVersion version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(version);
        if (!version.Stage.IsApproved())
        {
            return null;
        }

        DossierDifference? difference = null;
        if (!watched.TryGetValue(version.Id, out Watched? known) || known.Round != version.Round || !known.IsSame())
        {
            difference = await VerifyAsync(version.Id, cancellationToken);
        }
        else if (clock.GetUtcNow() is DateTimeOffset now && (now - known.RowsAt >= RowsAge || now < known.RowsAt))
        {
            known.RowsAt = now; // one of many callers looks
            difference = await RowsAsync(version.Id, cancellationToken);
        }

        return difference is null ? null : RefusalOf(difference);
    }

    /// <summary>Reads everything that the approvals cover, and voids the version at the first difference.</summary>
    /// <returns>The difference; null where there is none, or the version is not approved.</returns>
    public async Task<DossierDifference?> VerifyAsync(ModelVersionId version, CancellationToken cancellationToken)
    {
        // Stamps first: what changes while the files are read is seen at the next look.
        Watched? stamps = await StampsAsync(version, cancellationToken);
        DossierDifference? difference = await verify.RunAsync(version, cancellationToken);
        if (difference is null)
        {
            if (stamps is not null)
            {
                watched[version] = stamps;
            }

            return null;
        }

        await EndAsync(version, difference, cancellationToken);
        return difference;
    }

    /// <summary>Looks at every approved version.</summary>
    /// <param name="everything">Whether every byte is read again; else only what looks changed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many versions are not approved any more because of it.</returns>
    public async Task<int> SweepAsync(bool everything, CancellationToken cancellationToken)
    {
        List<ModelVersion> approved;
        await using (GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            approved = await db.Versions.AsNoTracking()
                .Where(row => row.Stage == Stage.Approved || row.Stage == Stage.ApprovedWithConditions).ToListAsync(cancellationToken);
        }

        int found = 0;
        foreach (ModelVersion version in approved)
        {
            bool changed = everything
                ? await VerifyAsync(version.Id, cancellationToken) is not null
                : await CheckAsync(version, cancellationToken) is not null;
            found += changed ? 1 : 0;
        }

        return found;
    }

    /// <summary>Why a version that is not approved any more answers nobody, in the words of its last move; null where a person moved it.</summary>
    public async Task<string?> CauseAsync(ModelVersionId version, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        StageMove? last = await db.StageMoves.AsNoTracking().Where(row => row.Version == version)
            .OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancellationToken);
        return last is { By: null } ? last.Cause : null;
    }

    private async Task<DossierDifference?> RowsAsync(ModelVersionId version, CancellationToken cancellationToken)
    {
        DossierDifference? difference;
        await using (GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            ModelVersion row = await db.Versions.AsNoTracking().FirstAsync(each => each.Id == version, cancellationToken);
            difference = row.Stage.IsApproved() ? await verify.RowsAsync(db, row, cancellationToken) : null;
        }

        if (difference is not null)
        {
            await EndAsync(version, difference, cancellationToken);
        }

        return difference;
    }

    private async Task EndAsync(ModelVersionId version, DossierDifference difference, CancellationToken cancellationToken)
    {
        watched.TryRemove(version, out _);
        if (difference.Leads is Stage target)
        {
            await MoveAsync(version, target, difference, cancellationToken);
        }
        else if (difference.Lawful)
        {
            await back.RunAsync(version, TriggerEvent.EvidenceExpired, difference.Sentence, cancellationToken);
        }
        else
        {
            await MoveAsync(version, Stage.Voided, difference, cancellationToken);
        }
    }

    private static Refusal RefusalOf(DossierDifference difference) =>
        new("voided", $"The approval of this version is no longer in force, so it does not answer. {difference.Sentence}");

    private Task MoveAsync(ModelVersionId version, Stage target, DossierDifference difference, CancellationToken cancellationToken) =>
        gate.RunAsync(Actor.System, async change =>
        {
            ModelVersion row = await change.Db.Versions.FirstAsync(each => each.Id == version, cancellationToken);
            if (row.Stage.IsApproved())
            {
                await StageMoves.ApplyAsync(change, row, target, bySystem: true, difference.Sentence, null, cancellationToken);
            }

            return row.Stage;
        }, cancellationToken);

    private async Task<Watched?> StampsAsync(ModelVersionId version, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        ModelVersion? row = await db.Versions.AsNoTracking().FirstOrDefaultAsync(each => each.Id == version, cancellationToken);
        try
        {
            return row is null ? null : new Watched(
                row.Round, [.. (await verify.FilesOfAsync(db, row, cancellationToken)).Select(file => FileStamp.Of(store.PathOf(file.Digest)))], clock.GetUtcNow());
        }
        catch (Exception fault) when (fault is ArtifactDamagedException or FormatException)
        {
            return null; // the verification says which
        }
    }

    private sealed class Watched(int round, IReadOnlyList<FileStamp> files, DateTimeOffset rowsAt)
    {
        public int Round => round;

        public DateTimeOffset RowsAt { get; set; } = rowsAt;

        public bool IsSame()
        {
            foreach (FileStamp file in files)
            {
                if (file != FileStamp.Of(file.Path))
                {
                    return false;
                }
            }

            return true;
        }
    }

    private readonly record struct FileStamp(string Path, long Length, long Ticks)
    {
        public static FileStamp Of(string path)
        {
            FileInfo file = new(path);
            return file.Exists ? new FileStamp(path, file.Length, file.LastWriteTimeUtc.Ticks) : new FileStamp(path, -1, 0);
        }
    }
}
