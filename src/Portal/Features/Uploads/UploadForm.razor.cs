using System.Globalization;
using Governance.Portal.Security;
using Governance.Registry.Storage;
using Governance.Registry.Uploads;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Governance.Portal.Features.Uploads;

/// <summary>The upload form of a page, with what its person has left unfinished.</summary>
public sealed partial class UploadForm
{
    private string? refusal;
    private IReadOnlyList<UploadState> waiting = [];

    /// <summary>What the file is uploaded as.</summary>
    [Parameter, EditorRequired]
    public UploadKind Kind { get; set; }

    /// <summary>The model that it is for, or null.</summary>
    [Parameter]
    public string? Model { get; set; }

    /// <summary>The page of the next step; it gets the upload's id as <c>?upload=</c>.</summary>
    [Parameter, EditorRequired]
    public string Next { get; set; } = "/";

    /// <summary>This page: a refusal leads back to it.</summary>
    [Parameter, EditorRequired]
    public string Back { get; set; } = "/";

    /// <summary>Where one goes who does not want to upload.</summary>
    [Parameter, EditorRequired]
    public string Cancel { get; set; } = "/";

    /// <summary>What the file is.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>What is allowed.</summary>
    [Parameter]
    public string? Hint { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private StagedUploads Uploads { get; set; } = default!;

    [Inject]
    private RegistryOptions Options { get; set; } = default!;

    [Inject]
    private RefusalNote Notes { get; set; } = default!;

    private UploadLimits Limits => Options.Uploads;

    private string Accept => string.Join(',', UploadRules.ExtensionsOf(Kind));

    protected override void OnInitialized()
    {
        refusal = Notes.Open(Http.Request.Query["refusal"]);
        waiting = [.. Uploads.Of(Http.User.Id()).Where(state => state.Upload.Kind == Kind && state.Upload.Model == Model)];
    }

    private static string Percent(UploadState state) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(100.0 * state.Offset / state.Upload.Length)} %");

    private string AddressOf(UploadState state) => QueryHelpers.AddQueryString(Next, "upload", state.Upload.Id.ToString());

    private string ExpiryOf(UploadState state) =>
        (state.LastWrittenAt + Limits.Life).ToString("d MMM, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
