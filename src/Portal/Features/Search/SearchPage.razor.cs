using Governance.Audit.Findings;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Search;

/// <summary>What "/" finds; the question stands in the address.</summary>
public sealed partial class SearchPage
{
    private IReadOnlyList<SearchHit> found = [];

    [SupplyParameterFromQuery]
    private string? Q { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private SearchEverything Search { get; set; } = default!;

    private string Title => string.IsNullOrWhiteSpace(Q) ? "Search"
        : found.Count == 1 ? $"One thing fits “{Q.Trim()}”"
        : $"{PlainNumbers.Count(found.Count)} things fit “{Q.Trim()}”";

    protected override async Task OnInitializedAsync() =>
        found = string.IsNullOrWhiteSpace(Q) ? [] : await Search.RunAsync(Http.User, Q, Http.RequestAborted);
}
