using Governance.Portal.Components.Parts;

namespace Governance.Portal.Features.Accounts;

/// <summary>The pages on which a person looks after their own account. A page comes with the feature it leads to.</summary>
internal static class AccountPages
{
    /// <summary>Name and password.</summary>
    public const string AccountPath = "/account";

    /// <summary>Authenticator app, recovery codes, passkeys.</summary>
    public const string SecondFactorPath = "/account/second-factor";

    /// <summary>Where the person is signed in.</summary>
    public const string SessionsPath = "/account/sessions";

    private static readonly (string Name, string Path)[] All =
        [("Password", AccountPath), ("Second factor", SecondFactorPath), ("Sessions", SessionsPath), ("Tokens", "/account/tokens")];

    /// <summary>The tabs, with the one of a path marked.</summary>
    public static IReadOnlyList<TabLink> Tabs(string here) => [.. All.Select(page => new TabLink(page.Name, page.Path, page.Path == here))];
}
