using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Portal.Scheduling;
using Governance.Registry.Access;
using Governance.Registry.Deployments;
using Governance.Registry.Schedules;

namespace Governance.Portal.Features.Schedules;

/// <summary><c>governance schedule add|list|pause|resume|remove|run-now</c>: schedules as on the Audits page.</summary>
internal static class ScheduleCommand
{
    private static readonly Argument<string> Of = new("model") { Description = "The model, or one version of it: hmda-mortgage or hmda-mortgage/3." };

    private static readonly Argument<string> Id = new("schedule") { Description = "The schedule's id, as 'schedule list' names it." };

    private static readonly Option<string?> Name = new("--name") { Description = "What people call it; the spec's name by default.", HelpName = "TEXT" };

    private static readonly Option<string?> Spec = new("--spec") { Description = "The audit spec; without one the monitors of --deployment are run.", HelpName = "FILE" };

    private static readonly Option<string?> Cron = new("--cron") { Description = "By the clock: seconds, minutes, hours, day of month, month, day of week; the spec's own by default.", HelpName = "EXPRESSION" };

    private static readonly Option<string?> Zone = new("--timezone") { Description = "The zone of --cron; the spec's own, or UTC.", HelpName = "ZONE" };

    private static readonly Option<int?> Labels = new("--labels") { Description = "After so many new labels of --deployment.", HelpName = "N" };

    private static readonly Option<bool> NewVersion = new("--new-version") { Description = "For each new version of the model." };

    private static readonly Option<bool> Alert = new("--alert") { Description = "After an alert on the version or --deployment." };

    private static readonly Option<int?> DaysBefore = new("--days-before") { Description = "So many days before evidence under an approval expires.", HelpName = "N" };

    private static readonly Option<string?> Deployment = new("--deployment") { Description = "The deployment whose monitors, labels or alerts it is about.", HelpName = "ID" };

    private static readonly Option<string?> Reason = new("--reason") { Description = "Why; kept with the step.", HelpName = "TEXT" };

