using Governance.Audit.Data;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Explanations.Summaries;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Explanations.Summaries;

/// <summary>How a feature's attribution goes with its value: which feature and which colour stand in the address.</summary>
public sealed partial class DependencePage
{
    private VersionView? view;
    private ShownAttributions? shown;
    private PlotDrawing? drawing;
    private string? color;
    private IReadOnlyList<Partner> partners = [];

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter]
    public int Number { get; set; }

    /// <summary>Whose attributions; the latest evidence by default.</summary>
    [SupplyParameterFromQuery]
    private Guid? Evidence { get; set; }

    /// <summary>Which of several classes, from 0.</summary>
    [SupplyParameterFromQuery]
    private int? Class { get; set; }

    /// <summary>The feature; the most important one by default.</summary>
    [SupplyParameterFromQuery]
    private string? Of { get; set; }

    /// <summary>The column that colours the dots; blank for the one that interacts most.</summary>
    [SupplyParameterFromQuery]
    private string? By { get; set; }

    /// <summary>A condition for the rows shown.</summary>
    [SupplyParameterFromQuery]
    private string? Cohort { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadAttributions Attributions { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    // Features that are columns the person may read, the most important first.
    private IReadOnlyList<string> Features => [.. shown!.Order.Where(feature => shown.Rows!.Open.Find(feature) is not null)];

    private int Masked => shown!.Order.Count(shown.Rows!.IsMasked);

    private string Feature => string.IsNullOrEmpty(Of) ? Features[0] : Of;

    private string? Refusal => shown!.Rows!.IsMasked(Feature) ? $"The cells of '{Feature}' are masked for your role, so its values cannot be drawn."
        : !Features.Contains(Feature) ? $"'{Feature}' is none of the features explained."
        : !string.IsNullOrEmpty(By) && !Features.Contains(By) ? $"The dots cannot be coloured by '{By}': it is none of the features explained, or masked for your role."
        : null;

    protected override async Task OnInitializedAsync()
    {
        VersionView? found = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        if (found is null)
        {
            Navigation.NotFound();
            return;
        }

        shown = await Attributions.FindAsync(found, new AttributionsWish(Evidence, Class, null, Cohort), Http.RequestAborted);
        view = found;
        if (shown?.Rows is not null && Features.Count > 0 && Refusal is null)
        {
            Draw(shown.Rows.Open);
        }
    }

    private void Draw(Table open)
    {
        AttributionMatrix attributions = shown!.Attributions;
        int place = attributions.Features.ToList().IndexOf(Feature);
        Dictionary<int, int> position = [];
        for (int i = 0; i < attributions.Count; i++)
        {
            position[attributions.Rows[i]] = i;
        }

        int[] rows = SampleRows.Draw([.. position.Keys.Where(row => row < open.Rows).Order()], FeatureAssociation.MostRows, shown.Report.Seed);
        double[] values = [.. rows.Select(row => attributions[position[row]][place])];
        partners = InteractionPartner.Rank(
            open.Need(Feature).Take(rows), values, [.. Features.Where(name => name != Feature).Select(name => open.Need(name).Take(rows))]);
        color = !string.IsNullOrEmpty(By) ? By
            : partners.Count > 0 && partners[0].Share >= InteractionPartner.LeastShare ? partners[0].Column : null;
        drawing = DependencePlot.Draw(attributions, Feature, open, color, partners, shown.Unit);
    }
}
