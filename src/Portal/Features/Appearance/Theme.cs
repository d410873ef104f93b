namespace Governance.Portal.Features.Appearance;

/// <summary>The theme of one browser, in a cookie that says nothing about anybody.</summary>
internal static class Theme
{
    private const string Cookie = "theme";

    /// <summary>What this browser chose; the system's where it chose nothing.</summary>
    public static ThemeChoice Of(HttpContext http) => Parse(http.Request.Cookies[AppearanceCookie.Name(http, Cookie)]) ?? ThemeChoice.System;

    /// <summary>The value of data-theme on the root element; null leaves the choice to the system.</summary>
    public static string? Attribute(HttpContext http) =>
        Of(http) is ThemeChoice choice and not ThemeChoice.System ? Name(choice) : null;

    /// <summary>The choice's name in cookie and form.</summary>
    public static string Name(ThemeChoice choice) => choice switch
    {
        ThemeChoice.Light => "light",
        ThemeChoice.Dark => "dark",
        _ => "system",
    };

    /// <summary>The choice of that name, or null.</summary>
    public static ThemeChoice? Parse(string? name) => name switch
    {
        "light" => ThemeChoice.Light,
        "dark" => ThemeChoice.Dark,
        "system" => ThemeChoice.System,
        _ => null,
    };

    /// <summary>Keeps the choice for a year.</summary>
    public static void Keep(HttpContext http, ThemeChoice choice) => AppearanceCookie.Keep(http, Cookie, Name(choice));
}
