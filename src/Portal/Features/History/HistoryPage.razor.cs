using Governance.Portal.Components.Parts;
using Governance.Portal.Features.Versions;
using Governance.Registry.Access;
using Governance.Registry.Policies;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.History;

/// <summary>The History tab: the ledger's entries on a version, the latest first.</summary>
public sealed partial class HistoryPage
{
    private VersionView? view;
    private IReadOnlyList<TimelineEntry> entries = [];
    private (VersionAt Version, PolicyInForce Policy)? then;
    private IReadOnlyList<string> packs = [];

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter]
    public int Number { get; set; }

    /// <summary>The moment of the time machine: a day or a time, UTC; nothing for now.</summary>
    [SupplyParameterFromQuery]
    private string? At { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadHistory History { get; set; } = default!;

    [Inject]
    private ReadVersionAt Past { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Title => entries.Count switch
    {
        0 => "The history of this version",
        1 => "One entry in the ledger",
        int count => $"{count} entries in the ledger",
    };

    protected override async Task OnInitializedAsync()
    {
        view = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        if (view is null)
        {
            Navigation.NotFound();
            return;
        }

        if (VersionAt.Read(At) is DateTimeOffset at)
        {
            then = await Past.OfAsync(view, at, Http.RequestAborted);
            packs = [.. then.Value.Policy.Supplements.Prepend(then.Value.Policy.Base).Select(pack => $"{pack.Name} {pack.Number}")];
        }

        if (AccessPolicy.Decide(view.Person.Roles, Right.SeeLedger, view.Relation).Allowed)
        {
            entries = await History.OfAsync(view.Version.Subject, Http.RequestAborted);
        }
    }
}
