using System.CommandLine;
using Governance.Audit.Data;
using Governance.Audit.Traffic;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Deployments;
using Governance.Registry.Deployments;

namespace Governance.Portal.Features.Traffic;

/// <summary><c>governance traffic add</c> and <c>governance labels add</c>: rows and labels of a deployment from a file.</summary>
internal static class TrafficCommand
{
    private static readonly Argument<Guid> Deployment = new("deployment") { Description = "The deployment's id: see 'governance deployment list'." };

    private static readonly Argument<string> File = new("file") { Description = "CSV, JSONL and what else is known, gzip or not." };

    private static readonly Option<string?> Id = Column("--id", "row ids");

    private static readonly Option<string?> Time = Column("--time", "times");

    private static readonly Option<string?> Score = new("--score") { Description = "The column of scores, or CLASS=COLUMN pairs with commas.", HelpName = "COL" };

    private static readonly Option<string?> Decision = Column("--decision", "decisions");

    private static readonly Option<string?> Latency = Column("--latency", "durations in milliseconds");

    private static readonly Option<string?> Label = Column("--label", "labels");

    private static readonly Option<string?> KnownAt = Column("--known-at", "times at which labels became known; now where there is none");

    private static readonly Option<string?> Key = new("--key") { Description = "What this batch is called, so that it counts once; the file's digest by default.", HelpName = "TEXT" };

    /// <summary>Makes <c>traffic</c>.</summary>
    public static Command CreateTraffic()
    {
        Command traffic = new("traffic", "Rows of deployments.");
        traffic.Subcommands.Add(GovernanceCommand.Create(
            "add", "Take rows that a deployed version was asked about; the same file twice counts once.", AddRowsAsync,
            Deployment, File, Id, Time, Score, Decision, Latency, Key, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        traffic.Subcommands.Add(KeepTrafficCommand.Create());
        return traffic;
    }

    /// <summary>Makes <c>labels</c>.</summary>
    public static Command CreateLabels()
    {
        Command labels = new("labels", "Labels of deployments' rows.");
        labels.Subcommands.Add(GovernanceCommand.Create(
            "add", "Take labels, joined to rows by their ids; another value of a label is a correction.", AddLabelsAsync,
            Deployment, File, Id, Label, KnownAt, Key, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        return labels;
    }

    private static Task<int> AddRowsAsync(CommandContext context, CancellationToken cancellationToken) => RunAsync(
        context, (ingest, deployment, file) => ingest.RowsAsync(
            deployment, file,
            new TrafficNames
            {
                Id = context.Arguments.GetValue(Id), Time = context.Arguments.GetValue(Time), Score = context.Arguments.GetValue(Score),
                Decision = context.Arguments.GetValue(Decision), Latency = context.Arguments.GetValue(Latency),
            },
            context.Arguments.GetValue(Key), cancellationToken),
        "rows", cancellationToken);

    private static Task<int> AddLabelsAsync(CommandContext context, CancellationToken cancellationToken) => RunAsync(
        context, (ingest, deployment, file) => ingest.LabelsAsync(
            deployment, file,
            new TrafficNames { Id = context.Arguments.GetValue(Id), Label = context.Arguments.GetValue(Label), KnownAt = context.Arguments.GetValue(KnownAt) },
            context.Arguments.GetValue(Key), cancellationToken),
        "labels", cancellationToken);

    private static async Task<int> RunAsync(
        CommandContext context, Func<IngestFile, DeploymentId, byte[], Task<IngestOutcome>> take, string what, CancellationToken cancellationToken)
    {
        string path = context.Arguments.GetValue(File)!;
        if (System.IO.File.Exists(path) && new FileInfo(path).Length > Array.MaxLength)
        {
            throw new InputException($"The file '{path}' is over 2 GiB: send it in parts.");
        }

        byte[] file = await UserFiles.ReadAsync(path, cancellationToken);
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        DeploymentId deployment = new(context.Arguments.GetValue(Deployment));
        await DeploymentCommand.JudgeAsync(registry, deployment, cancellationToken);
        IngestOutcome outcome = await RegistryRun.GuardAsync(() => take(registry.Get<IngestFile>(), deployment, file));
        await context.People.WriteLineAsync(TrafficWords.Of(outcome, what));
        await context.WriteJsonAsync(
            new { deployment = deployment.ToString(), outcome.Rows, outcome.Repeated, outcome.Conflicts, outcome.AcceptedBefore }, cancellationToken);
        return 0;
    }

    private static Option<string?> Column(string name, string what) => new(name) { Description = $"The column of {what}.", HelpName = "COL" };
}
