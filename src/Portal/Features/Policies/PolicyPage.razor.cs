using System.Globalization;
using Governance.Registry.Models;
using Governance.Registry.Policies;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Policies;

/// <summary>One policy pack: everything that it says, with its citations.</summary>
public sealed partial class PolicyPage
{
    private PolicyPack? pack;

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
    private NavigationManager Navigation { get; set; } = default!;

    private string Lines => pack!.Checklist.Count == 1 ? "One line" : $"{Text(pack.Checklist.Count)} lines";

    protected override async Task OnInitializedAsync()
    {
        pack = (await Policies.FindAsync(Pack, Number, Http.RequestAborted))?.Pack;
        if (pack is null)
        {
            Navigation.NotFound();
        }
    }

    private string[] Line(ChecklistRequirement line) =>
    [
        line.Id, $"{line.Group}: {line.Name}", PolicyWords.Kind(line.Kind), string.Join("; ", new[] { line.Metrics is null ? null : string.Join(", ", line.Metrics), line.Asks }.OfType<string>()),
        string.Join(", ", Enum.GetValues<RiskTier>().Where(tier => tier >= line.FromTier && pack!.LifetimeOf(line, tier) is not null)
            .Select(tier => $"{tier} {Text((int)pack!.LifetimeOf(line, tier)!.Value.TotalDays)}")),
        line.Citation,
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
