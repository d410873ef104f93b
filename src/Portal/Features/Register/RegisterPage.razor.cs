using Governance.Portal.Security;
using Governance.Registry.Register;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Register;

/// <summary>Every finding of the versions that the person sees.</summary>
public sealed partial class RegisterPage
{
    private IReadOnlyList<RegisterView> all = [];
    private IReadOnlyList<RegisterView> shown = [];

    /// <summary>A status, or "overdue"; anything else shows all.</summary>
    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    /// <summary>The least severity.</summary>
    [SupplyParameterFromQuery]
    public string? Severity { get; set; }

    /// <summary>"me" for one's own.</summary>
    [SupplyParameterFromQuery]
    public string? Owner { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private RegisterQueries Queries { get; set; } = default!;

    private Severity Least => Enum.TryParse(Severity, out Severity known) && Enum.IsDefined(known) ? known : Governance.Registry.Register.Severity.Low;

    private string Title => all.Count(view => view.Status == FindingStatus.Open) switch
    {
        0 => "Nothing is open",
        1 => "One finding is open",
        int open => $"{open} findings are open",
    };

    protected override async Task OnInitializedAsync()
    {
        all = await Queries.VisibleToAsync(Http.User.Id(), Http.RequestAborted);
        shown = [.. all.Where(Fits)];
    }

    private bool Fits(RegisterView view) =>
        view.Entry.Finding.Severity >= Least
        && (Owner != "me" || view.Entry.Owner == Http.User.Id())
        && (Status == "overdue" ? view.Overdue : !Enum.TryParse(Status, out FindingStatus wanted) || view.Status == wanted);
}
