using System.Diagnostics;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.SignOffs;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.SignOffs;

/// <summary>Seals statements on lines that nobody can measure.</summary>
public sealed partial class AttestationForms
{
    private string? refusal;

    /// <summary>What lies before the signer.</summary>
    [Parameter, EditorRequired]
    public SignOffDesk Desk { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "attestation")]
    private StatementInput? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private RecordAttestation Attest { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private IReadOnlyList<ChecklistLine> Written => [.. Desk.Lines.Where(line => line.IsWritten)];

    private string? First => Written.FirstOrDefault(line => line.Statement is null)?.Id;

    private string? Closed => StatementPolicy.RefusalForAttestation(
        Desk.View.Version.Stage, new Standing(Desk.View.Person, Desk.View.Relation))?.Sentence;

    protected override void OnInitialized() => Form ??= new StatementInput();

    private async Task SealAsync()
    {
        if (!Written.Any(line => line.Id == Form!.Line))
        {
            refusal = "The policy has no such line.";
            return;
        }

        switch (await Attest.RunAsync(Http.User.Actor(), Desk.View.Version.Id, Form!.Line!, Form.Text, Http.RequestAborted))
        {
            case StatementOutcome.Recorded:
                Navigation.NavigateTo(Desk.View.Address("sign-off") + "#statements");
                break;
            case StatementOutcome.Refused { Reason: var reason }:
                refusal = reason.Sentence;
                break;
            case StatementOutcome.NoSuchVersion:
                Navigation.NotFound();
                break;
            default:
                throw new UnreachableException();
        }
    }

    private sealed class StatementInput
    {
        public string? Line { get; set; }

        public string? Text { get; set; }
    }
}
