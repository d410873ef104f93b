using Governance.Portal.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace Governance.Portal.Features.Accounts;

/// <summary>Who may come in, and how the browser remembers it.</summary>
internal static class AccountServices
{
    /// <summary>Adds cookies, antiforgery and the policies; every endpoint without a policy of its own asks for a session.</summary>
    public static void AddAccounts(this IServiceCollection services, PortalOptions options)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureApplicationCookie(cookie =>
        {
            Name(cookie.Cookie, "session", options);
            cookie.LoginPath = AccountEndpoints.SignInPath;
            cookie.AccessDeniedPath = AccountEndpoints.DeniedPath;
            cookie.ReturnUrlParameter = "returnUrl";
            cookie.ExpireTimeSpan = TimeSpan.FromMinutes(30); // idle time, ASVS 7.3.1
            cookie.SlidingExpiration = true;
            cookie.Events.OnRedirectToLogin = context => AnswerAsync(context, StatusCodes.Status401Unauthorized);
            cookie.Events.OnRedirectToAccessDenied = context => AnswerAsync(context, StatusCodes.Status403Forbidden);
        });
        services.AddAntiforgery(antiforgery => Name(antiforgery.Cookie, "form", options));
        services.AddCascadingAuthenticationState();
        services.AddAuthorizationBuilder().AddPolicies();
    }

    // Lax, not Strict: a link in a mail to a version must find the session.
    private static void Name(CookieBuilder cookie, string purpose, PortalOptions options)
    {
        cookie.Name = options.IsHttpsOnly ? $"__Host-governance-{purpose}" : $"governance-{purpose}";
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.Path = "/";
        cookie.SecurePolicy = options.IsHttpsOnly ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }

    // Programs get the status, people get the page.
    private static Task AnswerAsync(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            context.Response.StatusCode = status;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }
}
