using System.CommandLine;
using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Registry;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Portal.Features.Accounts;

/// <summary><c>governance user add</c>: an account, made by whoever can reach the data.</summary>
internal static class UserCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "For signing in: letters, digits and -._@+." };

    private static readonly Option<string?> DisplayName = new("--display-name") { Description = "The name that pages show; the user name by default.", HelpName = "NAME" };

    private static readonly Option<string?> Email = new("--email") { Description = "For messages to the person.", HelpName = "E" };

    /// <summary>Makes the command <c>user</c> with its own commands.</summary>
    public static Command Create()
    {
        Command user = new("user", "Accounts of people.");
        user.Subcommands.Add(GovernanceCommand.Create(
            "add", "Add an account. The password is asked for, or read from standard input.", AddAsync,
            Name, RoleOption.Roles, DisplayName, Email, DataOptions.Data, DataOptions.Connection));
        foreach (Command command in ManageUserCommand.Create(DisplayName, Email))
        {
            user.Subcommands.Add(command);
        }

        return user;
    }

    private static async Task<int> AddAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string name = context.Arguments.GetValue(Name)!;
        NewUser user = new(
            name, context.Arguments.GetValue(DisplayName) ?? name, PasswordPrompt.Read(Console.In, Console.Error),
            RoleOption.Read(context.Arguments))
        {
            Email = context.Arguments.GetValue(Email),
        };

        ServiceCollection services = new();
        services.AddRegistry(DataOptions.Read(context.Arguments));
        await using ServiceProvider registry = services.BuildServiceProvider();
        await registry.GetRequiredService<MigrateDatabase>().RunAsync(cancellationToken);
        AddUserOutcome outcome = await registry.GetRequiredService<AddUser>().RunAsync(Actor.System, user, cancellationToken);
        switch (outcome)
        {
            case AddUserOutcome.Added { Person: var person }:
                await context.People.WriteLineAsync($"Added {name} ({string.Join(", ", person.Roles.Order())}).");
                await context.WriteJsonAsync(new { id = person.Id.Value, name, roles = person.Roles.Order() }, cancellationToken);
                return 0;
            case AddUserOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            default:
                throw new UnreachableException();
        }
    }
}
