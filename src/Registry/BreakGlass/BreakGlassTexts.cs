using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.BreakGlass;

/// <summary>What the steps of break-glass share: the text that each needs, and where the ledger shows them.</summary>
internal static class BreakGlassTexts
{
    public static Refusal Missing { get; } = new("no-reason", $"Say why, in 1 to {PersonalText.MaxLength} characters: it is kept, and read.");

    public static PersonalText? Write(string? text) =>
        string.IsNullOrWhiteSpace(text) || text.Trim().Length > PersonalText.MaxLength ? null : PersonalText.Write(text.Trim());

    /// <summary>The model, so that its owner and auditors find it in its history; null where there is none of this name.</summary>
    public static async Task<LedgerSubject?> ScopeAsync(GovernanceDb db, string model, CancellationToken cancellationToken) =>
        (await db.Models.AsNoTracking().FirstOrDefaultAsync(row => row.Name == model, cancellationToken))?.Subject;
}
