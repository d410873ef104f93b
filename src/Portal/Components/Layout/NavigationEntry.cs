namespace Governance.Portal.Components.Layout;

/// <summary>One line of the main navigation.</summary>
/// <param name="Name">What a user would say.</param>
/// <param name="Address">The path it leads to.</param>
/// <param name="Icon">A name of <see cref="Parts.IconPath"/>.</param>
/// <param name="OnBar">Whether it stands on the bottom bar of narrow screens; the others are behind "More" there.</param>
/// <param name="Key">The key that leads here after "g"; each once.</param>
internal sealed record NavigationEntry(string Name, string Address, string Icon, bool OnBar, string Key)
{
    /// <summary>The navigation, in groups with a rule between them. An entry comes with the feature it leads to.</summary>
    public static IReadOnlyList<NavigationEntry[]> Groups { get; } =
    [
        [new("Home", "/", "home", true, "h"), new("Models", "/models", "models", true, "m"), new("Deployments", "/deployments", "out", false, "o"), new("Data", "/datasets", "table", false, "d"), new("Serving", "/serving", "monitor", false, "s")],
        [new("Audits", "/audits", "clock", false, "a"), new("Alerts", "/alerts", "alert", true, "l"), new("Register", "/register", "comment", false, "r"), new("Policies", "/policies", "audit", false, "p"), new("Privacy", "/privacy", "lock", false, "v")],
    ];

    /// <summary>What those have besides who may read the ledger.</summary>
    public static IReadOnlyList<NavigationEntry> Proof { get; } = [new("Ledger", "/ledger", "ledger", false, "k")];

    /// <summary>What administrators have besides.</summary>
    public static IReadOnlyList<NavigationEntry> Administration { get; } = [new("Admin", "/admin/users", "admin", false, "u")];

    /// <summary>All entries, whoever sees them.</summary>
    public static IEnumerable<NavigationEntry> All => [.. Groups.SelectMany(group => group), .. Proof, .. Administration];

    /// <summary>Whether a page belongs to this entry.</summary>
    /// <param name="path">The path of the page, beginning with '/'.</param>
    public bool IsAt(string path) => Address == "/"
        ? path == "/"
        : path == Address || path.StartsWith(Address + "/", StringComparison.Ordinal)
            || (Address == "/admin/users" && (path.StartsWith("/admin/", StringComparison.Ordinal) || path == "/publisher-keys"));
}
