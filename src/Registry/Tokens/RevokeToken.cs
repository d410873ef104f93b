using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tokens;

/// <summary>Ends a token: its person may, the owner of its service account, every administrator, and the system.</summary>
public sealed class RevokeToken(AppendGate gate)
{
    /// <summary>Ends the token; the next request that bears it is refused.</summary>
    /// <param name="actor">Who ends it.</param>
    /// <param name="id">Which token.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<RevokeTokenOutcome> RunAsync(Actor actor, ApiTokenId id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return gate.RunAsync<RevokeTokenOutcome>(actor, async change =>
        {
            ApiToken? token = await change.Db.Tokens.FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
            GovernanceUser? account = token is null ? null : await change.Db.Users.AsNoTracking()
                .FirstOrDefaultAsync(row => row.Id == token.Account.Value, cancellationToken);
            Standing standing = await Standing.LoadAsync(change.Db, actor, null, cancellationToken);
            if (token is null || account is null || TokenPolicy.StandingOf(standing.Person, account) == TokenStanding.None)
            {
                return new RevokeTokenOutcome.Refused(new Refusal("unknown", "There is no such token, or it is not yours."));
            }

            if (token.RevokedAt is null)
            {
                change.Change(token, "token.revoked", scope: null, row => row.Revoke(change.Now));
            }

            return new RevokeTokenOutcome.Revoked(token);
        }, cancellationToken);
    }

    /// <summary>Ends all tokens of an account within another change: a deactivated account comes back without them.</summary>
    internal static async Task AllOfAsync(RegistryChange change, UserId account, CancellationToken cancellationToken)
    {
        foreach (ApiToken token in await change.Db.Tokens
            .Where(row => row.Account == account && row.RevokedAt == null).ToListAsync(cancellationToken))
        {
            change.Change(token, "token.revoked", scope: null, row => row.Revoke(change.Now));
        }
    }
}

/// <summary>What came of revoking.</summary>
public abstract record RevokeTokenOutcome
{
    private RevokeTokenOutcome()
    {
    }

    /// <summary>It is over (or was).</summary>
    public sealed record Revoked(ApiToken Token) : RevokeTokenOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : RevokeTokenOutcome;
}
