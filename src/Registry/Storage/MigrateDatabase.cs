using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Governance.Registry.Storage;

/// <summary>Brings the database up to this program's schema. Run at every start, before anything else.</summary>
/// <remarks>A role that may not change tables can start the program all the same where nothing is missing.</remarks>
public sealed class MigrateDatabase(IDbContextFactory<GovernanceDb> contexts, RegistryOptions options, ArtifactStore store)
{
    /// <summary>Makes the data folder, applies what is missing, and checks the keys.</summary>
    /// <returns>The names of the migrations that were applied; none where the schema was current.</returns>
    /// <exception cref="ArtifactKeyException">The key-encryption key cannot be used.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.DataFolder);
        store.CheckKeys();

        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        IReadOnlyList<string> applied = await ApplyMigrations.RunAsync(db, cancellationToken);
        await AddRolesAsync(db, cancellationToken);
        return applied;
    }

    /// <summary>Whether the database has this program's schema already; changes nothing.</summary>
    public async Task<bool> IsCurrentAsync(CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return !(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any();
    }

    // The roles are part of the program, not of its history: rows only because Identity wants them.
    private static async Task AddRolesAsync(GovernanceDb db, CancellationToken cancellationToken)
    {
        if ((await MissingRolesAsync(db, cancellationToken)).Length == 0)
        {
            return;
        }

        await using IDbContextTransaction alone = await ApplyMigrations.BeginAloneAsync(db, cancellationToken);
        foreach (string name in await MissingRolesAsync(db, cancellationToken))
        {
            db.Roles.Add(new IdentityRole<Guid>(name)
            {
                Id = Guid.CreateVersion7(),
                NormalizedName = name.ToUpperInvariant(),
            });
        }

        await db.SaveChangesAsync(cancellationToken);
        await alone.CommitAsync(cancellationToken);
    }

    private static async Task<string[]> MissingRolesAsync(GovernanceDb db, CancellationToken cancellationToken) =>
        [.. Enum.GetNames<Role>().Except((await db.Roles.Select(role => role.Name).ToListAsync(cancellationToken)).OfType<string>())];
}
