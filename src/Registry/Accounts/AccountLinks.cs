using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Accounts;

/// <summary>A link as it is handed over: its code is nowhere else in the clear.</summary>
/// <param name="User">Whose password it sets.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Code">43 signs of base64url: 256 random bits.</param>
/// <param name="ExpiresAt">From when on it is void.</param>
public sealed record IssuedLink(UserId User, AccountLinkKind Kind, string Code, DateTimeOffset ExpiresAt);

/// <summary>Makes links and recognises their codes.</summary>
internal static class AccountLinks
{
    private const int CodeBytes = 32;

    /// <summary>How long a link is good.</summary>
    public static TimeSpan LifeOf(AccountLinkKind kind) => TimeSpan.FromHours(kind == AccountLinkKind.Invitation ? 72 : 24);

    /// <summary>Issues a link for an account inside a change, and withdraws those before it.</summary>
    public static async Task<IssuedLink> IssueAsync(
        RegistryChange change, GovernanceUser account, CancellationToken cancellationToken)
    {
        AccountLinkKind kind = account.PasswordHash is null ? AccountLinkKind.Invitation : AccountLinkKind.Reset;
        await WithdrawAsync(change, account.Person, cancellationToken);
        string code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(CodeBytes));
        AccountLink link = new(
            Guid.CreateVersion7(), account.Person, kind, HashOf(code), change.Actor.User, change.Now, change.Now + LifeOf(kind));
        change.Db.AccountLinks.Add(link);
        return new IssuedLink(account.Person, kind, code, link.ExpiresAt);
    }

    /// <summary>Makes every open link of an account void.</summary>
    public static Task<int> WithdrawAsync(RegistryChange change, UserId user, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = change.Now;
        return change.Db.AccountLinks.Where(row => row.User == user && row.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, now), cancellationToken);
    }

    /// <summary>The hash by which a code is found. 256 random bits permit a plain one (ASVS 6.5.2).</summary>
    public static string HashOf(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code.Trim())));
}
