using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Components.Layout;

/// <summary>Links to a place on the page that is shown: with a base element, a bare "#main" would lead home.</summary>
internal static class SkipLink
{
    /// <summary>The address of the page that is shown, with its query, and a fragment.</summary>
    public static string To(NavigationManager navigation, string id) =>
        $"/{navigation.ToBaseRelativePath(navigation.Uri).Split('#')[0]}#{id}";
}
