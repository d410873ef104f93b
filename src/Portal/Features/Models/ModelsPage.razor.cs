using Governance.Audit.Serving;
using Governance.Portal.Components.Parts;
using Governance.Portal.Features.Versions;
using Governance.Registry.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Governance.Portal.Features.Models;

/// <summary>Every model that someone may see, with search and filters in the address.</summary>
public sealed partial class ModelsPage
{
    private IReadOnlyList<ModelRow> all = [];
    private IReadOnlyList<ModelRow> shown = [];
    private IReadOnlyList<TableColumn<ModelRow>> columns = ModelColumns.All;
    private bool mayRegister;

    [SupplyParameterFromQuery]
    private string? Q { get; set; }

    [SupplyParameterFromQuery]
    private string? Tier { get; set; }

    [SupplyParameterFromQuery(Name = "stage")]
    private string? StageName { get; set; }

    [SupplyParameterFromQuery(Name = "lens")]
    private string? LensName { get; set; }

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

    private static readonly (string Name, string? Key)[] AllLenses = [("Governance", null), ("Health", "health"), ("Serving", "serving"), ("Protection", "protection")];

    private string? Looked => AllLenses.FirstOrDefault(lens => lens.Key == LensName).Key;

    private string Caption => Looked switch
    {
        "serving" => "Models with what serving measured",
        "health" => "Models with what is live and what is wrong",
        "protection" => "Models with what keeps them from being copied",
        _ => "Models with their latest version",
    };

    private IReadOnlyList<TabLink> Lenses => [.. AllLenses.Select(lens => new TabLink(lens.Name, Lens(lens.Key, filtered: true), lens.Key == Looked))];

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
        columns = Looked switch
        {
            "serving" => ModelServingColumns.Of(ModelServing.ByModel(Meters)),
            "health" => ModelHealthColumns.Of(await Health.OfAsync(person.Id, Http.RequestAborted), Clock.GetUtcNow()),
            "protection" => ModelProtectionColumns.Of(
                await Protection.OfAsync(person.Id, all.Where(row => !row.NameOnly).Select(row => row.Model), Http.RequestAborted)),
            _ => ModelColumns.All,
        };
        shown = [.. all.Where(row => ModelFilter.Fits(row, Q, Tier, StageName))];
    }

    private string Lens(string? lens, bool filtered) => QueryHelpers.AddQueryString("/models", new Dictionary<string, string?>
    {
        ["lens"] = lens,
        ["q"] = filtered && !string.IsNullOrWhiteSpace(Q) ? Q : null,
        ["tier"] = filtered && !string.IsNullOrEmpty(Tier) ? Tier : null,
        ["stage"] = filtered && !string.IsNullOrEmpty(StageName) ? StageName : null,
    });
}
