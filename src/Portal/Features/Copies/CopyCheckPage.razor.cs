using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Governance.Audit.Copies;
using Governance.Audit.Data;
using Governance.Portal.Features.Datasets;
using Governance.Portal.Features.Models;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Copies;

/// <summary>Compares a suspect file with a version.</summary>
public sealed partial class CopyCheckPage
{
    private const long MostSuspect = 256 << 20;
    private const long MostForm = MostSuspect + (8 << 20);

    private VersionView? view;
    private CopyReport? report;
    private string? refusal;
    private IReadOnlyList<(string Name, string Title)> datasets = [];
    private IReadOnlyList<(Guid Id, string Name)> candidates = [];

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter]
    public int Number { get; set; }

    [SupplyParameterFromForm(FormName = "copy-check")]
    private CopyForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadModels Models { get; set; } = default!;

    [Inject]
    private ReadDatasets Datasets { get; set; } = default!;

    [Inject]
    private CheckVersionCopy Check { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private static string UploadSize => $"{MostSuspect >> 20} MiB";

    protected override async Task OnInitializedAsync()
    {
        VersionView? found = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        if (found is null || !found.Viewer.RunAudit)
        {
            Navigation.NotFound();
            return;
        }

        datasets = [.. (await Datasets.ListAsync(Http.User, Http.RequestAborted)).Datasets.Select((Dataset each) => (each.Name, each.Title))];
        candidates = [.. (await Models.ListAsync(Http.User, Http.RequestAborted)).Rows.SelectMany(row => row.Versions)
            .Where(version => version.Version.Id != found.Version.Id).Select(version => (version.Version.Id.Value, version.Standing.Name))];
        Form ??= new CopyForm { Dataset = datasets.Count > 0 ? datasets[0].Name : "" };
        view = found;
    }

    private async Task CompareAsync()
    {
        if (Form!.Suspect is null || Form.Suspect.Length > MostSuspect)
        {
            refusal = $"Choose the suspect file: ONNX, at most {UploadSize}.";
            return;
        }

        VersionCopyQuestion question = new(
            view!.Version.Id, Form.Dataset, await ReadAsync(Form.Suspect),
            Form.Encoding is { Length: > 0 } encoding ? await ReadAsync(encoding) : null,
            Form.Control is Guid control ? [new ModelVersionId(control)] : []);
        try
        {
            switch (await Check.RunAsync(Http.User.Actor(), question, null, Http.RequestAborted))
            {
                case CopyCheckOutcome.Compared { Report: var compared }:
                    report = compared;
                    break;
                case CopyCheckOutcome.Refused { Reason.Sentence: var sentence }:
                    refusal = sentence;
                    break;
                case CopyCheckOutcome.NotThere:
                    refusal = "Choose a data set from the list.";
                    break;
                default:
                    throw new UnreachableException();
            }
        }
        catch (InputException fault)
        {
            refusal = fault.Message;
        }
        catch (ArtifactDamagedException fault)
        {
            refusal = fault.Message; // erased by retention, or damaged: the sentence says which file
        }
    }

    private async Task<byte[]> ReadAsync(IFormFile file)
    {
        byte[] bytes = new byte[file.Length];
        await using Stream stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(bytes, Http.RequestAborted);
        return bytes;
    }

    private sealed class CopyForm
    {
        [Required(ErrorMessage = "Choose the suspect file.")]
        public IFormFile? Suspect { get; set; }

        public IFormFile? Encoding { get; set; }

        public string Dataset { get; set; } = "";

        public Guid? Control { get; set; }
    }
}
