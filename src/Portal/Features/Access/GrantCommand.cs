using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Registry.Access;
using Governance.Registry.Teams;
using Governance.Registry.Versions;

namespace Governance.Portal.Features.Access;

/// <summary><c>governance grant add|revoke|list</c>: who has access to a model, as on the Access page.</summary>
internal static class GrantCommand
{
    private static readonly Argument<string> Model = new("model") { Description = "The model's name." };

    private static readonly Option<string?> User = new("--user") { Description = "To this person: a user name.", HelpName = "USER" };

    private static readonly Option<string?> Team = new("--team") { Description = "To this team: its name.", HelpName = "TEAM" };

    private static readonly Option<bool> Explanations = new("--explanations") { Description = "A consumer may also ask for explanations of rows." };

    private static readonly Option<bool> PersonalRows = new("--personal-rows") { Description = "A reviewer may also see rows with personal data." };

    private static readonly Option<string?> Stages = new("--stages")
    {
        Description = $"It holds only while the version is in one of these: {string.Join(", ", Enum.GetNames<Stage>())}.",
        HelpName = "S[,S]",
    };

    private static readonly Option<string?> Until = new("--until") { Description = "It ends by itself at this moment (UTC), such as 2026-12-31 or 2026-12-31T18:00.", HelpName = "TIME" };

    /// <summary>Makes the command <c>grant</c> with its own commands.</summary>
    public static Command Create()
    {
        Command grant = new("grant", "Who has access to a model.");
        grant.Subcommands.Add(GovernanceCommand.Create(
            "add", "Grant a model to a person or a team.", AddAsync,
            Model, User, Team, Explanations, PersonalRows, Stages, Until, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        grant.Subcommands.Add(GovernanceCommand.Create(
            "revoke", "Revoke every grant of a person or a team on a model.", RevokeAsync,
            Model, User, Team, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        grant.Subcommands.Add(GovernanceCommand.Create(
            "list", "List the grants of a model.", ListAsync, Model, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        return grant;
    }

    private static async Task<int> AddAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        NewGrant wanted = new(
            await HolderAsync(context, registry, cancellationToken), context.Arguments.GetValue(Model)!,
            (context.Arguments.GetValue(Explanations) ? GrantExtras.Explanations : 0) | (context.Arguments.GetValue(PersonalRows) ? GrantExtras.PersonalRows : 0))
        {
            Stages = StagesOf(context.Arguments.GetValue(Stages)),
            ExpiresAt = EndOf(context.Arguments.GetValue(Until)),
        };
        switch (await RegistryRun.GuardAsync(() => registry.Get<GrantAccess>().RunAsync(registry.Actor, wanted, cancellationToken)))
        {
            case GrantOutcome.Granted { Grant: var grant }:
                await context.People.WriteLineAsync($"Granted {wanted.ModelName}.");
                await context.WriteJsonAsync(new { id = grant.Id.Value, model = wanted.ModelName, stages = grant.Stages.Values, until = grant.ExpiresAt }, cancellationToken);
                return 0;
            case GrantOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<int> RevokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        string model = context.Arguments.GetValue(Model)!;
        GrantHolder holder = await HolderAsync(context, registry, cancellationToken);
        switch (await RegistryRun.GuardAsync(() => registry.Get<RevokeAccess>().RunAsync(registry.Actor, holder, model, cancellationToken)))
        {
            case RevokeOutcome.Revoked:
                await context.People.WriteLineAsync($"Revoked {model}.");
                await context.WriteJsonAsync(new { model, revoked = true }, cancellationToken);
                return 0;
            case RevokeOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<int> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        string model = context.Arguments.GetValue(Model)!;
        UserId viewer = registry.Actor.User!.Value;
        AccessOverview overview = await registry.Get<ExplainAccess>().RunAsync(viewer, viewer, model, null, cancellationToken)
            ?? throw new InputException($"There is no model '{model}', or not for this person.");
        TextTable.Write(context.People,
        [
            ["holder", "also", "stages", "until", "granted by"],
            .. overview.Grants.Select(line => (string[])
            [
                line.Holder,
                string.Join("+", ((string?[])[line.Grant.Explanations ? "explanations" : null, line.Grant.PersonalRows ? "personal-rows" : null]).OfType<string>()),
                line.Grant.Stages.IsEmpty ? "all" : line.Grant.Stages.ToString(),
                line.Grant.ExpiresAt is DateTimeOffset end ? end.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + (line.Holds ? "" : " (expired)") : "-",
                line.GrantedBy,
            ]),
        ]);
        await context.WriteJsonAsync(
            new
            {
                model,
                grants = overview.Grants.Select(line => new
                {
                    id = line.Grant.Id.Value, holder = line.Holder, user = line.Grant.User?.Value, team = line.Grant.Team?.Value,
                    explanations = line.Grant.Explanations, personalRows = line.Grant.PersonalRows, stages = line.Grant.Stages.Values,
                    until = line.Grant.ExpiresAt, holds = line.Holds, grantedBy = line.GrantedBy, grantedAt = line.Grant.GrantedAt,
                }),
            }, cancellationToken);
        return 0;
    }

    private static async Task<GrantHolder> HolderAsync(CommandContext context, RegistryRun registry, CancellationToken cancellationToken)
    {
        switch (context.Arguments.GetValue(User), context.Arguments.GetValue(Team))
        {
            case (string user, null):
                return GrantHolder.Of((await registry.Get<PeopleQueries>().FindByUserNameAsync(user, cancellationToken)
                    ?? throw new InputException($"There is no account '{user}'.")).Id);
            case (null, string team):
                return GrantHolder.Of(((await registry.Get<TeamQueries>().ListAsync(cancellationToken)).FirstOrDefault(view => view.Team.Name == team)
                    ?? throw new InputException($"There is no team '{team}'.")).Team.Id);
            default:
                throw new InputException("Name one person with --user, or one team with --team.");
        }
    }

    private static EnumSet<Stage> StagesOf(string? text)
    {
        try
        {
            return EnumSet.Parse<Stage>(text ?? "");
        }
        catch (FormatException fault)
        {
            throw new InputException($"--stages: {fault.Message}", fault);
        }
    }

    private static DateTimeOffset? EndOf(string? text) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset end)
            ? end
            : throw new InputException($"--until takes a time such as 2026-12-31T18:00, not '{text}'.");
}
