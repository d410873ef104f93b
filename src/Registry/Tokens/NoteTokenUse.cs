using System.Collections.Concurrent;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tokens;

/// <summary>Keeps when tokens were last used, at most once a minute for each: a singleton that remembers what it wrote.</summary>
public sealed class NoteTokenUse(IDbContextFactory<GovernanceDb> contexts, TimeProvider clock)
{
    private readonly ConcurrentDictionary<ApiTokenId, DateTimeOffset> written = new();

    /// <summary>Notes that a token is used now.</summary>
    public async Task RunAsync(ApiTokenId token, CancellationToken cancellationToken)
    {
        DateTimeOffset now = Microseconds.Truncate(clock.GetUtcNow());
        if (written.TryGetValue(token, out DateTimeOffset last) && now - last < TokenUse.Every)
        {
            return;
        }

        written[token] = now;
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        int changed = await db.TokenUses.Where(use => use.Token == token)
            .ExecuteUpdateAsync(set => set.SetProperty(use => use.UsedAt, now), cancellationToken);
        if (changed == 0)
        {
            db.TokenUses.Add(new TokenUse(token, now));
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException)
            {
                // Another request of the same token was first, and wrote the same minute.
            }
        }
    }
}
