using Governance.Registry.Artifacts;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Accounts;

/// <summary>The authenticators' keys, when the key-encryption key that wraps them changes.</summary>
internal static class SecondFactorKeys
{
    /// <summary>Wraps every key anew that another than the active one wraps.</summary>
    /// <returns>How many.</returns>
    public static async Task<int> RewrapAsync(
        IDbContextFactory<GovernanceDb> contexts, KeyRing keys, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        string active = keys.Names[0];
        SecondFactor[] old = await db.SecondFactors.AsNoTracking().Where(row => row.WrappedWith != active).ToArrayAsync(cancellationToken);
        foreach (SecondFactor factor in old)
        {
            (byte[] wrapped, string with) = SealedKey.Rewrap(keys, factor);
            string before = factor.WrappedWith; // whoever enrolled anew meanwhile is left alone
            await db.SecondFactors.Where(row => row.User == factor.User && row.WrappedWith == before).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Sealed, wrapped).SetProperty(row => row.WrappedWith, with), cancellationToken);
        }

        return old.Length;
    }

    /// <summary>How many keys a key-encryption key wraps.</summary>
    public static async Task<int> CountAsync(
        IDbContextFactory<GovernanceDb> contexts, string name, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.SecondFactors.CountAsync(row => row.WrappedWith == name, cancellationToken);
    }
}
