using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Storage;

/// <summary>Gives contexts of the chosen provider to whoever asks for <see cref="GovernanceDb"/>.</summary>
internal sealed class GovernanceDbFactory<TDb>(IDbContextFactory<TDb> inner) : IDbContextFactory<GovernanceDb>
    where TDb : GovernanceDb
{
    public GovernanceDb CreateDbContext() => inner.CreateDbContext();

    public async Task<GovernanceDb> CreateDbContextAsync(CancellationToken cancellationToken = default) =>
        await inner.CreateDbContextAsync(cancellationToken);
}
