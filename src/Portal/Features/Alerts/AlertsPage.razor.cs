using Governance.Portal.Security;
using Governance.Registry.Alerts;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Alerts;

/// <summary>Every alert on the versions that the person sees.</summary>
public sealed partial class AlertsPage
{
    private const string Unsettled = "unsettled";
    private const string Muted = "muted";
    private const int Most = 200;

    private IReadOnlyList<AlertView> all = [];
    private IReadOnlyList<AlertView> shown = [];
    private int fitting;

    /// <summary>A state, "unsettled" or "muted"; anything else shows all.</summary>
    [SupplyParameterFromQuery]
    public string? State { get; set; }

    /// <summary>The least severity.</summary>
    [SupplyParameterFromQuery]
    public string? Severity { get; set; }

    /// <summary>A model's name.</summary>
    [SupplyParameterFromQuery]
    public string? Model { get; set; }

    /// <summary>"me" for one's own.</summary>
    [SupplyParameterFromQuery]
    public string? Owner { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private AlertQueries Queries { get; set; } = default!;

    private AlertSeverity Least => Enum.TryParse(Severity, out AlertSeverity known) && Enum.IsDefined(known) ? known : AlertSeverity.Info;

    private IEnumerable<string> Models => all.Select(view => view.Model).Distinct().Order(StringComparer.Ordinal);

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        all = await Queries.VisibleToAsync(Http.User.Id(), Http.RequestAborted);
        AlertView[] fit = [.. all.Where(Fits)];
        fitting = fit.Length;
        shown = [.. fit.Take(Most)];
    }

    private bool Fits(AlertView view) =>
        view.Entry.Severity >= Least
        && (string.IsNullOrEmpty(Model) || view.Model == Model)
        && (Owner != "me" || view.Entry.Owner == Http.User.Id())
        && State switch
        {
            Unsettled => view.IsActive,
            Muted => view.Entry.MutedUntil(view.Now) is not null,
            _ => !Enum.TryParse(State, out AlertState wanted) || view.State == wanted,
        };
}
