using Governance.Audit.Documents;
using Governance.Portal.Features.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Documents;

/// <summary>The documents of a version.</summary>
public sealed partial class ReportsPage
{
    private VersionView? view;
    private bool hasPdf;
    private IReadOnlyList<(DocumentKind Kind, string Name, string Title, string Purpose, GovernedDocument Document)> rows = [];

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter]
    public int Number { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadDocumentSource Sources { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        VersionView? found = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        if (found is null)
        {
            Navigation.NotFound();
            return;
        }

        hasPdf = PrintPdf.Find() is not null;
        DocumentSource source = await Sources.RunAsync(found, Http.RequestAborted);
        rows = [.. DocumentNames.Kinds.Select(kind => (kind.Kind, kind.Name, kind.Title, kind.Purpose, WriteDocument.Run(kind.Kind, source)))];
        view = found; // last: the page is drawn while this waits, and shows nothing half
    }

    private static int NumbersOf(GovernedDocument document) =>
        document.Sections.SelectMany(section => section.Blocks).Sum(block => WriteDocument.Numbers(block).Count());
}
