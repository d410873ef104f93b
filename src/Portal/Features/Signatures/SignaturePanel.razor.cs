using System.Diagnostics;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Signatures;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Signatures;

/// <summary>The signatures of a version, and the form that adds one.</summary>
public sealed partial class SignaturePanel
{
    private IReadOnlyList<SignatureView> signatures = [];
    private string? refusal;

    /// <summary>The version.</summary>
    [Parameter, EditorRequired]
    public VersionView View { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "signature")]
    private SignatureForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private SignatureQueries Queries { get; set; } = default!;

    [Inject]
    private AttachSignature Attach { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Title => signatures.Count == 0 ? "Unsigned"
        : signatures.Any(signature => signature.Key is { WithdrawnAt: null }) ? "Signed by a trusted publisher"
        : "Signed, but by no key that is trusted now";

    protected override async Task OnInitializedAsync()
    {
        Form ??= new SignatureForm();
        signatures = await Queries.OfAsync(View.Version.Id, Http.RequestAborted);
    }

    private async Task AttachAsync()
    {
        if (Form!.File is not { Length: > 0 and <= SignedStatement.MostBytes } file)
        {
            refusal = $"Choose a signature file of at most {SignedStatement.MostBytes >> 20} MiB.";
            return;
        }

        byte[] bytes = new byte[file.Length];
        await using (Stream stream = file.OpenReadStream())
        {
            await stream.ReadExactlyAsync(bytes, Http.RequestAborted);
        }

        switch (await Attach.RunAsync(Http.User.Actor(), View.Version.Id, bytes, Http.RequestAborted))
        {
            case AttachOutcome.Recorded:
                Navigation.NavigateTo(View.Address() + "#signatures");
                break;
            case AttachOutcome.Refused { Reason.Sentence: var sentence }:
                refusal = sentence;
                break;
            case AttachOutcome.NoSuchVersion:
                Navigation.NotFound();
                break;
            default:
                throw new UnreachableException();
        }
    }

    private sealed class SignatureForm
    {
        public IFormFile? File { get; set; }
    }
}
