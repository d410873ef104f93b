using Governance.Registry.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace Governance.Portal.Features.Accounts;

/// <summary>The cookie of a session: it names the session, and the database says whether it lasts and what it may.</summary>
internal static class SessionCookie
{
    /// <summary>Asks for every request; a session that is over takes its cookie along.</summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        HttpContext http = context.HttpContext;
        LiveSessions sessions = http.RequestServices.GetRequiredService<LiveSessions>();
        if (context.Principal?.SessionOf() is SessionId session
            && await sessions.FindAsync(session, active: true, http.RequestAborted) is SessionStanding standing)
        {
            context.ReplacePrincipal(SessionPrincipal.Of(standing));
            return;
        }

        context.RejectPrincipal();
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    /// <summary>Names a cookie and says who may have it: no script, no other site, over HTTPS alone where there is HTTPS (ASVS 3.3).</summary>
    public static void Name(CookieBuilder cookie, string purpose, PortalOptions options)
    {
        cookie.Name = options.IsHttpsOnly ? $"__Host-governance-{purpose}" : $"governance-{purpose}";
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax; // not Strict: a link in a mail to a version must find the session
        cookie.Path = "/";
        cookie.SecurePolicy = options.IsHttpsOnly ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }
}
