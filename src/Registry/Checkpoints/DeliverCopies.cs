using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Checkpoints;

/// <summary>Brings checkpoints to the places outside the database. What fails is noted and tried again; nothing is lost by it.</summary>
public sealed class DeliverCopies(CheckpointPlaces places, IDbContextFactory<GovernanceDb> contexts, TimeProvider clock)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5), LongestPause = TimeSpan.FromMinutes(15);

    /// <summary>Brings every place what it lacks; a place that failed is left alone for a while, twice as long each time.</summary>
    /// <param name="now">Whether places that failed are tried as well.</param>
    /// <param name="cancellationToken">Ends it between two copies.</param>
    /// <returns>How many copies were kept.</returns>
    public async Task<int> RunAsync(bool now, CancellationToken cancellationToken)
    {
        int kept = 0;
        foreach (ICheckpointPlace place in places.All)
        {
            kept += await DeliverAsync(place, now, cancellationToken);
        }

        return kept;
    }

    private async Task<int> DeliverAsync(ICheckpointPlace place, bool now, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        CheckpointCopy? last = await db.CheckpointCopies.AsNoTracking().Where(copy => copy.Place == place.Name)
            .OrderByDescending(copy => copy.Size).FirstOrDefaultAsync(cancellationToken);
        CopyFailure? failure = await db.CopyFailures.FirstOrDefaultAsync(row => row.Place == place.Name, cancellationToken);
        DateTimeOffset at = db.Now;
        if (!now && (at < NextTry(failure) || (last is not null && at < last.At + place.Pause)))
        {
            return 0;
        }

        long after = last?.Size ?? 0;
        IQueryable<CheckpointRecord> missing = db.Checkpoints.AsNoTracking().Where(row => row.Size > after);
        List<CheckpointRecord> outstanding = place.WantsAll
            ? await missing.OrderBy(row => row.Size).Take(1_000).ToListAsync(cancellationToken)
            : await missing.OrderByDescending(row => row.Size).Take(1).ToListAsync(cancellationToken);
        int kept = 0;
        try
        {
            foreach (CheckpointRecord row in outstanding)
            {
                string? receipt = await place.KeepAsync(row.Read(), cancellationToken);
                db.Add(new CheckpointCopy(row.Size, place.Name, Microseconds.Truncate(clock.GetUtcNow()), receipt));
                if (failure is not null)
                {
                    db.Remove(failure);
                    failure = null;
                }

                await db.SaveChangesAsync(cancellationToken);
                kept++;
            }
        }
        catch (CopyFaultException fault)
        {
            if (failure is null)
            {
                failure = new CopyFailure(place.Name, at);
                db.Add(failure);
            }

            failure.LastAt = at;
            failure.Tries++;
            failure.Sentence = fault.Message[..Math.Min(fault.Message.Length, CopyFailure.MaxSentenceLength)];
            await db.SaveChangesAsync(cancellationToken);
        }

        return kept;
    }

    private static DateTimeOffset NextTry(CopyFailure? failure) => failure is null
        ? DateTimeOffset.MinValue
        : failure.LastAt + TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(failure.Tries, 16)));
}
