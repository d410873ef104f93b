using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Policies;
using Governance.Registry.Storage;
using Governance.Registry.Yaml;

namespace Governance.Registry.SignOffs;

/// <summary>The policy pack that decisions are taken by.</summary>
internal static class PackInForce
{
    /// <summary>The base pack that counts for a model today.</summary>
    public static async Task<PolicyPack> OfAsync(GovernanceDb db, Model model, CancellationToken cancellationToken) =>
        (await PolicyInForce.LoadAsync(db, model, DateOnly.FromDateTime(db.Now.UtcDateTime), cancellationToken)).Base;

    /// <summary>What the pack of a name and number says now; null where it is gone or cannot be read any more.</summary>
    public static async Task<FactDigest?> DigestNowAsync(GovernanceDb db, string name, int number, CancellationToken cancellationToken)
    {
        try
        {
            return (await PolicyQueries.FindAsync(db, name, number, cancellationToken))?.Pack.Digest;
        }
        catch (YamlFaultException)
        {
            return null;
        }
    }
}
