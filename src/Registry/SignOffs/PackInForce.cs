using System.Text.Json;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Policies;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.SignOffs;

/// <summary>The policy pack that decisions are taken by.</summary>
internal static class PackInForce
{
    /// <summary>The base pack that counts for a model today.</summary>
    public static async Task<PolicyPack> OfAsync(GovernanceDb db, Model model, CancellationToken cancellationToken) =>
        (await PolicyInForce.LoadAsync(db, model, DateOnly.FromDateTime(db.Now.UtcDateTime), cancellationToken)).Base;

    /// <summary>
    /// What the pack of a name and number says now; null where it is gone, cannot be read any more, or its row is not what the
    /// ledger says that was registered.
    /// </summary>
    public static async Task<FactDigest?> DigestNowAsync(GovernanceDb db, string name, int number, CancellationToken cancellationToken)
    {
        try
        {
            RegisteredPack? row = await db.PolicyPacks.AsNoTracking().FirstOrDefaultAsync(each => each.Name == name && each.Number == number, cancellationToken);
            return row is null ? (await PolicyQueries.FindAsync(db, name, number, cancellationToken))?.Pack.Digest
                : await IsAsRegisteredAsync(db, row, cancellationToken) ? row.ReadPack().Digest
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<bool> IsAsRegisteredAsync(GovernanceDb db, RegisteredPack row, CancellationToken cancellationToken)
    {
        (string kind, string id) = (row.Subject.Kind, row.Subject.Id);
        LedgerEntry? entry = await db.Ledger.AsNoTracking().Where(each => each.SubjectKind == kind && each.SubjectId == id)
            .OrderByDescending(each => each.Sequence).FirstOrDefaultAsync(cancellationToken);
        return entry?.Read().After == row.Digest();
    }
}
