using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Annotations;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Annotations;

/// <summary>What programs hung on a version; nothing where they hung nothing.</summary>
public sealed partial class AnnotationPanel
{
    private static readonly Dictionary<string, string> OriginWords = new(StringComparer.Ordinal)
    {
        ["source"] = "Files came from", ["run_id"] = "Sent by the run", ["run_link"] = "Run shown at",
    };

    private AnnotatedVersion? version;

    /// <summary>The version.</summary>
    [Parameter, EditorRequired]
    public VersionView View { get; set; } = default!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private AnnotationQueries Annotations { get; set; } = default!;

    private IReadOnlyList<(string Word, string Value)> Shown => version is null ? [] :
    [
        .. version.Aliases.Select(alias => ("Alias", alias)),
        .. version.Tags.Select(tag => ($"Tag {tag.Key}", tag.Value)),
        .. version.Description is string said ? [("Description", said)] : Array.Empty<(string, string)>(),
        .. version.Origin.Select(origin => (OriginWords.GetValueOrDefault(origin.Key, origin.Key), origin.Value)),
    ];

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync() =>
        version = (await Annotations.FindAsync(Http.User.Id(), View.Model.Name, Http.RequestAborted))?.Find(View.Version.Number);
}
