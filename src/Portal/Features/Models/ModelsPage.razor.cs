using Governance.Audit.Serving;
using Governance.Portal.Components.Parts;
using Governance.Portal.Features.Versions;
using Governance.Registry.Access;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Models;

/// <summary>Every model that someone may see, with search and filters in the address.</summary>
public sealed partial class ModelsPage
{
    private IReadOnlyList<ModelRow> all = [];
    private IReadOnlyList<ModelRow> shown = [];
    private IReadOnlyList<TableColumn<ModelRow>> columns = ModelColumns.All;
    private ModelView asked = new();
    private bool mayRegister;

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadModels Models { get; set; } = default!;

    [Inject]
    private ServingMeters Meters { get; set; } = default!;

    [Inject]
    private ReadModelHealth Health { get; set; } = default!;

    [Inject]
    private ReadModelProtection Protection { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private string Caption => asked.Lens switch
    {
        "serving" => "Models with what serving measured",
        "health" => "Models with what is live and what is wrong",
        "protection" => "Models with what keeps them from being copied",
        _ => "Models with their latest version",
    };

    // Each lens has columns of its own, so that an order is not taken along.
    private IReadOnlyList<TabLink> Lenses =>
        [.. ModelView.Lenses.Select(lens => new TabLink(lens.Name, (asked with { Lens = lens.Key, Sort = null }).Address, lens.Key == asked.Lens))];

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
        asked = ModelView.Of(Http.Request.QueryString.Value ?? "");
        (Person person, all) = await Models.ListAsync(Http.User, Http.RequestAborted);
        mayRegister = person.Roles.Contains(Role.Developer);
        columns = asked.Lens switch
        {
            "serving" => ModelServingColumns.Of(ModelServing.ByModel(Meters)),
            "health" => ModelHealthColumns.Of(await Health.OfAsync(person.Id, Http.RequestAborted), Clock.GetUtcNow()),
            "protection" => ModelProtectionColumns.Of(
                await Protection.OfAsync(person.Id, all.Where(row => !row.NameOnly).Select(row => row.Model), Http.RequestAborted)),
            _ => ModelColumns.All,
        };
        shown = [.. all.Where(row => ModelFilter.Fits(row, asked.Search, asked.Tier, asked.Stage))];
    }
}
