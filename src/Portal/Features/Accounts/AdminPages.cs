using Governance.Portal.Components.Parts;

namespace Governance.Portal.Features.Accounts;

/// <summary>The pages of administrators. A page comes with the feature it leads to.</summary>
internal static class AdminPages
{
    /// <summary>Accounts of people.</summary>
    public const string UsersPath = "/admin/users";

    private static readonly (string Name, string Path)[] All = 
    [
        ("Users", UsersPath), ("Teams", "/admin/teams"), ("Service accounts", "/admin/service-accounts"), ("Tokens", "/admin/tokens"),
        ("Sign-in", "/admin/sign-in"), ("Publishers’ keys", "/publisher-keys"), ("Keys", "/admin/keys"), ("Destinations", "/admin/destinations"),
    ];

    /// <summary>The tabs, with the one that a path belongs to marked.</summary>
    public static IReadOnlyList<TabLink> Tabs(string here) =>
    [
        .. All.Select(page => new TabLink(
            page.Name, page.Path, here == page.Path || here.StartsWith(page.Path + "/", StringComparison.Ordinal))),
    ];
}
