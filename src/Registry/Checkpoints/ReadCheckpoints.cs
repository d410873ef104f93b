using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Checkpoints;

/// <summary>How a place outside the database stands.</summary>
/// <param name="Name">Where.</param>
/// <param name="Size">The last checkpoint that it has; 0 for none.</param>
/// <param name="At">When it got it; null for never.</param>
/// <param name="Failure">What keeps it from the next one; null for nothing.</param>
public sealed record PlaceStanding(string Name, long Size, DateTimeOffset? At, CopyFailure? Failure);

/// <summary>A checkpoint with the places that have it or a later one.</summary>
/// <param name="Checkpoint">The checkpoint.</param>
/// <param name="Places">Names of places that were brought exactly this one.</param>
public sealed record CheckpointStanding(SignedCheckpoint Checkpoint, IReadOnlyList<string> Places);

/// <summary>Checkpoints and their copies, as pages show them.</summary>
public sealed class ReadCheckpoints(CheckpointPlaces places, IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>How each place stands that copies are brought to.</summary>
    public async Task<IReadOnlyList<PlaceStanding>> PlacesAsync(CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        List<PlaceStanding> standings = [];
        foreach (ICheckpointPlace place in places.All)
        {
            CheckpointCopy? last = await db.CheckpointCopies.AsNoTracking().Where(copy => copy.Place == place.Name)
                .OrderByDescending(copy => copy.Size).FirstOrDefaultAsync(cancellationToken);
            standings.Add(new PlaceStanding(
                place.Name, last?.Size ?? 0, last?.At,
                await db.CopyFailures.AsNoTracking().FirstOrDefaultAsync(row => row.Place == place.Name, cancellationToken)));
        }

        return standings;
    }

    /// <summary>The last checkpoints, the newest first.</summary>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<CheckpointStanding>> LatestAsync(int take, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        List<CheckpointRecord> rows = await db.Checkpoints.AsNoTracking().OrderByDescending(row => row.Size).Take(take).ToListAsync(cancellationToken);
        long[] sizes = [.. rows.Select(row => row.Size)];
        ILookup<long, string> copies = (await db.CheckpointCopies.AsNoTracking().Where(copy => sizes.Contains(copy.Size)).ToListAsync(cancellationToken))
            .ToLookup(copy => copy.Size, copy => copy.Place);
        return [.. rows.Select(row => new CheckpointStanding(row.Read(), [.. copies[row.Size]]))];
    }
}
