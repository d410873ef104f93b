using Governance.Registry.Access;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tokens;

/// <summary>A token as pages list it.</summary>
/// <param name="Token">What is kept of it.</param>
/// <param name="AccountName">The user name of its account.</param>
/// <param name="AccountKind">Whether a person's or a service's.</param>
/// <param name="IssuedByName">The display name of whoever allowed it; null for the system.</param>
/// <param name="UsedAt">When it was last used, to the minute; null for never.</param>
/// <param name="State">How it stands now.</param>
public sealed record TokenView(
    ApiToken Token, string AccountName, AccountKind AccountKind, string? IssuedByName, DateTimeOffset? UsedAt, TokenState State);

/// <summary>Reads tokens. Who may see the list is the page's matter; no list holds a secret.</summary>
public sealed class TokenQueries(IDbContextFactory<GovernanceDb> contexts, TimeProvider clock)
{
    /// <summary>Every token of every account: those that may still be used first, then the newest first.</summary>
    public Task<IReadOnlyList<TokenView>> AllAsync(CancellationToken cancellationToken) => ListAsync(null, cancellationToken);

    /// <summary>The tokens of a person and of the service accounts that they own, in the same order.</summary>
    public Task<IReadOnlyList<TokenView>> OfAsync(UserId person, CancellationToken cancellationToken) => ListAsync(person, cancellationToken);

    /// <summary>The accounts that may be given tokens, by user name: the active ones.</summary>
    public async Task<IReadOnlyList<(UserId Id, string Name, AccountKind Kind)>> AccountsAsync(CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        List<GovernanceUser> accounts = await db.Users.AsNoTracking().Where(row => !row.Deactivated).ToListAsync(cancellationToken);
        return [.. accounts.Select(row => (row.Person, row.UserName ?? "", row.Kind)).OrderBy(row => row.Item2, StringComparer.OrdinalIgnoreCase)];
    }

    private async Task<IReadOnlyList<TokenView>> ListAsync(UserId? person, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<GovernanceUser> accounts = db.Users.AsNoTracking();
        if (person is UserId id)
        {
            accounts = accounts.Where(account => account.Id == id.Value || account.Owner == id);
        }

        Dictionary<UserId, GovernanceUser> own = await accounts.ToDictionaryAsync(account => account.Person, cancellationToken);
        UserId[] ids = [.. own.Keys];
        List<ApiToken> tokens = await (person is null ? db.Tokens : db.Tokens.Where(token => ids.Contains(token.Account)))
            .AsNoTracking().ToListAsync(cancellationToken);
        Dictionary<ApiTokenId, DateTimeOffset> uses = await db.TokenUses.AsNoTracking()
            .ToDictionaryAsync(use => use.Token, use => use.UsedAt, cancellationToken);
        IReadOnlyDictionary<UserId, string> names = await PeopleQueries.NamesAsync(db, cancellationToken);
        DateTimeOffset now = clock.GetUtcNow();
        return
        [
            .. tokens.Where(token => own.ContainsKey(token.Account))
                .Select(token => new TokenView(
                    token, own[token.Account].UserName ?? "", own[token.Account].Kind,
                    token.IssuedBy is UserId by ? names.GetValueOrDefault(by) : null,
                    uses.TryGetValue(token.Id, out DateTimeOffset used) ? used : null, token.StateAt(now)))
                .OrderBy(view => view.State is not (TokenState.Valid or TokenState.Offered)).ThenByDescending(view => view.Token.IssuedAt),
        ];
    }
}
