using Governance.Portal.Features.Versions;
using Governance.Registry.Access;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Models;

/// <summary>Every model that someone may see, with search and filters in the address.</summary>
public sealed partial class ModelsPage
{
    private IReadOnlyList<ModelRow> all = [];
    private IReadOnlyList<ModelRow> shown = [];
    private bool mayRegister;

    [SupplyParameterFromQuery]
    private string? Q { get; set; }

    [SupplyParameterFromQuery]
    private string? Tier { get; set; }

    [SupplyParameterFromQuery(Name = "stage")]
    private string? StageName { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadModels Models { get; set; } = default!;

    private bool IsFiltered => !string.IsNullOrWhiteSpace(Q) || !string.IsNullOrEmpty(Tier) || !string.IsNullOrEmpty(StageName);

    private string Lede
    {
        get
        {
            int versions = all.Sum(row => row.Versions.Count);
            int breached = all.Count(row => row.Latest?.Latest is { Breaches: > 0 });
            int bare = all.Count(row => row is { NameOnly: false, Latest.Latest: null });
            return $"{all.Count} model{VersionWords.Plural(all.Count)}, {versions} version{VersionWords.Plural(versions)}. "
                + $"{breached} breach{(breached == 1 ? "es" : "")} a gate in the latest version, {bare} lack{(bare == 1 ? "s" : "")} evidence.";
        }
    }

    protected override async Task OnInitializedAsync()
    {
        (Person person, all) = await Models.ListAsync(Http.User, Http.RequestAborted);
        mayRegister = person.Roles.Contains(Role.Developer);
        shown = [.. all.Where(row => ModelFilter.Fits(row, Q, Tier, StageName))];
    }
}
