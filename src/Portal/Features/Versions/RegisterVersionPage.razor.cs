using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Audit.Registrations;
using Governance.Portal.Features.Models;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Models;
using Governance.Registry.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Versions;

/// <summary>The form that uploads a version of a model.</summary>
public sealed partial class RegisterVersionPage
{
    private const long MostUpload = 100 << 20; // below the framework's 128 MiB for a form; larger files come by the command line
    private const long MostEncoding = 8 << 20;

    private Model? model;
    private IReadOnlyList<(Guid Id, string Name)> candidates = [];
    private string? refusal;

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    [SupplyParameterFromForm(FormName = "register-version")]
    private VersionForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadModels Models { get; set; } = default!;

    [Inject]
    private AdmitVersion Admit { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

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

        candidates = [.. rows.SelectMany(row => row.Versions.Select(version => (version.Version.Id.Value, version.Standing.Name)))];
    }

    private async Task RegisterAsync()
    {
        if (Form!.File is not { Length: > 0 } file)
        {
            refusal = "Choose an ONNX file.";
            return;
        }

        if (Form.Encoding?.Length > MostEncoding)
        {
            refusal = $"An encoding has at most {MostEncoding >> 20} MiB.";
            return;
        }

        try
        {
            RegisterVersionOutcome outcome = await Admit.RunAsync(
                Http.User.Actor(), Name, await BytesAsync(file),
                Form.Encoding is { Length: > 0 } encoding ? await BytesAsync(encoding) : null, Form.Note,
                Form.Parent is Guid parent ? [(new ModelVersionId(parent), Form.Kind)] : [], Http.RequestAborted);
            Answer(outcome);
        }
        catch (InputException fault)
        {
            refusal = fault.Message;
        }
    }

    private void Answer(RegisterVersionOutcome outcome)
    {
        switch (outcome)
        {
            case RegisterVersionOutcome.Registered { Version: var version }:
                Navigation.NavigateTo($"/models/{Name}/versions/{version.Number}/overview");
                break;
            case RegisterVersionOutcome.Refused { Reason: var reason }:
                refusal = reason.Sentence;
                break;
            case RegisterVersionOutcome.NoSuchModel:
                Navigation.NotFound();
                break;
            default:
                throw new UnreachableException();
        }
    }

    private async Task<byte[]> BytesAsync(IFormFile file)
    {
        byte[] bytes = new byte[file.Length];
        await using Stream stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(bytes, Http.RequestAborted);
        return bytes;
    }

    private sealed class VersionForm
    {
        [Required(ErrorMessage = "Choose an ONNX file.")]
        public IFormFile? File { get; set; }

        public IFormFile? Encoding { get; set; }

        public Guid? Parent { get; set; }

        public ParentKind Kind { get; set; }

        [StringLength(ModelVersion.MaxNoteLength, ErrorMessage = "At most 1,000 characters.")]
        public string? Note { get; set; }
    }
}
