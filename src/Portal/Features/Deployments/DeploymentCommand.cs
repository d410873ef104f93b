using System.CommandLine;
using System.Globalization;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Traffic;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Deployments;
using Governance.Registry.Versions;

namespace Governance.Portal.Features.Deployments;

/// <summary><c>governance deployment add | end | list</c>: what is live, as on the pages.</summary>
internal static class DeploymentCommand
{
    private static readonly Argument<string> Version = new("version") { Description = "An approved version, such as credit/3." };

    private static readonly Argument<Guid> Deployment = new("deployment") { Description = "The deployment's id." };

    private static readonly Option<string> Environment = new("--environment")
    {
        Description = "Where it is live.", HelpName = "NAME", DefaultValueFactory = _ => "production",
    };

    private static readonly Option<string> Role = new("--role")
    {
        Description = $"One of {EnumList.Choices<DeploymentRole>()}; outside is a server that sends its traffic here.", HelpName = "ROLE", DefaultValueFactory = _ => "champion",
    };

    private static readonly Option<double> Share = new("--share") { Description = "The share of the requests, above 0 and at most 1.", HelpName = "S", DefaultValueFactory = _ => 1 };

    private static readonly Option<string?> Reference = new("--reference") { Description = "The data set that windows are compared with.", HelpName = "NAME" };

    private static readonly Option<string?> From = new("--from") { Description = "From when on; now by default, earlier for an outside server alone.", HelpName = "TIME" };

    private static readonly Option<Guid?> Replaces = new("--replaces") { Description = "A live deployment that ends in the same moment.", HelpName = "ID" };

    private static readonly Option<string> Reason = new("--reason") { Description = "Why.", HelpName = "TEXT", Required = true };

    /// <summary>Makes the command with its parts.</summary>
    public static Command Create()
    {
        Command deployment = new("deployment", "What is live.");
        deployment.Subcommands.Add(GovernanceCommand.Create(
            "add", "Put an approved version into an environment, as an operator of its model.", AddAsync,
            Version, Environment, Role, Share, Reference, From, Replaces, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        deployment.Subcommands.Add(GovernanceCommand.Create(
            "end", "End a deployment; its traffic stays.", EndAsync, Deployment, Reason, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        deployment.Subcommands.Add(GovernanceCommand.Create(
            "list", "What is and was live.", ListAsync, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        return deployment;
    }

    /// <summary>Refuses who may not send a deployment's traffic.</summary>
    /// <exception cref="InputException">It does not exist for the person, or they may not.</exception>
    internal static async Task JudgeAsync(RegistryRun registry, DeploymentId id, CancellationToken cancellationToken)
    {
        if (await registry.Get<DeploymentQueries>().FindAsync(registry.Actor.User!.Value, id, cancellationToken) is not (DeploymentView, Standing standing))
        {
            throw new InputException("There is no such deployment.");
        }

        if (standing.RefusalFor(Right.Operate) is Refusal refusal)
        {
            throw new InputException(refusal.Sentence);
        }
    }

    private static async Task<int> AddAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string label = context.Arguments.GetValue(Version)!;
        string role = context.Arguments.GetValue(Role)!;
        if (label.Split('/') is not [string model, string text] || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            throw new InputException($"A version is MODEL/NUMBER, such as credit/3, not '{label}'.");
        }

        DeploymentRole wanted = EnumList.Read<DeploymentRole>([role], "role") is { Count: 1 } roles ? roles.First() : throw new InputException("A deployment has one role.");
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        UserId user = registry.Actor.User!.Value;
        VersionDetails details = await registry.Get<VersionQueries>().FindAsync(user, model, number, cancellationToken)
            ?? throw new InputException($"There is no version '{label}'.");
        DatasetId? reference = context.Arguments.GetValue(Reference) is not string name ? null
            : (await registry.Get<DatasetQueries>().FindAsync(user, name, cancellationToken))?.Id ?? throw new InputException($"There is no data set '{name}'.");
        DeploymentOutcome outcome = await RegistryRun.GuardAsync(() => registry.Get<DeployVersion>().RunAsync(
            registry.Actor,
            new NewDeployment(details.Version.Id, context.Arguments.GetValue(Environment)!, wanted)
            {
                Share = context.Arguments.GetValue(Share), From = TimeOf(context.Arguments.GetValue(From)), Reference = reference,
                Replaces = context.Arguments.GetValue(Replaces) is Guid replaced ? new DeploymentId(replaced) : null,
            },
            cancellationToken));
        Deployment made = outcome is DeploymentOutcome.Deployed deployed ? deployed.Deployment : throw Refusal(outcome);
        await context.People.WriteLineAsync($"{label} is the {made.Role.InWords()} in {made.Environment}: deployment {made.Id}.");
        await context.WriteJsonAsync(
            DeploymentAnswer.Of((await registry.Get<DeploymentQueries>().FindAsync(made.Id, cancellationToken))!), cancellationToken);
        return 0;
    }

    private static async Task<int> EndAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        DeploymentOutcome outcome = await RegistryRun.GuardAsync(() => registry.Get<EndDeployment>().RunAsync(
            registry.Actor, new DeploymentId(context.Arguments.GetValue(Deployment)), context.Arguments.GetValue(Reason), cancellationToken));
        DeploymentEnd end = outcome is DeploymentOutcome.Ended ended ? ended.End : throw Refusal(outcome);
        await context.People.WriteLineAsync($"Deployment {end.Deployment} has ended. Its traffic stays until its retention ends.");
        await context.WriteJsonAsync(new { id = end.Deployment.Value, end.To }, cancellationToken);
        return 0;
    }

    private static async Task<int> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        IReadOnlyList<DeploymentView> all = await registry.Get<DeploymentQueries>().VisibleToAsync(registry.Actor.User!.Value, null, cancellationToken);
        TextTable.Write(
            context.People,
            [
                ["id", "version", "environment", "role", "share", "from", "to"],
                .. all.Select(view => (string[])
                [
                    view.Deployment.Id.ToString(), view.Label, view.Deployment.Environment, view.Deployment.Role.InWords(),
                    view.Deployment.Share.ToString("0.####", CultureInfo.InvariantCulture), DeploymentWords.Time(view.Deployment.From),
                    view.To is DateTimeOffset to ? DeploymentWords.Time(to) : "",
                ]),
            ]);
        await context.WriteJsonAsync(new { deployments = all.Select(DeploymentAnswer.Of) }, cancellationToken);
        return 0;
    }

    private static DateTimeOffset? TimeOf(string? text) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset at) ? at
        : throw new InputException($"--from takes a time such as 2026-03-01T06:00:00Z, not '{text}'.");

    private static InputException Refusal(DeploymentOutcome outcome) => new(
        outcome is DeploymentOutcome.Refused refused ? refused.Reason.Sentence : "There is no such version or deployment.");
}
