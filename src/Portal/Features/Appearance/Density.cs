namespace Governance.Portal.Features.Appearance;

/// <summary>How close rows stand, for one browser, in a cookie that says nothing about anybody.</summary>
internal static class Density
{
    /// <summary>Rows stand close.</summary>
    public const string Compact = "compact";

    /// <summary>Rows have room: what a browser has that chose nothing.</summary>
    public const string Roomy = "roomy";

    private const string Cookie = "density";

    /// <summary>What this browser chose.</summary>
    public static string Of(HttpContext http) => http.Request.Cookies[AppearanceCookie.Name(http, Cookie)] == Compact ? Compact : Roomy;

    /// <summary>The value of data-density on the root element; null where rows have room.</summary>
    public static string? Attribute(HttpContext http) => Of(http) == Compact ? Compact : null;

    /// <summary>Whether there is such a choice.</summary>
    public static bool IsKnown(string? name) => name is Compact or Roomy;

    /// <summary>Keeps the choice for a year.</summary>
    public static void Keep(HttpContext http, string choice) => AppearanceCookie.Keep(http, Cookie, choice);
}
