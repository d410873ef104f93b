using Governance.Audit.Findings;
using Governance.Portal.Security;
using Governance.Registry.Comments;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Comments;

/// <summary>The latest comments on everything that someone sees, and those that call upon them.</summary>
public sealed partial class CommentsPage
{
    private const int Most = 100;

    private IReadOnlyList<CommentView> comments = [];
    private int unread;

    [SupplyParameterFromQuery]
    private string? Mine { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private CommentQueries Comments { get; set; } = default!;

    private bool OnlyMentions => Mine == "1";

    private string Title => unread switch
    {
        0 => "Comments",
        1 => "One comment calls upon you",
        _ => $"{PlainNumbers.Count(unread)} comments call upon you",
    };

    protected override async Task OnInitializedAsync()
    {
        comments = await Comments.LatestAsync(Http.User.Id(), OnlyMentions, Most, Http.RequestAborted);
        unread = await Comments.UnreadAsync(Http.User.Id(), Http.RequestAborted);
    }
}
