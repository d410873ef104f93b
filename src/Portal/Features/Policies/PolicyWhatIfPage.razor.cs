using System.Globalization;
using Governance.Portal.Security;
using Governance.Registry.Policies;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Policies;

/// <summary>What a pack would say of all live versions that the person may see.</summary>
public sealed partial class PolicyWhatIfPage
{
    private PolicyPack? pack;
    private IReadOnlyList<VersionWhatIf> rows = [];

    /// <summary>The pack's name.</summary>
    [Parameter]
    public string Pack { get; set; } = "";

    /// <summary>The pack's number.</summary>
    [Parameter]
    public int Number { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private PolicyQueries Policies { get; set; } = default!;

    [Inject]
    private ReadPolicyWhatIf WhatIf { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Headline
    {
        get
        {
            int breached = rows.Count(row => row.NewBreaches > 0);
            int lacking = rows.Count(row => row.Lacking > 0);
            string first = breached == 0 ? "No version would breach a limit that it keeps now" : $"{Versions(breached)} would breach a limit that {(breached == 1 ? "it keeps" : "they keep")} now";
            return lacking == 0 ? first : $"{first}; {Versions(lacking)} would need an audit to be decided";
        }
    }

    protected override async Task OnInitializedAsync()
    {
        PolicyPack? found = (await Policies.FindAsync(Pack, Number, Http.RequestAborted))?.Pack;
        if (found is null)
        {
            Navigation.NotFound();
            return;
        }

        rows = await WhatIf.RunAsync(found, Http.User.Id(), Http.RequestAborted);
        pack = found; // last: the page is drawn while this waits
    }

    private static string Versions(int count) => count == 1 ? "1 version" : string.Create(CultureInfo.InvariantCulture, $"{count} versions");

    private static string Change(int? now, int? then) => then is null || now == then ? $"{now}" : $"{now} → {then}";
}
