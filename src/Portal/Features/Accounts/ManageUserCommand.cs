using System.CommandLine;
using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Registry.Access;
using Governance.Registry.Accounts;

namespace Governance.Portal.Features.Accounts;

/// <summary><c>governance user list | invite | reset | deactivate | reactivate | roles</c>: what the page Users does, in an administrator's name.</summary>
internal static class ManageUserCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "The user name." };

    private static readonly Option<string?> Search = new("--search") { Description = "A part of a user name, a name or an e-mail address.", HelpName = "TEXT" };

    private static readonly Option<string> Portal = new("--portal")
    {
        Description = "The address by which the person reaches the portal; the link begins with it.",
        DefaultValueFactory = _ => new PortalOptions().Urls,
        HelpName = "URL",
    };

    /// <summary>Makes the commands.</summary>
    /// <param name="displayName">The option of <c>user add</c> for the name that pages show.</param>
    /// <param name="email">The option of <c>user add</c> for an e-mail address.</param>
    public static IEnumerable<Command> Create(Option<string?> displayName, Option<string?> email)
    {
        yield return Of("list", "List accounts of people.", ListAsync, Search);
        yield return Of(
            "invite", "Add an account without a password, and print the link with which its person sets one.",
            (context, run, ct) => InviteAsync(context, run, context.Arguments.GetValue(displayName), context.Arguments.GetValue(email), ct),
            Name, RoleOption.Roles, displayName, email, Portal);
        yield return Of("reset", "Print a link with which a person sets another password. It never skips the second factor.", ResetAsync, Name, Portal);
        yield return Of("deactivate", "Take everything from an account at once: sessions, tokens, rights.", (context, run, ct) => SetStateAsync(context, run, true, ct), Name);
        yield return Of("reactivate", "Give a deactivated account back what it had.", (context, run, ct) => SetStateAsync(context, run, false, ct), Name);
        yield return Of("roles", "Set all roles of an account. Its sessions end.", SetRolesAsync, Name, RoleOption.Roles);

        Command Of(string name, string description, Func<CommandContext, RegistryRun, CancellationToken, Task<int>> run, params Symbol[] symbols) =>
            GovernanceCommand.Create(name, description, async (context, ct) =>
            {
                await using RegistryRun registry = await RegistryRun.OpenAsync(context, ct);
                return await run(context, registry, ct);
            }, [.. symbols, RegistryRun.As, DataOptions.Data, DataOptions.Connection]);
    }

    private static async Task<int> ListAsync(CommandContext context, RegistryRun run, CancellationToken cancellationToken)
    {
        if (await run.Get<PeopleQueries>().FindAsync(run.Actor.User!.Value, cancellationToken) is not { } person || !person.Roles.Contains(Role.Administrator))
        {
            throw new InputException(RightsRefusals.For(Right.Administer).Sentence);
        }

        IReadOnlyList<AccountLine> lines = await run.Get<AccountQueries>().ListAsync(run.Actor, context.Arguments.GetValue(Search), cancellationToken);
        foreach (AccountLine line in lines)
        {
            await context.People.WriteLineAsync(
                $"{line.UserName}  {line.Person.DisplayName}  {string.Join(",", line.Roles)}  {AccountWords.StateOf(line)}  second factor: {AccountWords.FactorsOf(line)}");
        }

        await context.WriteJsonAsync(new
        {
            users = lines.Select(line => new
            {
                id = line.Person.Id.Value, name = line.UserName, displayName = line.Person.DisplayName, email = line.Email, roles = line.Roles,
                deactivated = line.Deactivated, hasPassword = line.HasPassword, app = line.HasApp, passkeys = line.Passkeys,
                lockedUntil = line.LockedUntil, linkUntil = line.LinkUntil, lastSeenAt = line.LastSeenAt, sessions = line.OpenSessions,
            }),
        }, cancellationToken);
        return 0;
    }

    private static async Task<int> InviteAsync(
        CommandContext context, RegistryRun run, string? displayName, string? email, CancellationToken cancellationToken)
    {
        string name = context.Arguments.GetValue(Name)!;
        return await TellAsync(context, name, await run.Get<InviteUser>().RunAsync(
            run.Actor, name, displayName ?? name, email, RoleOption.Read(context.Arguments), cancellationToken), cancellationToken);
    }

    private static async Task<int> ResetAsync(CommandContext context, RegistryRun run, CancellationToken cancellationToken)
    {
        AccountLine line = await FindAsync(context, run, cancellationToken);
        return await TellAsync(context, line.UserName, await run.Get<IssueLink>().RunAsync(run.Actor, line.Person.Id, cancellationToken), cancellationToken);
    }

    private static async Task<int> SetStateAsync(CommandContext context, RegistryRun run, bool deactivated, CancellationToken cancellationToken)
    {
        AccountLine line = await FindAsync(context, run, cancellationToken);
        return await ChangeAsync(
            context, run, line, line.Roles.ToHashSet(), deactivated, $"{(deactivated ? "Deactivated" : "Reactivated")} {line.UserName}.", cancellationToken);
    }

    private static async Task<int> SetRolesAsync(CommandContext context, RegistryRun run, CancellationToken cancellationToken)
    {
        AccountLine line = await FindAsync(context, run, cancellationToken);
        HashSet<Role> roles = RoleOption.Read(context.Arguments);
        return await ChangeAsync(
            context, run, line, roles, line.Deactivated, $"{line.UserName} is {string.Join(", ", roles.Order())} now.", cancellationToken);
    }

    private static async Task<int> ChangeAsync(
        CommandContext context, RegistryRun run, AccountLine line, HashSet<Role> roles, bool deactivated, string done, CancellationToken cancellationToken)
    {
        if (await run.Get<ChangeAccount>().RunAsync(run.Actor, line.Person.Id, roles, deactivated, cancellationToken)
            is ChangeAccountOutcome.Refused { Reason.Sentence: var sentence })
        {
            throw new InputException(sentence);
        }

        await context.People.WriteLineAsync(done);
        await context.WriteJsonAsync(new { id = line.Person.Id.Value, name = line.UserName, roles = roles.Order(), deactivated }, cancellationToken);
        return 0;
    }

    private static async Task<AccountLine> FindAsync(CommandContext context, RegistryRun run, CancellationToken cancellationToken)
    {
        string name = context.Arguments.GetValue(Name)!;
        return await run.Get<AccountQueries>().FindAsync(run.Actor, name, cancellationToken)
            ?? throw new InputException($"There is no account '{name}', or {context.Arguments.GetValue(RegistryRun.As)} may not administer accounts.");
    }

    private static async Task<int> TellAsync(
        CommandContext context, string name, IssueLinkOutcome outcome, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case IssueLinkOutcome.Issued { Link: var link }:
                string address = $"{context.Arguments.GetValue(Portal)!.Split(';')[0].TrimEnd('/')}{LinkPage.Path}#{link.Code}";
                await context.People.WriteLineAsync($"Hand this link to {name}; it is good once, until {SessionWords.Of(link.ExpiresAt)}:");
                await context.People.WriteLineAsync(address);
                await context.WriteJsonAsync(
                    new { id = link.User.Value, name, kind = link.Kind, link = address, expiresAt = link.ExpiresAt }, cancellationToken);
                return 0;
            case IssueLinkOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            default:
                throw new UnreachableException();
        }
    }
}
