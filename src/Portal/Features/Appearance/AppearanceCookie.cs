namespace Governance.Portal.Features.Appearance;

/// <summary>A cookie with a choice of how pages look: it says nothing about anybody.</summary>
internal static class AppearanceCookie
{
    /// <summary>Its name: the prefix ties it to this host (ASVS 3.3.3); browsers refuse it without TLS.</summary>
    public static string Name(HttpContext http, string name) => http.Request.IsHttps ? $"__Host-{name}" : name;

    /// <summary>Keeps a choice for a year.</summary>
    public static void Keep(HttpContext http, string name, string value) => http.Response.Cookies.Append(
        Name(http, name),
        value,
        new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(365),
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
        });
}
