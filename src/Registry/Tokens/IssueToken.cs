using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tokens;

/// <summary>Makes a token, or offers one to the person who may make it. See <see cref="TokenPolicy"/>.</summary>
public sealed class IssueToken(AppendGate gate)
{
    /// <summary>Makes or offers a token.</summary>
    /// <param name="actor">Who asks; the system may for every account.</param>
    /// <param name="wish">What the token says.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<IssueTokenOutcome> RunAsync(Actor actor, NewToken wish, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(wish);
        return gate.RunAsync<IssueTokenOutcome>(actor, async change =>
        {
            Standing standing = await Standing.LoadAsync(change.Db, actor, null, cancellationToken);
            GovernanceUser? account = await change.Db.Users.AsNoTracking()
                .FirstOrDefaultAsync(row => row.Id == wish.Account.Value, cancellationToken);
            TokenStanding stands = account is null ? TokenStanding.None : TokenPolicy.StandingOf(standing.Person, account);
            if (account is null || stands == TokenStanding.None)
            {
                return Refused("unknown", "There is no such account, or its tokens are not yours.");
            }

            DateTimeOffset now = change.Now;
            UserId id = account.Person;
            int present = await change.Db.Tokens.CountAsync(
                token => token.Account == id && token.RevokedAt == null && token.ExpiresAt > now, cancellationToken);
            string[] models = [.. wish.Models.Select(model => model.Trim()).Distinct().Order(StringComparer.Ordinal)];
            Refusal? refusal = TokenPolicy.RefusalFor(stands, account, wish, present)
                ?? await UnseenModelAsync(change.Db, id, models, cancellationToken);
            if (refusal is not null)
            {
                return new IssueTokenOutcome.Refused(refusal);
            }

            ApiToken token = new(
                ApiTokenId.New(), id, wish.Name.Trim(), [.. wish.Scopes.Distinct().Order()], models,
                [.. wish.Networks.Select(network => TokenPolicy.NetworkOf(network)!).Distinct().Order(StringComparer.Ordinal)],
                actor.User, now, now.AddDays(wish.Days));
            if (stands == TokenStanding.Offers)
            {
                change.Add(token, "token.offered", scope: null);
                return new IssueTokenOutcome.Offered(token);
            }

            string text = TokenText.New();
            token.Collect(text);
            change.Add(token, "token.issued", scope: null);
            return new IssueTokenOutcome.Issued(token, text);
        }, cancellationToken);
    }

    // Asked as the account itself, so that a wish tells nobody of models that do not exist for it.
    private static async Task<Refusal?> UnseenModelAsync(
        GovernanceDb db, UserId account, string[] names, CancellationToken cancellationToken)
    {
        foreach (string name in names)
        {
            Model? model = await db.Models.AsNoTracking().FirstOrDefaultAsync(row => row.Name == name, cancellationToken);
            if (model is null
                || (await Standing.LoadAsync(db, Actor.Person(account), model, cancellationToken)).Visibility == ModelVisibility.None)
            {
                return new Refusal("unknown-model", $"There is no model '{name}' for this account. Grant it first.");
            }
        }

        return null;
    }

    private static IssueTokenOutcome.Refused Refused(string code, string sentence) => new(new Refusal(code, sentence));
}

/// <summary>What came of a wish for a token.</summary>
public abstract record IssueTokenOutcome
{
    private IssueTokenOutcome()
    {
    }

    /// <summary>It may be used.</summary>
    /// <param name="Token">What is kept.</param>
    /// <param name="Text">The secret: shown now and never again.</param>
    public sealed record Issued(ApiToken Token, string Text) : IssueTokenOutcome;

    /// <summary>Its person may collect it.</summary>
    public sealed record Offered(ApiToken Token) : IssueTokenOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : IssueTokenOutcome;
}
