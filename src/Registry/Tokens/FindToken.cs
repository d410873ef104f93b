using System.Net;
using System.Security.Cryptography;
using System.Text;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Readings;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tokens;

/// <summary>Finds whose token a request bears.</summary>
/// <remarks>
/// Requests of programs come by the thousand and each bears a token, so what was read of one is remembered until the ledger
/// moves: a token or account that ends here is refused with the next request, one that ends through another process after
/// <see cref="LedgerWatch.MaxAge"/> at the latest. Expiry and network are judged with each request.
/// </remarks>
public sealed class FindToken
{
    private const int Most = 10_000;

    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    private readonly IDbContextFactory<GovernanceDb> contexts;
    private readonly LedgerWatch ledger;
    private readonly TimeProvider clock;
    private readonly SharedReadings<FactDigest, KnownToken> known;

    /// <summary>Begins with nothing remembered.</summary>
    /// <param name="contexts">Where tokens and accounts are.</param>
    /// <param name="ledger">Says when what is remembered no longer counts.</param>
    /// <param name="clock">Says what has expired.</param>
    public FindToken(IDbContextFactory<GovernanceDb> contexts, LedgerWatch ledger, TimeProvider clock)
    {
        this.contexts = contexts;
        this.ledger = ledger;
        this.clock = clock;
        known = new SharedReadings<FactDigest, KnownToken>(MaxAge, Most, clock, ReadAsync);
    }

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
        (ApiToken? token, string? userName, Person? person) = await known.OfAsync(secret, await ledger.MarkAsync(cancellationToken), cancellationToken);
        return token is null || !Same(token.Secret!.Value, secret) ? new FindTokenOutcome.Refused("unknown", "This token is not known here.")
            : userName is null || person is null ? new FindTokenOutcome.Refused("deactivated", "The account of this token is deactivated.")
            : token.StateAt(clock.GetUtcNow()) switch
            {
                TokenState.Revoked => new FindTokenOutcome.Refused("revoked", "This token was revoked."),
                TokenState.Expired => new FindTokenOutcome.Refused("expired", "This token has expired. Make a new one."),
                _ when !token.Allows(from) => new FindTokenOutcome.Refused("wrong-network", "This token may not be used from this network."),
                _ => new FindTokenOutcome.Found(token, userName, person),
            };
    }

    // The index compared already; this one takes the same time wherever they differ.
    private static bool Same(FactDigest one, FactDigest other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one.Hex), Encoding.ASCII.GetBytes(other.Hex));

    private async Task<KnownToken> ReadAsync(FactDigest secret)
    {
        CancellationToken none = CancellationToken.None;
        await using GovernanceDb db = await contexts.CreateDbContextAsync(none);
        ApiToken? token = await db.Tokens.AsNoTracking().FirstOrDefaultAsync(row => row.Secret == secret, none);
        GovernanceUser? account = token is null ? null
            : await db.Users.AsNoTracking().FirstOrDefaultAsync(row => row.Id == token.Account.Value && !row.Deactivated, none);
        return new KnownToken(
            token, account is null ? null : account.UserName ?? "",
            account is null ? null : await Standing.FindPersonAsync(db, token!.Account, none));
    }

    // The name is null where the account is gone or deactivated.
    private sealed record KnownToken(ApiToken? Token, string? UserName, Person? Person);
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
