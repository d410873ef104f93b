using System.Diagnostics;
using Governance.Portal.Features.SignOffs;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Register;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Register;

/// <summary>The register of one version.</summary>
public sealed partial class RegisterPanel
{
    private string? refusal;

    /// <summary>The version.</summary>
    [Parameter, EditorRequired]
    public VersionView View { get; set; } = default!;

    /// <summary>Its findings.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<RegisterView> Findings { get; set; } = [];

    /// <summary>Who may own a finding.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<(UserId Person, string Name)> Owners { get; set; } = [];

    [SupplyParameterFromForm(FormName = "raise")]
    private RaiseInput? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private RaiseFinding Raise { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Title => Findings.Count == 0
        ? "Register: no finding on this version"
        : $"Register: {Findings.Count(view => view.Status == FindingStatus.Open)} open of {Findings.Count} finding{VersionWords.Plural(Findings.Count)}";

    private bool MayRaise => RegisterPolicy.RefusalForRaising(View.Version.Stage, View.State.People, new Standing(View.Person, View.Relation)) is null;

    protected override void OnInitialized() => Form ??= new RaiseInput();

    private async Task RaiseAsync()
    {
        NewFinding wanted = new(
            Form!.Title, Form.Details, Form.Severity, Guid.TryParse(Form.Owner, out Guid owner) ? new UserId(owner) : null,
            string.IsNullOrWhiteSpace(Form.Due) ? null : SignOffForm.DayOf(Form.Due));
        switch (await Raise.RunAsync(Http.User.Actor(), View.Version.Id, wanted, Http.RequestAborted))
        {
            case RegisterOutcome.Recorded:
                Navigation.NavigateTo(View.Address("sign-off") + "#register");
                break;
            case RegisterOutcome.Refused { Reason: var reason }:
                refusal = reason.Sentence;
                break;
            case RegisterOutcome.NotFound:
                Navigation.NotFound();
                break;
            default:
                throw new UnreachableException();
        }
    }

    private sealed class RaiseInput
    {
        public string? Title { get; set; }

        public string? Details { get; set; }

        public Severity Severity { get; set; } = Severity.Medium;

        public string? Due { get; set; }

        public string? Owner { get; set; }
    }
}
