namespace Governance.Portal.Components.Parts;

/// <summary>The icons: strokes on a 16 by 16 grid, by name.</summary>
internal static class IconPath
{
    private static readonly Dictionary<string, string> Paths = new(StringComparer.Ordinal)
    {
        ["admin"] = "M2.5 4.5h6M11.5 4.5h2M2.5 11.5h2M7.5 11.5h6M10 2.8v3.4M6 9.8v3.4",
        ["alert"] = "M8 2.2a3.8 3.8 0 0 0-3.8 3.9c0 3.6-1.6 4.6-1.6 4.6h10.8s-1.6-1-1.6-4.6A3.8 3.8 0 0 0 8 2.2zM6.7 13.2a1.4 1.4 0 0 0 2.6 0",
        ["audit"] = "M2.8 3.8h10.4v9.7H2.8zM2.8 6.6h10.4M5.4 2.2v2.6M10.6 2.2v2.6M5.8 10l1.6 1.5 2.9-3",
        ["check"] = "M3 8.5l3.2 3.2L13 4.8",
        ["clock"] = "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 4.8V8l2.2 1.6",
        ["comment"] = "M2.5 3h11v8H7l-3 2.5V11H2.5z",
        ["compare"] = "M5 2.5v11M11 2.5v11M2.5 5.5H5M11 10.5h2.5M5 9h6",
        ["copy"] = "M5.5 5.5h7v8h-7zM3.5 10.5v-8h7",
        ["down"] = "M3.5 6 8 10.5 12.5 6",
        ["export"] = "M8 2.5v7.5M4.8 7 8 10.2 11.2 7M2.8 13.5h10.4",
        ["filter"] = "M2.5 3.5h11L9.5 8.4v4.8l-3-1.6V8.4z",
        ["help"] = "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM6.3 6.4a1.75 1.75 0 1 1 2.6 1.5c-.6.4-.9.7-.9 1.4M8 11.4h.01",
        ["home"] = "M2.5 7.2 8 2.8l5.5 4.4v6.3h-4V9.8h-3v3.7h-4z",
        ["key"] = "M5.2 7.2a3 3 0 1 0 0 5.6 3 3 0 0 0 1.6-4L13 2.6M10.4 5.2l2 2M4.6 10.2h.01",
        ["ledger"] = "M4.5 2.5h8v11h-8zM2.5 5h2M2.5 8h2M2.5 11h2M7 5.8h3M7 8.4h3",
        ["link"] = "M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.2-2.2a2.6 2.6 0 0 0-3.7-3.7l-.9.9M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.3 9a2.6 2.6 0 0 0 3.7 3.7l.9-.9",
        ["lock"] = "M4 7.2h8v6.3H4zM5.6 7.2V5a2.4 2.4 0 0 1 4.8 0v2.2",
        ["models"] = "M8 2 2.5 4.8 8 7.6l5.5-2.8zM2.5 8 8 10.8 13.5 8M2.5 11.2 8 14l5.5-2.8",
        ["monitor"] = "M1.8 8.5h3l1.8-5 3 9 1.7-4h3",
        ["moon"] = "M13 9.6A5.6 5.6 0 0 1 6.4 3 5.6 5.6 0 1 0 13 9.6z",
        ["more"] = "M3.5 8h.01M8 8h.01M12.5 8h.01",
        ["next"] = "M6 3.5 10.5 8 6 12.5",
        ["out"] = "M9.5 2.8H3v10.4h6.5M6.5 8h7M11 5.2 13.8 8 11 10.8",
        ["plus"] = "M8 3v10M3 8h10",
        ["previous"] = "M10 3.5 5.5 8l4.5 4.5",
        ["redo"] = "M13 3v3.5H9.5M12.8 6.3A5.3 5.3 0 1 0 13 9.6",
        ["report"] = "M4 2h5.5L12.5 5v9H4zM9.3 2.2V5.2h3M6 8h4.5M6 10.8h4.5",
        ["search"] = "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3l3.4 3.4",
        ["shield"] = "M8 2 3 3.8v4c0 3 2.2 5 5 6.2 2.8-1.2 5-3.2 5-6.2v-4z",
        ["sign"] = "M2.5 13.5h11M3.8 11l.6-2.6 6-6 2 2-6 6z",
        ["sort-down"] = "M8 3v10M4 9l4 4 4-4",
        ["sort-up"] = "M8 13V3M4 7l4-4 4 4",
        ["spin"] = "M8 2.2A5.8 5.8 0 1 1 2.2 8",
        ["sun"] = "M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM8 1.8v1.4M8 12.8v1.4M1.8 8h1.4M12.8 8h1.4M3.6 3.6l1 1M11.4 11.4l1 1M12.4 3.6l-1 1M4.6 11.4l-1 1",
        ["table"] = "M2.5 3h11v10h-11zM2.5 6.3h11M2.5 9.6h11M6.5 3v10",
        ["theme"] = "M2.2 3.2h11.6v7.6H2.2zM5.6 13.4h4.8M8 10.8v2.6",
        ["undo"] = "M3 4v4h4M3.4 7.8A5 5 0 1 1 4.2 11.4",
        ["up"] = "M3.5 10 8 5.5l4.5 4.5",
        ["upload"] = "M8 10.5V3M4.8 6.2 8 3l3.2 3.2M2.8 13.5h10.4",
        ["user"] = "M8 2.5a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4zM2.8 13.5c.4-2.6 2.4-4 5.2-4s4.8 1.4 5.2 4",
        ["warn"] = "M8 2.4 14.2 13.3H1.8zM8 6.5v3M8 11.4h.01",
        ["x"] = "M4 4l8 8M12 4l-8 8",
    };

    /// <summary>All names.</summary>
    public static IReadOnlyCollection<string> Names => Paths.Keys;

    /// <summary>The path data of an icon.</summary>
    /// <exception cref="ArgumentException">There is no icon of that name.</exception>
    public static string Of(string name) =>
        Paths.TryGetValue(name, out string? path) ? path : throw new ArgumentException($"There is no icon '{name}'.", nameof(name));
}
