using System.ComponentModel.DataAnnotations;
using Governance.Audit.Data;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Datasets;

/// <summary>The first step of a new data set: the file, read once to see that it can be.</summary>
public sealed partial class UploadDatasetPage
{
    private const long MostUpload = 100 << 20; // below the framework's 128 MiB for a form

    private string? refusal;

    [SupplyParameterFromForm(FormName = "upload-dataset")]
    private UploadForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadDatasets Datasets { get; set; } = default!;

    [Inject]
    private ArtifactStore Store { get; set; } = default!;

    [Inject]
    private UploadTicket Tickets { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override void OnInitialized() => Form ??= new UploadForm();

    private async Task UploadAsync()
    {
        (Person person, _) = await Datasets.ListAsync(Http.User, Http.RequestAborted);
        if (!person.Roles.Contains(Role.Developer))
        {
            refusal = "Only developers register data sets. Ask an administrator for the role.";
            return;
        }

        await using Stream file = Form!.File!.OpenReadStream();
        using MemoryStream bytes = new();
        await file.CopyToAsync(bytes, Http.RequestAborted);
        try
        {
            bytes.Position = 0;
            await Task.Run(() => TableFile.Read(bytes, Http.RequestAborted), Http.RequestAborted);
        }
        catch (InputException fault)
        {
            refusal = fault.Message;
            return;
        }

        // A file without a data set is swept later, should nobody go on with it.
        StoredArtifact stored = await Store.WriteAsync(bytes.ToArray(), ArtifactKind.Dataset, Http.RequestAborted);
        Navigation.NavigateTo($"/datasets/new/columns?ticket={Uri.EscapeDataString(Tickets.Issue(person.Id, stored.Digest))}");
    }

    private sealed class UploadForm
    {
        [Required(ErrorMessage = "Choose a CSV file.")]
        public IFormFile? File { get; set; }
    }
}
