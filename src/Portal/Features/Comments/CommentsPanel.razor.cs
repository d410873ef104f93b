using Governance.Portal.Security;
using Governance.Registry.Comments;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Comments;

/// <summary>The comments on one thing; nothing at all for whoever may not read them.</summary>
public sealed partial class CommentsPanel
{
    private CommentThread? thread;

    /// <summary>What they are about.</summary>
    [Parameter, EditorRequired]
    public CommentTopic Topic { get; set; } = default!;

    /// <summary>Its name behind the number of comments; null for none.</summary>
    [Parameter]
    public string? About { get; set; }

    /// <summary>What the field asks for.</summary>
    [Parameter]
    public string Label { get; set; } = "Say something about it";

    [SupplyParameterFromQuery(Name = CommentPlace.Refused)]
    private string? RefusedCode { get; set; }

    [SupplyParameterFromQuery(Name = CommentPlace.Unreached)]
    private string? UnreachedNames { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private CommentQueries Comments { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Here => CommentPlace.Of("/" + Navigation.ToBaseRelativePath(Navigation.Uri));

    private string Hint => thread!.Mentionable.Count == 0
        ? "Write @ and a user name to call upon somebody who may read this."
        : $"Write @ and a user name to call upon somebody: {string.Join(", ", thread.Mentionable.Select(name => "@" + name))} and whoever else may read this.";

    protected override async Task OnParametersSetAsync() => thread = await Comments.OfAsync(Http.User.Id(), Topic, Http.RequestAborted);
}
