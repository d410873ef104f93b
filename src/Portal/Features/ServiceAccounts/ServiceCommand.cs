using System.CommandLine;
using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Storage;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.ServiceAccounts;

namespace Governance.Portal.Features.ServiceAccounts;

/// <summary><c>governance service add|list|deactivate</c>: accounts of programs.</summary>
internal static class ServiceCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "Letters, digits and -._@+." };

    private static readonly Option<string> Owner = new("--owner")
    {
        Description = "The user name of the person who answers for it.", HelpName = "USER", Required = true,
    };

    private static readonly Option<string[]> Roles = new("--role")
    {
        Description = "consumer, operator or both.", HelpName = "R[,R]", DefaultValueFactory = _ => ["consumer"],
    };

    private static readonly Option<string?> DisplayName = new("--display-name") { Description = "What pages call it; the name by default.", HelpName = "NAME" };

    /// <summary>Makes the command with its parts.</summary>
    public static Command Create()
    {
        Command service = new("service", "Accounts of programs: they bear tokens and never sign in.");
        service.Subcommands.Add(GovernanceCommand.Create(
            "add", "Add a service account.", AddAsync, Name, Owner, Roles, DisplayName, DataOptions.Data, DataOptions.Connection));
        service.Subcommands.Add(GovernanceCommand.Create(
            "list", "Name the service accounts.", ListAsync, DataOptions.Data, DataOptions.Connection));
        service.Subcommands.Add(GovernanceCommand.Create(
            "deactivate", "Take all rights from a service account and revoke its tokens.", DeactivateAsync,
            Name, DataOptions.Data, DataOptions.Connection));
        return service;
    }

    private static async Task<int> AddAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string name = context.Arguments.GetValue(Name)!;
        string ownerName = context.Arguments.GetValue(Owner)!;
        HashSet<Role> roles = EnumList.Read<Role>(context.Arguments.GetValue(Roles)!, "role");
        await using ServiceProvider registry = await SystemRun.OpenAsync(context.Arguments, cancellationToken);
        Person owner = await registry.GetRequiredService<PeopleQueries>().FindByUserNameAsync(ownerName, cancellationToken)
            ?? throw new InputException($"There is no account '{ownerName}'.");
        NewServiceAccount wish = new(name, context.Arguments.GetValue(DisplayName) ?? name, owner.Id, roles);
        switch (await SystemRun.GuardAsync(() => registry.GetRequiredService<AddServiceAccount>().RunAsync(Actor.System, wish, cancellationToken)))
        {
            case AddUserOutcome.Added { Person: var account }:
                await context.People.WriteLineAsync($"Added the service account {name} ({string.Join(", ", account.Roles.Order())}); {ownerName} answers for it.");
                await context.WriteJsonAsync(new { id = account.Id.Value, name, owner = ownerName, roles = account.Roles.Order() }, cancellationToken);
                return 0;
            case AddUserOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<int> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using ServiceProvider registry = await SystemRun.OpenAsync(context.Arguments, cancellationToken);
        IReadOnlyList<ServiceAccountView> services = await registry.GetRequiredService<ServiceAccountQueries>().AllAsync(cancellationToken);
        TextTable.Write(context.People,
        [
            ["name", "owner", "roles", "tokens", "state"],
            .. services.Select(view => (IReadOnlyList<string>)
            [
                view.Name, view.OwnerName, string.Join(", ", view.Roles.Order()),
                view.Tokens.ToString(System.Globalization.CultureInfo.InvariantCulture), view.Deactivated ? "deactivated" : "active",
            ]),
        ]);
        await context.WriteJsonAsync(
            new
            {
                services = services.Select(view => new
                {
                    id = view.Id.Value, view.Name, view.DisplayName, owner = view.OwnerName, roles = view.Roles.Order(), view.Tokens, view.Deactivated,
                }),
            },
            cancellationToken);
        return 0;
    }

    private static async Task<int> DeactivateAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string name = context.Arguments.GetValue(Name)!;
        await using ServiceProvider registry = await SystemRun.OpenAsync(context.Arguments, cancellationToken);
        ServiceAccountView service = (await registry.GetRequiredService<ServiceAccountQueries>().AllAsync(cancellationToken))
            .FirstOrDefault(view => view.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new InputException($"There is no service account '{name}'.");
        switch (await SystemRun.GuardAsync(() => registry.GetRequiredService<ChangeAccount>().RunAsync(
            Actor.System, service.Id, service.Roles, deactivated: true, cancellationToken)))
        {
            case ChangeAccountOutcome.Changed:
                await context.People.WriteLineAsync($"Deactivated {service.Name}; its tokens are revoked.");
                await context.WriteJsonAsync(new { id = service.Id.Value, deactivated = true }, cancellationToken);
                return 0;
            case ChangeAccountOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            default:
                throw new UnreachableException();
        }
    }
}
