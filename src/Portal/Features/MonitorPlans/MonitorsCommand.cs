using System.CommandLine;
using Governance.Audit.Data;
using Governance.Audit.Monitoring;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Models;

namespace Governance.Portal.Features.MonitorPlans;

/// <summary><c>governance monitors check|replay|expect|assign|run|show</c>: plans of monitors, tried without a portal and put to work in one.</summary>
internal static class MonitorsCommand
{
    public static readonly Option<string> Plan = new("--plan") { Description = "The plan, as YAML (governance: monitors/1).", HelpName = "F", Required = true };
    public static readonly Option<string> Reference = new("--reference") { Description = "The rows that windows are compared with.", HelpName = "F", Required = true };
    private static readonly Option<string> Requests = new("--requests") { Description = "Recorded requests with id and time.", HelpName = "F", Required = true };
    private static readonly Option<string?> Labels = new("--labels") { Description = "Labels with id and the time when each became known.", HelpName = "F" };
    public static readonly Option<string> Model = new("--model") { Description = "The ONNX file.", HelpName = "M", Required = true };
    public static readonly Option<string?> Label = new("--label") { Description = "The label's column in the reference; by default the encoding's.", HelpName = "COLUMN" };
    private static readonly Option<string> Id = Named("--id", "request_id", "The column of ids in requests and labels.");
    private static readonly Option<string> Time = Named("--time", "timestamp", "The column of times in the requests.");
    private static readonly Option<string> Score = Named("--score", "score", "The column of scores in the requests; where there is none the model scores them.");
    private static readonly Option<string> Prediction = Named("--prediction", "prediction", "The column of decisions in the requests; where there is none the model decides.");
    private static readonly Option<string?> Latency = new("--latency") { Description = "The column of latencies in the requests, in milliseconds.", HelpName = "COLUMN" };
    private static readonly Option<string> LabelValue = Named("--label-value", "label", "The column of labels in the labels file.");
    private static readonly Option<string> LabelTime = Named("--label-time", "arrived_at", "The column of the times when labels became known.");
    private static readonly Option<double?> LabelDays = NumberOption.Optional("--label-days", "Where labels have no time: known so many days after their request.", "N");

    /// <summary>Makes the command with its parts.</summary>
    public static Command Create()
    {
        Command monitors = new("monitors", "Plans of monitors: what is watched on a deployment, and how many false alerts that may cost.");
        monitors.Subcommands.Add(GovernanceCommand.Create("check", "Read a plan and show how its false-alarm budget is dealt out.", CheckAsync, Plan));
        monitors.Subcommands.Add(GovernanceCommand.Create(
            "replay", "Run a plan over recorded requests and labels, and show the alerts by day.", ReplayAsync,
            Plan, Reference, Requests, Labels, Model, Label, Id, Time, Score, Prediction, Latency, LabelValue, LabelTime, LabelDays));
        monitors.Subcommands.Add(NullMonthsCommand.Create());
        foreach (Command command in AssignCommand.All())
        {
            monitors.Subcommands.Add(command);
        }

        return monitors;
    }

    private static Option<string> Named(string flag, string name, string description) =>
        new(flag) { Description = description, HelpName = "COLUMN", DefaultValueFactory = _ => name };

    private static async Task<int> CheckAsync(CommandContext context, CancellationToken cancellationToken)
    {
        MonitorSpec spec = await ReadAsync(context, cancellationToken);
        await context.People.WriteLineAsync($"{spec.Name}: {spec.Budget.Sentence}.");
        TextTable.Write(context.People, ReplayWords.Budget(spec));
        await context.WriteJsonAsync(ReplayWords.BudgetJson(spec), cancellationToken);
        return 0;
    }

