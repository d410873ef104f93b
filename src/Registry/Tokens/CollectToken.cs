using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tokens;

/// <summary>Gives an offered token its secret: the account's own person does, or the owner of the service account.</summary>
public sealed class CollectToken(AppendGate gate)
{
    /// <summary>Makes the secret.</summary>
    /// <param name="actor">Who collects it.</param>
    /// <param name="id">Which token.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<IssueTokenOutcome> RunAsync(Actor actor, ApiTokenId id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return gate.RunAsync<IssueTokenOutcome>(actor, async change =>
        {
            ApiToken? token = await change.Db.Tokens.FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
            GovernanceUser? account = token is null ? null : await change.Db.Users.AsNoTracking()
                .FirstOrDefaultAsync(row => row.Id == token.Account.Value, cancellationToken);
            Standing standing = await Standing.LoadAsync(change.Db, actor, null, cancellationToken);
            if (token is null || account is null
                || TokenPolicy.StandingOf(standing.Person, account) is not (TokenStanding.Collects or TokenStanding.Issues))
            {
                return Refused("unknown", "There is no such token, or it is not yours.");
            }

            if (token.StateAt(change.Now) != TokenState.Offered || account.Deactivated)
            {
                return Refused("not-offered", "This token was collected already, or is over.");
            }

            string text = TokenText.New();
            change.Change(token, "token.collected", scope: null, row => row.Collect(text));
            return new IssueTokenOutcome.Issued(token, text);
        }, cancellationToken);
    }

    private static IssueTokenOutcome.Refused Refused(string code, string sentence) => new(new Refusal(code, sentence));
}