    /// <summary>Makes the command with its parts.</summary>
    public static Command Create()
    {
        Command schedule = new("schedule", "Audits and monitors that run again and again.");
        schedule.Subcommands.Add(GovernanceCommand.Create(
            "add", "Make a schedule; it runs in the name of whoever makes it.", AddAsync,
            Of, Name, Spec, Cron, Zone, Labels, NewVersion, Alert, DaysBefore, Deployment, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        schedule.Subcommands.Add(GovernanceCommand.Create("list", "Name the schedules that a person sees.", ListAsync, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        foreach ((string name, string description, ScheduleStepKind kind) in ((string, string, ScheduleStepKind)[])
        [
            ("pause", "Let a schedule stand still.", ScheduleStepKind.Paused), ("resume", "Let a paused schedule go on.", ScheduleStepKind.Resumed),
            ("remove", "End a schedule for good.", ScheduleStepKind.Removed),
        ])
        {
            schedule.Subcommands.Add(GovernanceCommand.Create(
                name, description, (context, cancellationToken) => StepAsync(context, kind, cancellationToken),
                Id, Reason, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        }

        schedule.Subcommands.Add(GovernanceCommand.Create(
            "run-now", "Start a run, whatever the clock says; the portal or a worker works through it.", RunNowAsync,
            Id, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        return schedule;
    }

    private static async Task<int> AddAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ScheduleWish wish = await WishAsync(context, cancellationToken);
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        switch (await RegistryRun.GuardAsync(() => registry.Get<PlanSchedule>().RunAsync(registry.Actor, wish, cancellationToken)))
        {
            case AddScheduleOutcome.Added { Schedule: var made }:
                await context.People.WriteLineAsync($"{made.Name}: {ScheduleWords.What(made.Work)} of {wish.Model}, {ScheduleWords.When(made.Plan)}. Its id is {made.Id}.");
                await context.WriteJsonAsync(new { id = made.Id.Value, name = made.Name }, cancellationToken);
                return 0;
            case AddScheduleOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            case AddScheduleOutcome.NoSuchModel:
                throw new InputException("There is no such model or version, or not for this person.");
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<ScheduleWish> WishAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string of = context.Arguments.GetValue(Of)!;
        int slash = of.LastIndexOf('/');
        int? number = slash < 0 ? null
            : int.TryParse(of[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int known) && known > 0 ? known
            : throw new InputException($"A version is named MODEL/NUMBER such as hmda-mortgage/3, not '{of}'.");
        string? spec = context.Arguments.GetValue(Spec) is string file ? Encoding.UTF8.GetString(await UserFiles.ReadAsync(file, cancellationToken)) : null;
        int? labels = context.Arguments.GetValue(Labels);
        int? days = context.Arguments.GetValue(DaysBefore);
        ScheduleTrigger[] triggers =
        [
            .. labels is null ? (ScheduleTrigger[])[] : [ScheduleTrigger.Labels], .. context.Arguments.GetValue(NewVersion) ? (ScheduleTrigger[])[ScheduleTrigger.NewVersion] : [],
            .. context.Arguments.GetValue(Alert) ? (ScheduleTrigger[])[ScheduleTrigger.Alert] : [], .. days is null ? (ScheduleTrigger[])[] : [ScheduleTrigger.EvidenceExpiring],
        ];
        return triggers.Length > 1 || (triggers.Length == 1 && context.Arguments.GetValue(Cron) is not null)
            ? throw new InputException("A schedule has one trigger: --cron, --labels, --new-version, --alert or --days-before.")
            : new ScheduleWish
            {
                Name = context.Arguments.GetValue(Name),
                Model = slash < 0 ? of : of[..slash],
                Number = number,
                Spec = spec,
                Trigger = triggers.Length == 0 ? ScheduleTrigger.Clock : triggers[0],
                Deployment = context.Arguments.GetValue(Deployment) is not string deployment ? null
                    : Guid.TryParse(deployment, out Guid id) ? new DeploymentId(id) : throw new InputException("A deployment is named by its id."),
                Cron = context.Arguments.GetValue(Cron),
                TimeZone = context.Arguments.GetValue(Zone),
                Labels = labels,
                DaysBefore = days,
            };
    }

    private static async Task<int> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        IReadOnlyList<ScheduleView> views = await registry.Get<ScheduleQueries>().VisibleToAsync(registry.Actor.User!.Value, cancellationToken);
        TextTable.Write(context.People,
        [
            ["schedule", "name", "of", "when", "state", "last run"],
            .. views.Select(view => (IReadOnlyList<string>)
            [
                view.Schedule.Id.ToString(), view.Schedule.Name, view.Label, ScheduleWords.When(view.Schedule.Plan), ScheduleWords.Of(view.Entry.State),
                view.Last is null ? "none yet" : $"{ScheduleWords.Of(view.Last.State)}, {ScheduleWords.Moment(view.Last.Row.DueAt)}",
            ]),
        ]);
        await context.WriteJsonAsync(new { schedules = views.Select(ScheduleAnswer.Of) }, cancellationToken);
        return 0;
    }

    private static async Task<int> StepAsync(CommandContext context, ScheduleStepKind kind, CancellationToken cancellationToken)
    {
        ScheduleId id = IdOf(context);
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        switch (await RegistryRun.GuardAsync(() => registry.Get<StepSchedule>().RunAsync(
            registry.Actor, id, kind, context.Arguments.GetValue(Reason), cancellationToken)))
        {
            case StepScheduleOutcome.Recorded { Entry: var entry }:
                await context.People.WriteLineAsync($"{entry.Schedule.Name} is {ScheduleWords.Of(entry.State)}.");
                await context.WriteJsonAsync(new { id = id.Value, state = entry.State }, cancellationToken);
                return 0;
            case StepScheduleOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            case StepScheduleOutcome.NoSuchSchedule:
                throw new InputException("There is no such schedule, or not for this person.");
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<int> RunNowAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ScheduleId id = IdOf(context);
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        ScheduleView view = await registry.Get<ScheduleQueries>().FindAsync(registry.Actor.User!.Value, id, cancellationToken)
            ?? throw new InputException("There is no such schedule, or not for this person.");
        Refusal? refusal = SchedulePolicy.RefusalToAdd(view.Viewer)
            ?? await RegistryRun.GuardAsync(() => registry.Get<RunSchedule>().ByHandAsync(view.Entry, cancellationToken));
        if (refusal is not null)
        {
            throw new InputException(refusal.Sentence);
        }

        await context.People.WriteLineAsync(view.Schedule.Work == ScheduleWork.Audit
            ? "The audit waits in the queue; the portal or a worker works through it."
            : "The monitors were run.");
        await context.WriteJsonAsync(new { id = id.Value, started = true }, cancellationToken);
        return 0;
    }

    private static ScheduleId IdOf(CommandContext context) => Guid.TryParse(context.Arguments.GetValue(Id), out Guid id)
        ? new ScheduleId(id)
        : throw new InputException("A schedule is named by its id; 'governance schedule list' shows them.");
}
