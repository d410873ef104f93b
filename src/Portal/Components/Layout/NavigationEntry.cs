namespace Governance.Portal.Components.Layout;

/// <summary>One line of the main navigation.</summary>
/// <param name="Name">What a user would say.</param>
/// <param name="Address">The path it leads to.</param>
/// <param name="Icon">A name of <see cref="Parts.IconPath"/>.</param>
/// <param name="OnBar">Whether it stands on the bottom bar of narrow screens; the others are behind "More" there.</param>
internal sealed record NavigationEntry(string Name, string Address, string Icon, bool OnBar)
{
    /// <summary>The navigation, in groups with a rule between them. An entry comes with the feature it leads to.</summary>
    public static IReadOnlyList<NavigationEntry[]> Groups { get; } =
    [
        [new("Home", "/", "home", true), new("Models", "/models", "models", true), new("Deployments", "/deployments", "out", false), new("Data", "/datasets", "table", false), new("Serving", "/serving", "monitor", false)],
        [new("Audits", "/audits", "clock", false), new("Alerts", "/alerts", "alert", true), new("Register", "/register", "comment", false), new("Policies", "/policies", "audit", false), new("Privacy", "/privacy", "lock", false)],
    ];

    /// <summary>What those have besides who may read the ledger.</summary>
    public static IReadOnlyList<NavigationEntry> Proof { get; } = [new("Ledger", "/ledger", "ledger", false)];

    /// <summary>What administrators have besides.</summary>
    public static IReadOnlyList<NavigationEntry> Administration { get; } = [new("Admin", "/admin/users", "admin", false)];

    /// <summary>Whether a page belongs to this entry.</summary>
    /// <param name="path">The path of the page, beginning with '/'.</param>
    public bool IsAt(string path) => Address == "/"
        ? path == "/"
        : path == Address || path.StartsWith(Address + "/", StringComparison.Ordinal)
            || (Address == "/admin/users" && (path.StartsWith("/admin/", StringComparison.Ordinal) || path == "/publisher-keys"));
}