    private static async Task<int> ReplayAsync(CommandContext context, CancellationToken cancellationToken)
    {
        MonitorSpec spec = await ReadAsync(context, cancellationToken);
        Table requests = await ReadRowsAsync(context, context.Arguments.GetValue(Requests)!, cancellationToken);
        ReplayColumns names = Columns(context, requests);
        Table? labels = context.Arguments.GetValue(Labels) is string path ? await ReadRowsAsync(context, path, cancellationToken) : null;
        using PreparedReplay replay = await PreparedReplay.LoadAsync(context, spec, cancellationToken);
        ReplayResult result = await Task.Run(
            async () =>
            {
                MonitoredRows rows = ReplayRows.Requests(requests, labels, names, replay.Model, cancellationToken);
                return new ReplayResult(rows.Count, await ReplayMonitors.RunAsync(replay.Plan, rows, cancellationToken));
            },
            cancellationToken);
        foreach (AuditWarning warning in ReplayNotes.Of(requests, labels, names, replay.Model.Classes))
        {
            context.Warn(warning);
        }

        IReadOnlyList<ReplayedAlert> alerts = ReplayedAlert.Of(result.Readings);
        await context.People.WriteLineAsync($"{spec.Name}: {result.Rows:N0} request{(result.Rows == 1 ? "" : "s")}, {result.Readings.Count:N0} readings; {spec.Budget.Sentence}.");
        if (alerts.Count == 0)
        {
            await context.People.WriteLineAsync("No alert.");
        }
        else
        {
            TextTable.Write(context.People, ReplayWords.Alerts(alerts));
        }

        IReadOnlyList<TrackRecord> records = TrackRecord.Of(result.Readings.Select(reading => EstimatedFigure.Of(spec, reading)).OfType<EstimatedFigure>());
        foreach (TrackRecord record in records)
        {
            await context.People.WriteLineAsync($"{record.Monitor}: {record.Sentence}");
        }

        await context.WriteJsonAsync(ReplayWords.Json(spec, result.Readings, alerts, records), cancellationToken);
        return 0;
    }

    // Scores under the usual name may be absent; whoever names their column means one that is there.
    private static ReplayColumns Columns(CommandContext context, Table requests)
    {
        foreach (Option<string> option in (Option<string>[])[Score, Prediction])
        {
            if (context.Arguments.GetResult(option) is { Implicit: false })
            {
                requests.Need(context.Arguments.GetValue(option)!);
            }
        }

        return context.Arguments.GetValue(LabelDays) is not < 0
            ? new ReplayColumns(
                context.Arguments.GetValue(Id)!, context.Arguments.GetValue(Time)!, context.Arguments.GetValue(Score)!, context.Arguments.GetValue(Prediction)!,
                context.Arguments.GetValue(Latency), context.Arguments.GetValue(LabelValue)!, context.Arguments.GetValue(LabelTime)!,
                context.Arguments.GetValue(LabelDays))
            : throw new InputException("--label-days takes a number of at least 0.");
    }

    /// <summary>Reads the model that the command line names, through the quarantine.</summary>
    /// <exception cref="InputException">It cannot be read, or is not accepted.</exception>
    public static async Task<byte[]> ModelAsync(CommandContext context, CancellationToken cancellationToken) =>
        (await AdmittedFile.ReadAsync(context, context.Arguments.GetValue(Model)!, null, cancellationToken)).File;

    /// <summary>Reads the plan that the command line names.</summary>
    /// <exception cref="InputException">It cannot be read, or is no plan.</exception>
    public static async Task<MonitorSpec> ReadAsync(CommandContext context, CancellationToken cancellationToken) =>
        ReadMonitorSpec.Run(System.Text.Encoding.UTF8.GetString(await UserFiles.ReadAsync(context.Arguments.GetValue(Plan)!, cancellationToken)));

    // All rows: a cohort of the plan says which count, not --where.
    private static Task<Table> ReadRowsAsync(CommandContext context, string path, CancellationToken cancellationToken) =>
        Task.Run(() => DataFile.Read(context, path, cancellationToken), cancellationToken);

    private sealed record ReplayResult(int Rows, IReadOnlyList<WindowReading> Readings);
}
