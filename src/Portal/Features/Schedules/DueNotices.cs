using Governance.Portal.Features.Home;
using Governance.Portal.Features.Register;
using Governance.Registry.Access;
using Governance.Registry.Register;
using Governance.Registry.Schedules;
using Governance.Registry.SignOffs;
using Governance.Registry.Versions;

namespace Governance.Portal.Features.Schedules;

/// <summary>What is overdue, and what ends soon, for one person's Home.</summary>
internal sealed class DueNotices(ScheduleQueries schedules, ExpireSignOffs deadlines, RegisterQueries register, TimeProvider time)
{
    private static readonly TimeSpan FindingReminder = TimeSpan.FromDays(14);

    /// <summary>The items.</summary>
    /// <param name="person">Who looks.</param>
    /// <param name="versions">The versions that they see, with their ids.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<IReadOnlyList<WorkItem>> OfAsync(
        Person person, IReadOnlyDictionary<ModelVersionId, VersionStanding> versions, CancellationToken cancellationToken) =>
    [
        .. (await schedules.VisibleToAsync(person.Id, cancellationToken)).Select(view => Overdue(view, person)).OfType<WorkItem>(),
        .. await EndingAsync(person, versions, cancellationToken),
        .. (await register.VisibleToAsync(person.Id, cancellationToken)).Select(view => Due(view, person)).OfType<WorkItem>(),
    ];

    // Who can do something about it: who it runs as, and who may schedule.
    private static WorkItem? Overdue(ScheduleView view, Person person) =>
        view is { Entry.State: ScheduleState.Active, Last: { State: ScheduleRunState.Missed or ScheduleRunState.Failed } last }
        && (view.Schedule.Owner == person.Id || SchedulePolicy.RefusalToAdd(view.Viewer) is null)
            ? new WorkItem(
                WorkKind.Overdue, $"{view.Schedule.Name} of {view.Label} is overdue",
                $"The run of {ScheduleWords.Moment(last.Row.DueAt)} {(last.State == ScheduleRunState.Missed ? "did not happen" : "failed")}. {last.Message}",
                ScheduleWords.AddressOf(view.Schedule), "Look", last.Row.DueAt)
            : null;

    private async Task<IReadOnlyList<WorkItem>> EndingAsync(
        Person person, IReadOnlyDictionary<ModelVersionId, VersionStanding> versions, CancellationToken cancellationToken)
    {
        ModelVersionId[] approved = [.. versions.Where(pair => pair.Value.Stage.IsApproved()).Select(pair => pair.Key)];
        if (approved.Length == 0 || person.Roles.All(role => role is Role.Consumer or Role.Auditor))
        {
            return [];
        }

        DateTimeOffset now = time.GetUtcNow();
        return
        [
            .. (await deadlines.DeadlinesAsync(approved, cancellationToken)).Select(pair => (Version: versions[pair.Key], Next: pair.Value[0]))
                .Where(pair => pair.Next.RemindAt <= now && pair.Next.At > now)
                .Select(pair => new WorkItem(
                    WorkKind.Expiring, $"{pair.Version.Name}: the approval ends soon", pair.Next.Ahead, pair.Version.Address("sign-off"), "Renew", pair.Next.RemindAt)),
        ];
    }

    private WorkItem? Due(RegisterView view, Person person) =>
        view.Status == FindingStatus.Open && view.Entry.Owner == person.Id && view.Entry.DueAt is DateTimeOffset due && due - time.GetUtcNow() <= FindingReminder
            ? new WorkItem(
                view.Overdue ? WorkKind.Overdue : WorkKind.Expiring, view.Entry.Finding.Title,
                $"A finding on {view.Label} {(view.Overdue ? "was" : "is")} due on {RegisterWords.Day(due)}, and it is yours.",
                RegisterWords.AddressOf(view), "Answer", view.Entry.Finding.RaisedAt)
            : null;
}
