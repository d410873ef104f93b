using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Governance.Portal.Security;
using Governance.Registry.Models;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Models;

/// <summary>The form that puts a model on record.</summary>
public sealed partial class RegisterModelPage
{
    private string? refusal;

    [SupplyParameterFromForm(FormName = "register-model")]
    private ModelForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private RegisterModel Register { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override void OnInitialized() => Form ??= new ModelForm();

    private async Task RegisterAsync()
    {
        RegisterModelOutcome outcome = await Register.RunAsync(
            Http.User.Actor(), new NewModel(Form!.Name.Trim(), Form.Title, Form.Purpose, Form.Tier!.Value), Http.RequestAborted);
        switch (outcome)
        {
            case RegisterModelOutcome.Registered { Model: var model }:
                Navigation.NavigateTo($"/models/{model.Name}");
                break;
            case RegisterModelOutcome.Refused { Reason: var reason }:
                refusal = reason.Sentence;
                break;
            default:
                throw new UnreachableException();
        }
    }

    private sealed class ModelForm
    {
        [Required(ErrorMessage = NameRule.Sentence)]
        public string Name { get; set; } = "";

        [Required(ErrorMessage = "Give it a title."), StringLength(Model.MaxTitleLength, ErrorMessage = "At most 200 characters.")]
        public string Title { get; set; } = "";

        [Required(ErrorMessage = "Say what the model is used for."), StringLength(Model.MaxPurposeLength, ErrorMessage = "At most 4,000 characters.")]
        public string Purpose { get; set; } = "";

        [Required(ErrorMessage = "Choose a tier.")]
        public RiskTier? Tier { get; set; }
    }
}
