using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Storage;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Tokens;

namespace Governance.Portal.Features.Tokens;

/// <summary><c>governance token add|list|revoke</c>: tokens of accounts, made by whoever can reach the data.</summary>
internal static class TokenCommand
{
    private static readonly Argument<string> Account = new("account") { Description = "The user name of a person or a service account, whose rights the token carries." };

    private static readonly Option<string[]> Scopes = new("--scope")
    {
        Description = $"One or more of {EnumList.Choices<TokenScope>()}, separated by commas.", HelpName = "S[,S]", Required = true,
    };

    private static readonly Option<string?> Name = new("--name") { Description = "What it is for; the account's name by default.", HelpName = "TEXT" };

    private static readonly Option<string[]> Models = new("--model") { Description = "Limit it to these models; by default all that the account has.", HelpName = "M[,M]" };

    private static readonly Option<string[]> Networks = new("--network") { Description = "Accept it from these networks only, such as 10.1.0.0/16.", HelpName = "N[,N]" };

    private static readonly Option<int> Days = new("--days")
    {
        Description = $"Days until it expires, at most {ApiToken.MaxDays}.", HelpName = "N", DefaultValueFactory = _ => ApiToken.DefaultDays,
    };

    private static readonly Argument<string> Which = new("token") { Description = "As 'token list' shows it: the first characters of the token, or its id." };

    /// <summary>Makes the command with its parts.</summary>
    public static Command Create()
    {
        Command token = new("token", "API tokens of people and service accounts.");
        token.Subcommands.Add(GovernanceCommand.Create(
            "add", "Make a token. It is shown once.", AddAsync,
            Account, Scopes, Name, Models, Networks, Days, DataOptions.Data, DataOptions.Connection));
        token.Subcommands.Add(GovernanceCommand.Create(
            "list", "Name the tokens, never their secrets.", ListAsync, DataOptions.Data, DataOptions.Connection));
        token.Subcommands.Add(GovernanceCommand.Create(
            "revoke", "End a token at once.", RevokeAsync, Which, DataOptions.Data, DataOptions.Connection));
        return token;
    }

    private static async Task<int> AddAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string name = context.Arguments.GetValue(Account)!;
        HashSet<TokenScope> scopes = EnumList.Read<TokenScope>(context.Arguments.GetValue(Scopes)!, "scope");
        await using ServiceProvider registry = await SystemRun.OpenAsync(context.Arguments, cancellationToken);
        Person account = await registry.GetRequiredService<PeopleQueries>().FindByUserNameAsync(name, cancellationToken)
            ?? throw new InputException($"There is no account '{name}'.");
        NewToken wish = new(account.Id, context.Arguments.GetValue(Name) ?? name, scopes)
        {
            Models = [.. EnumList.Words(context.Arguments.GetValue(Models))],
            Networks = [.. EnumList.Words(context.Arguments.GetValue(Networks))],
            Days = context.Arguments.GetValue(Days),
        };
        switch (await SystemRun.GuardAsync(() => registry.GetRequiredService<IssueToken>().RunAsync(Actor.System, wish, cancellationToken)))
        {
            case IssueTokenOutcome.Issued { Token: var token, Text: var text }:
                await context.People.WriteLineAsync(
                    $"A token of {name} for {TokenWords.Scopes(token)}, until {Day(token.ExpiresAt)}. It is shown this once:");
                await context.People.WriteLineAsync(text);
                await context.WriteJsonAsync(
                    new { id = token.Id.Value, account = name, token.Name, token = text, scopes = ScopeNames(token), token.Models, token.Networks, token.ExpiresAt },
                    cancellationToken);
                return 0;
            case IssueTokenOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            default:
                throw new UnreachableException(); // nothing is offered to the system
        }
    }

    private static async Task<int> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using ServiceProvider registry = await SystemRun.OpenAsync(context.Arguments, cancellationToken);
        IReadOnlyList<TokenView> tokens = await registry.GetRequiredService<TokenQueries>().AllAsync(cancellationToken);
        TextTable.Write(context.People,
        [
            ["token", "account", "name", "scopes", "models", "networks", "expires", "last used", "state"],
            .. tokens.Select(view => (IReadOnlyList<string>)
            [
                view.Token.Hint ?? view.Token.Id.ToString(), view.AccountName, view.Token.Name, TokenWords.Scopes(view.Token),
                TokenWords.Models(view.Token), TokenWords.Networks(view.Token), Day(view.Token.ExpiresAt),
                view.UsedAt is DateTimeOffset used ? Day(used) : "never", TokenWords.State(view.State),
            ]),
        ]);
        await context.WriteJsonAsync(
            new
            {
                tokens = tokens.Select(view => new
                {
                    id = view.Token.Id.Value, begins = view.Token.Hint, account = view.AccountName, view.Token.Name, scopes = ScopeNames(view.Token),
                    view.Token.Models, view.Token.Networks, view.Token.IssuedAt, view.Token.ExpiresAt, view.UsedAt, state = TokenWords.State(view.State),
                }),
            },
            cancellationToken);
        return 0;
    }

    private static async Task<int> RevokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string given = context.Arguments.GetValue(Which)!;
        await using ServiceProvider registry = await SystemRun.OpenAsync(context.Arguments, cancellationToken);
        TokenView[] meant = [.. (await registry.GetRequiredService<TokenQueries>().AllAsync(cancellationToken))
            .Where(view => view.State is TokenState.Valid or TokenState.Offered)
            .Where(view => view.Token.Id.ToString() == given
                || (view.Token.Hint is string hint && given.StartsWith(hint, StringComparison.Ordinal)))];
        if (meant.Length != 1)
        {
            throw new InputException(meant.Length == 0
                ? "No token that may still be used is this one. 'governance token list' names them."
                : "Several tokens begin like this. Name one by its id.");
        }

        await SystemRun.GuardAsync(() => registry.GetRequiredService<RevokeToken>().RunAsync(Actor.System, meant[0].Token.Id, cancellationToken));
        await context.People.WriteLineAsync($"Revoked: {meant[0].Token.Name}, of {meant[0].AccountName}.");
        await context.WriteJsonAsync(new { id = meant[0].Token.Id.Value, revoked = true }, cancellationToken);
        return 0;
    }

    private static IEnumerable<string> ScopeNames(ApiToken token) => token.Scopes.Select(TokenWords.Scope);

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
