using Governance.Portal.Components.Parts;
using Governance.Portal.Features.Alarms;
using Governance.Portal.Features.Alerts;
using Governance.Portal.Features.History;
using Governance.Portal.Features.Models;
using Governance.Portal.Features.Schedules;
using Governance.Portal.Features.Versions;
using Governance.Registry.Access;
using Governance.Registry.Comments;
using Governance.Registry.Evidence;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Home;

/// <summary>What needs the person who looks, and the portfolio that they see.</summary>
public sealed partial class HomePage
{
    private const int LedgerEntries = 6;
    private const int LatestEvidence = 8;
    private const int LatestComments = 5;

    private IReadOnlyList<VersionStanding> standings = [];
    private IReadOnlyList<WorkItem> work = [];
    private IReadOnlyList<TimelineEntry> ledger = [];
    private IReadOnlyList<(VersionStanding Version, EvidenceRecord Record)> evidence = [];
    private IReadOnlyList<CommentView> comments = [];
    private int models;

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadModels Models { get; set; } = default!;

    [Inject]
    private ReadHistory History { get; set; } = default!;

    [Inject]
    private CommentQueries Comments { get; set; } = default!;

    [Inject]
    private AlarmNotices Alarms { get; set; } = default!;

    [Inject]
    private AlertNotices Alerts { get; set; } = default!;

    [Inject]
    private DueNotices Due { get; set; } = default!;

    [Inject]
    private AccessNotices Notices { get; set; } = default!;

    private string Lede => standings.Count == 0
        ? "No model with a version is granted to you yet."
        : $"You see {models} model{VersionWords.Plural(models)} with {standings.Count} version{VersionWords.Plural(standings.Count)}"
            + (work.Count == 0 ? "." : "; ")
            + (work.Count == 0 ? "" : $"{Count(WorkKind.Breach, "breached gate")}, {Count(WorkKind.Decide, "decision")} and {Count(WorkKind.Review, "review")} wait for you.");

    protected override async Task OnInitializedAsync()
    {
        (Person person, IReadOnlyList<ModelRow> rows) = await Models.ListAsync(Http.User, Http.RequestAborted);
        models = rows.Count;
        comments = await Comments.LatestAsync(person.Id, onlyMentions: false, LatestComments, Http.RequestAborted);
        standings = [.. rows.SelectMany(row => row.Versions).Select(version => version.Standing)];
        evidence =
        [
            .. rows.SelectMany(row => row.Versions).SelectMany(version => version.Evidence.Select(record => (version.Standing, record)))
                .OrderByDescending(pair => pair.record.SealedAt).Take(LatestEvidence),
        ];
        work = [.. NeedsMe.Of(standings, person).Concat(await Alarms.OfAsync(person.Id, Http.RequestAborted))
            .Concat(await Alerts.OfAsync(person.Id, Http.RequestAborted))
            .Concat(await Notices.OfAsync(person.Id, Http.RequestAborted))
            .Concat(await Due.OfAsync(
                person, rows.SelectMany(row => row.Versions).ToDictionary(version => version.Version.Id, version => version.Standing), Http.RequestAborted)).OrderBy(item => item.Kind).ThenBy(item => item.Since)];
        if (person.Roles.Any(role => AccessPolicy.CellOf(role, Right.SeeLedger) != Allowance.Never))
        {
            Dictionary<string, string> seen = rows.Where(row => !row.NameOnly)
                .ToDictionary(row => row.Model.Id.ToString(), row => row.Model.Name);
            foreach (VersionRow version in rows.SelectMany(row => row.Versions))
            {
                seen[version.Version.Id.ToString()] = version.Standing.Name;
            }

            ledger = await History.LatestAsync(seen, LedgerEntries, Http.RequestAborted);
        }
    }

    private string Count(WorkKind kind, string name)
    {
        int count = work.Count(item => item.Kind == kind);
        return $"{count} {name}{VersionWords.Plural(count)}";
    }
}
