using System.Diagnostics;
using Governance.Portal.Security;
using Governance.Registry.Signatures;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Signatures;

/// <summary>The keys whose signatures are trusted, for administrators.</summary>
public sealed partial class PublisherKeysPage
{
    private IReadOnlyList<PublisherKey> keys = [];
    private string? refusal;

    [SupplyParameterFromForm(FormName = "publisher-key")]
    private KeyForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ManagePublisherKeys Manage { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    // The button says it all; a form needs a model.
    private object Withdraw { get; } = new();

    private string Title => keys.Count(key => key.WithdrawnAt is null) switch
    {
        0 => "No key is trusted yet",
        1 => "One key is trusted",
        int count => $"{count} keys are trusted",
    };

    protected override async Task OnInitializedAsync()
    {
        Form ??= new KeyForm();
        keys = await Manage.ListAsync(Http.RequestAborted);
    }

    private async Task AddAsync() =>
        Show(await Manage.AddAsync(Http.User.Actor(), Form!.Name, Form.Pem ?? "", Http.RequestAborted));

    private async Task WithdrawAsync(PublisherKeyId key) =>
        Show(await Manage.WithdrawAsync(Http.User.Actor(), key, Http.RequestAborted));

    private void Show(PublisherKeyOutcome outcome)
    {
        switch (outcome)
        {
            case PublisherKeyOutcome.Changed:
                Navigation.NavigateTo("/publisher-keys");
                break;
            case PublisherKeyOutcome.Refused { Reason.Sentence: var sentence }:
                refusal = sentence;
                break;
            default:
                throw new UnreachableException();
        }
    }

    private sealed class KeyForm
    {
        public string? Name { get; set; }

        public string? Pem { get; set; }
    }
}
