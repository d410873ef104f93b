using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Governance.Portal.Features.Models;
using Governance.Portal.Features.Uploads;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Models;
using Governance.Registry.Signatures;
using Governance.Registry.Uploads;
using Governance.Registry.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Versions;

/// <summary>The form that uploads a version of a model.</summary>
public sealed partial class RegisterVersionPage
{
    private const long MostEncoding = 8 << 20;
    private const string Gone = "This upload is no longer there, or was begun by someone else. Choose the file again.";
    private const long MostForm = MostEncoding + (1 << 20);

    private Model? model;
    private IReadOnlyList<(Guid Id, string Name)> candidates = [];
    private UploadState? file;
    private string? refusal;

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>What the first step handed over.</summary>
    [SupplyParameterFromQuery]
    private Guid? Upload { get; set; }

    [SupplyParameterFromForm(FormName = "register-version")]
    private VersionForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadModels Models { get; set; } = default!;

    [Inject]
    private RegisterUploadedVersion Register { get; set; } = default!;

    [Inject]
    private StagedUploads Uploads { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Here => $"/models/{Name}/versions/new";

    protected override async Task OnInitializedAsync()
    {
        Form ??= new VersionForm();
        (Person person, IReadOnlyList<ModelRow> rows) = await Models.ListAsync(Http.User, Http.RequestAborted);
        model = rows.FirstOrDefault(row => row.Model.Name == Name && !row.NameOnly)?.Model;
        if (model is null || !person.Roles.Contains(Role.Developer))
        {
            model = null;
            Navigation.NotFound();
            return;
        }

        file = Upload is Guid id && Uploads.Find(person.Id, new UploadId(id)) is { IsWhole: true, Upload.Kind: UploadKind.Model } whole
            && whole.Upload.Model == Name ? whole : null;
        refusal = Upload is not null && file is null ? Gone : null;
        candidates = [.. rows.SelectMany(row => row.Versions.Select(version => (version.Version.Id.Value, version.Standing.Name)))];
    }

    private async Task RegisterAsync()
    {
        if (Form!.Encoding?.Length > MostEncoding || Form.Signature?.Length > SignedStatement.MostBytes)
        {
            refusal = $"An encoding has at most {MostEncoding >> 20} MiB, a signature {SignedStatement.MostBytes >> 20} MiB.";
            return;
        }

        RegisterVersionOutcome? outcome = file is null ? null : await Register.RunAsync(
            Http.User.Actor(), Name, file.Upload.Id,
            new VersionWish(
                Form.Encoding is { Length: > 0 } encoding ? await BytesAsync(encoding) : null, Form.Note,
                Form.Parent is Guid parent ? [(new ModelVersionId(parent), Form.Kind)] : [],
                Form.Signature is { Length: > 0 } signature ? await BytesAsync(signature) : null),
            Http.RequestAborted);
        Answer(outcome);
    }

    private void Answer(RegisterVersionOutcome? outcome)
    {
        switch (outcome)
        {
            case RegisterVersionOutcome.Registered { Version: var version }:
                Navigation.NavigateTo($"/models/{Name}/versions/{version.Number}/overview");
                break;
            case RegisterVersionOutcome.Refused { Reason: var reason }:
                refusal = reason.Sentence;
                break;
            case null:
                refusal = Gone;
                break;
            case RegisterVersionOutcome.NoSuchModel:
                Navigation.NotFound();
                break;
            default:
                throw new UnreachableException();
        }
    }

    private async Task<byte[]> BytesAsync(IFormFile sent)
    {
        byte[] bytes = new byte[sent.Length];
        await using Stream stream = sent.OpenReadStream();
        await stream.ReadExactlyAsync(bytes, Http.RequestAborted);
        return bytes;
    }

    private sealed class VersionForm
    {
        public IFormFile? Encoding { get; set; }

        public IFormFile? Signature { get; set; }

        public Guid? Parent { get; set; }

        public ParentKind Kind { get; set; }

        [StringLength(ModelVersion.MaxNoteLength, ErrorMessage = "At most 1,000 characters.")]
        public string? Note { get; set; }
    }
}
