using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Governance.Registry.Accounts;

namespace Governance.Portal.Features.Accounts;

/// <summary>The token that makes the first administrator in the browser: drawn at each start, told only to the console (ASVS 6.3.2).</summary>
internal sealed class FirstRun(AccountQueries accounts)
{
    /// <summary>The page that wants it.</summary>
    public const string Path = "/accounts/first-run";

    private readonly string token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>The token as long as nobody has an account; then null, for good.</summary>
    public async Task<string?> TokenAsync(CancellationToken cancellationToken) =>
        await accounts.AnyAsync(cancellationToken) ? null : token;

    /// <summary>Whether what was typed is the token.</summary>
    public bool Fits(string typed) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(typed.Trim())), SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
