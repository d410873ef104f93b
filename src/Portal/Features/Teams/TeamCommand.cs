using System.CommandLine;
using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Registry.Access;
using Governance.Registry.Teams;

namespace Governance.Portal.Features.Teams;

/// <summary><c>governance team add|member|list</c>: teams, as on their page.</summary>
internal static class TeamCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "The team's name." };

    private static readonly Argument<string> User = new("user") { Description = "A user name." };

    private static readonly Option<string?> Title = new("--title") { Description = "What people call it; the name by default.", HelpName = "TEXT" };

    private static readonly Option<bool> Remove = new("--remove") { Description = "Take the person out instead." };

    /// <summary>Makes the command <c>team</c> with its own commands.</summary>
    public static Command Create()
    {
        Command team = new("team", "Teams to which models are granted.");
        team.Subcommands.Add(GovernanceCommand.Create(
            "add", "Make a team.", AddAsync, Name, Title, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        team.Subcommands.Add(GovernanceCommand.Create(
            "member", "Put a person into a team, or take them out.", MemberAsync,
            Name, User, Remove, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        team.Subcommands.Add(GovernanceCommand.Create(
            "list", "List the teams with their members; for administrators and auditors.", ListAsync,
            RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        return team;
    }

    private static async Task<int> AddAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        switch (await RegistryRun.GuardAsync(() => registry.Get<AddTeam>().RunAsync(
            registry.Actor, context.Arguments.GetValue(Name)!, context.Arguments.GetValue(Title), cancellationToken)))
        {
            case AddTeamOutcome.Added { Team: var team }:
                await context.People.WriteLineAsync($"Made the team {team.Name}.");
                await context.WriteJsonAsync(new { id = team.Id.Value, name = team.Name, title = team.Title }, cancellationToken);
                return 0;
            case AddTeamOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<int> MemberAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        string team = context.Arguments.GetValue(Name)!;
        string user = context.Arguments.GetValue(User)!;
        bool belongs = !context.Arguments.GetValue(Remove);
        Person person = await registry.Get<PeopleQueries>().FindByUserNameAsync(user, cancellationToken)
            ?? throw new InputException($"There is no account '{user}'.");
        switch (await RegistryRun.GuardAsync(() => registry.Get<ChangeMembership>().RunAsync(registry.Actor, team, person.Id, belongs, cancellationToken)))
        {
            case MembershipOutcome.Changed:
                await context.People.WriteLineAsync($"{user} {(belongs ? "belongs" : "does not belong")} to {team}.");
                await context.WriteJsonAsync(new { team, user, belongs }, cancellationToken);
                return 0;
            case MembershipOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<int> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        Person? viewer = await registry.Get<PeopleQueries>().FindAsync(registry.Actor.User!.Value, cancellationToken);
        if (viewer?.Roles.Overlaps([Role.Administrator, Role.Auditor]) != true)
        {
            throw new InputException("Only administrators and auditors list teams.");
        }

        IReadOnlyList<TeamView> teams = await registry.Get<TeamQueries>().ListAsync(cancellationToken);
        TextTable.Write(context.People,
        [
            ["team", "title", "members"],
            .. teams.Select(team => (string[])[team.Team.Name, team.Team.Title, string.Join(", ", team.Members.Select(member => member.UserName))]),
        ]);
        await context.WriteJsonAsync(
            new { teams = teams.Select(team => new { name = team.Team.Name, title = team.Team.Title, members = team.Members.Select(member => member.UserName) }) },
            cancellationToken);
        return 0;
    }
}
