using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Retention;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Privacy;

/// <summary>A data set with what is left of it without a person's rows.</summary>
/// <param name="Dataset">The data set.</param>
/// <param name="Content">The other rows in its own format; null where there are none.</param>
/// <param name="Removed">How many rows are left out.</param>
public sealed record DatasetWithout(Dataset Dataset, byte[]? Content, int Removed);

/// <summary>What became of one data set.</summary>
/// <param name="Dataset">Its name.</param>
/// <param name="Removed">The rows left out; 0 where it was kept.</param>
/// <param name="Replacement">The name of the data set with the other rows; null where there is none.</param>
/// <param name="Kept">Why it was kept as it is; null where it was not.</param>
public sealed record ReplacedDataset(string Dataset, int Removed, string? Replacement, string? Kept);

/// <summary>Replaces data sets by ones without a person's rows, and destroys the old files. Facts and evidence keep digests.</summary>
/// <remarks>
/// One transaction for all facts; then the files go, as in <see cref="EraseDue"/>. A data set under a legal hold is kept
/// and the request stays open. Copies in backups made before are out of reach, as they are of all erasing.
/// </remarks>
public sealed class ReplaceDatasets(AppendGate gate, ArtifactStore store, EraseDue erase)
{
    /// <summary>Carries out a request to erase.</summary>
    /// <param name="actor">An operator, not the one who asked.</param>
    /// <param name="id">The request.</param>
    /// <param name="key">The keyed digest of what names the person, as the operator gave it again.</param>
    /// <param name="datasets">All that hold rows of the person.</param>
    /// <param name="cancellationToken">Ends it before the commit.</param>
    public async Task<ReplaceOutcome> RunAsync(
        Actor actor, SubjectRequestId id, FactDigest key, IReadOnlyList<DatasetWithout> datasets, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(datasets);
        UserId person = actor.User ?? throw new ArgumentException("A person erases.", nameof(actor));
        List<StoredArtifact?> stored = [];
        foreach (DatasetWithout dataset in datasets)
        {
            stored.Add(dataset.Content is null ? null : await store.WriteAsync(dataset.Content, ArtifactKind.Dataset, cancellationToken));
        }

        ReplaceOutcome outcome = await gate.RunAsync<ReplaceOutcome>(actor, async change =>
        {
            (SubjectRequest? request, Refusal? refusal) = await SubjectRequests.JudgeAsync(
                change.Db, person, id, SubjectRequestKind.Erase, key, cancellationToken);
            if (request is null || refusal is not null)
            {
                return refusal is null ? new ReplaceOutcome.NotFound() : new ReplaceOutcome.Refused(refusal);
            }

            HashSet<ArtifactDigest> erased = [];
            List<ReplacedDataset> lines = [];
            foreach ((DatasetWithout dataset, StoredArtifact? content) in datasets.Zip(stored))
            {
                lines.Add(await ReplaceAsync(change, request, dataset, content, erased, cancellationToken));
            }

            if (lines.All(line => line.Kept is null))
            {
                change.Db.Attach(request);
                change.Change(request, "subject.erased", request.Subject, row => row.CarryOut(person, change.Now));
            }

            return new ReplaceOutcome.Done(lines);
        }, cancellationToken);
        if (outcome is ReplaceOutcome.Done)
        {
            await erase.FinishAsync(cancellationToken);
        }

        return outcome;
    }

    private static async Task<ReplacedDataset> ReplaceAsync(
        RegistryChange change, SubjectRequest request, DatasetWithout without, StoredArtifact? content, HashSet<ArtifactDigest> erased,
        CancellationToken cancellationToken)
    {
        Dataset old = without.Dataset;
        ArtifactDigest digest = old.Digest;

        // A hold on any data set with these very bytes keeps them all: they are one file.
        Guid[] same = [.. (await change.Db.Datasets.AsNoTracking().Where(row => row.Digest == digest).ToListAsync(cancellationToken)).Select(row => row.Id.Value)];
        if (await change.Db.Holds.AnyAsync(
            hold => hold.Kind == RetainedKind.Dataset && same.Contains(hold.Item) && hold.ReleasedAt == null, cancellationToken))
        {
            return new ReplacedDataset(old.Name, 0, null, "It is under a legal hold; release the hold and carry the request out again.");
        }

        Dataset? replacement = null;
        if (content is not null)
        {
            replacement = new Dataset(
                DatasetId.New(), await FreeNameAsync(change.Db, old.Name, cancellationToken), old.Title, content.Digest, old.Rows - without.Removed,
                await MarkedColumns.OfAsync(change.Db, old, cancellationToken), old.Positive, old.Favourable, old.RegisteredBy, change.Now);
            await ArtifactRows.AddAsync(change, content, replacement.Subject, cancellationToken);
            change.Add(replacement, "dataset.registered", replacement.Subject);
        }

        DatasetId id = old.Id;
        change.Db.WhatIfSessions.RemoveRange(await change.Db.WhatIfSessions.Where(session => session.Dataset == id).ToListAsync(cancellationToken));
        change.Add(new SubjectErasure(request.Id, old.Id, replacement?.Id, without.Removed, change.Now), "subject.rows-removed", old.Subject);
        if (erased.Add(digest))
        {
            change.Add(
                new Erasure(
                    ErasureId.New(), digest, RetainedKind.Dataset, old.Id.Value,
                    $"{old.Name}: {without.Removed} rows of one person were erased at their request.", change.Actor.User, change.Now),
                "artifact.erased", old.Subject);
        }

        return new ReplacedDataset(old.Name, without.Removed, replacement?.Name, null);
    }

    private static async Task<string> FreeNameAsync(GovernanceDb db, string name, CancellationToken cancellationToken)
    {
        for (int number = 2; ; number++)
        {
            string end = $"-{number}";
            string candidate = name[..Math.Min(name.Length, NameRule.MaxLength - end.Length)] + end;
            if (!await db.Datasets.AnyAsync(row => row.Name == candidate, cancellationToken)
                && !db.Datasets.Local.Any(row => row.Name == candidate))
            {
                return candidate;
            }
        }
    }
}

/// <summary>What came of erasing.</summary>
public abstract record ReplaceOutcome
{
    private ReplaceOutcome()
    {
    }

    /// <summary>It is done, but for what was kept.</summary>
    public sealed record Done(IReadOnlyList<ReplacedDataset> Datasets) : ReplaceOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : ReplaceOutcome;

    /// <summary>There is no such request about this person.</summary>
    public sealed record NotFound : ReplaceOutcome;
}
