using System.Net;
using System.Security.Cryptography;
using System.Text;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tokens;

/// <summary>Finds whose token a request bears.</summary>
public sealed class FindToken(IDbContextFactory<GovernanceDb> contexts, TimeProvider clock)
{
    /// <summary>Judges a token.</summary>
    /// <param name="text">What the request bears.</param>
    /// <param name="from">The address of the connection; null where it is not known.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <remarks>The checksum refuses what is not one of ours before the database is asked.</remarks>
    public async Task<FindTokenOutcome> RunAsync(string text, IPAddress? from, CancellationToken cancellationToken)
    {
        if (!TokenText.Fits(text))
        {
            return new FindTokenOutcome.Refused("malformed", "This is not a token of this portal: it is not whole, or mistyped.");
        }

        FactDigest secret = TokenText.DigestOf(text);
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        ApiToken? token = await db.Tokens.AsNoTracking().FirstOrDefaultAsync(row => row.Secret == secret, cancellationToken);
        if (token is null || !Same(token.Secret!.Value, secret))
        {
            return new FindTokenOutcome.Refused("unknown", "This token is not known here.");
        }

        DateTimeOffset now = clock.GetUtcNow();
        GovernanceUser? account = await db.Users.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == token.Account.Value, cancellationToken);
        Person? person = await Standing.FindPersonAsync(db, token.Account, cancellationToken);
        return account is null || person is null || account.Deactivated
            ? new FindTokenOutcome.Refused("deactivated", "The account of this token is deactivated.")
            : token.StateAt(now) switch
            {
                TokenState.Revoked => new FindTokenOutcome.Refused("revoked", "This token was revoked."),
                TokenState.Expired => new FindTokenOutcome.Refused("expired", "This token has expired. Make a new one."),
                _ when !token.Allows(from) => new FindTokenOutcome.Refused("wrong-network", "This token may not be used from this network."),
                _ => new FindTokenOutcome.Found(token, account.UserName ?? "", person),
            };
    }

    // The index compared already; this one takes the same time wherever they differ.
    private static bool Same(FactDigest one, FactDigest other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one.Hex), Encoding.ASCII.GetBytes(other.Hex));
}

/// <summary>What is known of a token.</summary>
public abstract record FindTokenOutcome
{
    private FindTokenOutcome()
    {
    }

    /// <summary>It may be used.</summary>
    /// <param name="Token">Its limits.</param>
    /// <param name="UserName">The account's name.</param>
    /// <param name="Person">The account, with the roles that it has now.</param>
    public sealed record Found(ApiToken Token, string UserName, Person Person) : FindTokenOutcome;

    /// <summary>It may not be used.</summary>
    /// <param name="Code">For logs: malformed, unknown, deactivated, revoked, expired or wrong-network.</param>
    /// <param name="Sentence">For the program's people.</param>
    public sealed record Refused(string Code, string Sentence) : FindTokenOutcome;
}
