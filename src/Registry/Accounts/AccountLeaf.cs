using Governance.Registry.Access;
using Governance.Registry.Ledger;

namespace Governance.Registry.Accounts;

/// <summary>Entries about an account whose powers stay as they are: a password set, a second factor enrolled.</summary>
internal static class AccountLeaf
{
    /// <summary>Tells the ledger; the fact of the account is the same before and after.</summary>
    public static async Task WriteAsync(
        RegistryChange change, GovernanceUser account, string action, CancellationToken cancellationToken)
    {
        FactDigest powers = AccountFact.DigestOf(
            account.Person, account.Deactivated, await Standing.RolesOfAsync(change.Db, account.Person, cancellationToken), account.Owner);
        change.Write(new LedgerSubject(LedgerSubject.User, account.Person.ToString()), action, scope: null, powers, powers);
    }

    /// <summary>A new security stamp: whatever was signed in with the old one is over.</summary>
    public static string NewStamp() => Guid.CreateVersion7().ToString("n");
}
