using System.CommandLine;
using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Storage;
using Governance.Registry.Access;
using Governance.Registry.ExternalSignIn;
using Governance.Registry.Ledger;

namespace Governance.Portal.Features.ExternalSignIn;

/// <summary><c>governance external-login add|list|remove</c>: which accounts sign in with a provider.</summary>
internal static class ExternalLoginCommand
{
    private static readonly Argument<string> Account = new("account") { Description = "The user name." };

    private static readonly Option<string> Issuer = new("--issuer") { Description = "The provider, exactly as its tokens name it.", HelpName = "URL", Required = true };

    private static readonly Option<string> Subject = new("--subject") { Description = "The provider's own name of the person (claim sub), exactly.", HelpName = "SUB", Required = true };

    /// <summary>Makes the command with its parts.</summary>
    public static Command Create()
    {
        Command login = new("external-login", "Accounts that sign in with an OpenID Connect provider.");
        login.Subcommands.Add(GovernanceCommand.Create(
            "add", "Link an account to a person of the provider.", AddAsync, Account, Issuer, Subject, DataOptions.Data, DataOptions.Connection));
        login.Subcommands.Add(GovernanceCommand.Create(
            "list", "Name the linked accounts.", ListAsync, DataOptions.Data, DataOptions.Connection));
        login.Subcommands.Add(GovernanceCommand.Create(
            "remove", "End the links of an account.", RemoveAsync, Account, DataOptions.Data, DataOptions.Connection));
        return login;
    }

    private static async Task<int> AddAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string name = context.Arguments.GetValue(Account)!;
        await using ServiceProvider registry = await SystemRun.OpenAsync(context.Arguments, cancellationToken);
        Person account = await registry.GetRequiredService<PeopleQueries>().FindByUserNameAsync(name, cancellationToken)
            ?? throw new InputException($"There is no account '{name}'.");
        switch (await SystemRun.GuardAsync(() => registry.GetRequiredService<ManageExternalLogins>().LinkAsync(
            Actor.System, account.Id, context.Arguments.GetValue(Issuer)!, context.Arguments.GetValue(Subject)!, cancellationToken)))
        {
            case ExternalLoginOutcome.Changed { Login: var login }:
                await context.People.WriteLineAsync($"Linked {name} to its person at {login.Issuer}.");
                await context.WriteJsonAsync(new { id = login.Id.Value, account = name, login.Issuer }, cancellationToken);
                return 0;
            case ExternalLoginOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<int> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using ServiceProvider registry = await SystemRun.OpenAsync(context.Arguments, cancellationToken);
        IReadOnlyList<ExternalLoginView> logins = await registry.GetRequiredService<ManageExternalLogins>().ListAsync(cancellationToken);
        TextTable.Write(context.People,
        [
            ["account", "issuer", "roles by groups"],
            .. logins.Select(view => (IReadOnlyList<string>)[view.UserName, view.Login.Issuer, ExternalSignInWords.Roles(view.Login.Given)]),
        ]);
        await context.WriteJsonAsync(
            new { logins = logins.Select(view => new { id = view.Login.Id.Value, account = view.UserName, view.Login.Issuer, roles = view.Login.Given, view.Login.LinkedAt }) },
            cancellationToken);
        return 0;
    }

    private static async Task<int> RemoveAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string name = context.Arguments.GetValue(Account)!;
        await using ServiceProvider registry = await SystemRun.OpenAsync(context.Arguments, cancellationToken);
        ManageExternalLogins manage = registry.GetRequiredService<ManageExternalLogins>();
        ExternalLoginView[] meant = [.. (await manage.ListAsync(cancellationToken)).Where(view => view.UserName.Equals(name, StringComparison.OrdinalIgnoreCase))];
        if (meant.Length == 0)
        {
            throw new InputException($"No link of an account '{name}' holds.");
        }

        foreach (ExternalLoginView view in meant)
        {
            await SystemRun.GuardAsync(() => manage.EndAsync(Actor.System, view.Login.Id, cancellationToken));
        }

        await context.People.WriteLineAsync($"Ended: {name} signs in with no provider any more.");
        await context.WriteJsonAsync(new { account = name, ended = meant.Length }, cancellationToken);
        return 0;
    }
}
