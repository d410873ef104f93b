using Governance.Registry.Access;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Privacy;

/// <summary>Writes down that someone looks at rows. Called before the rows are shown: where it throws, nothing is shown.</summary>
public sealed class RecordRowReads(IDbContextFactory<GovernanceDb> contexts, PrivacyKey key, TimeProvider clock)
{
    // Of so many rows at once each is written down by itself, so that one person's looks are found; of more, their list is.
    private const int MostSingle = 25;

    /// <summary>Writes it down, durably.</summary>
    /// <param name="person">Who looks.</param>
    /// <param name="look">At what.</param>
    /// <param name="cancellationToken">Ends it; then the rows may not be shown either.</param>
    /// <exception cref="DbUpdateException">It could not be written.</exception>
    public async Task RunAsync(UserId person, RowLook look, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(look);
        if (look.Rows.Count == 0)
        {
            return;
        }

        DateTimeOffset now = Microseconds.Truncate(clock.GetUtcNow());
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        if (look.Rows.Count <= MostSingle)
        {
            foreach (int row in look.Rows)
            {
                db.RowReads.Add(Read(person, look, now, 1, await key.OfRowAsync(look.Content, row, cancellationToken)));
            }
        }
        else
        {
            string list = await key.OfAsync(RowLook.ListOf(look.Content, look.Rows), cancellationToken);
            db.RowReads.Add(Read(person, look, now, look.Rows.Count, list));
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Removes entries whose time is over.</summary>
    /// <returns>How many.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset oldest = clock.GetUtcNow().AddDays(-RowRead.KeptDays);
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.RowReads.Where(read => read.At < oldest).ExecuteDeleteAsync(cancellationToken);
    }

    private static RowRead Read(UserId person, RowLook look, DateTimeOffset now, int rows, string digest) => new()
    {
        Id = Guid.CreateVersion7(now),
        At = now,
        Person = person,
        Version = look.Version,
        Dataset = look.Dataset,
        Rows = rows,
        Row = digest,
        Purpose = look.Purpose,
        Kind = look.Kind,
        Unmasked = look.Unmasked,
    };
}
