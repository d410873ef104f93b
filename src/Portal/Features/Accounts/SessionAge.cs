using System.Globalization;
using System.Security.Claims;
using Governance.Portal.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace Governance.Portal.Features.Accounts;

/// <summary>How long a session lasts: an idle time, and a whole time that use does not prolong (ASVS 7.3.1, 7.3.2).</summary>
internal static class SessionAge
{
    /// <summary>Without a request.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    /// <summary>From signing in, whatever happens.</summary>
    public static readonly TimeSpan Whole = TimeSpan.FromHours(12);

    /// <summary>How soon a changed password, role or account ends or changes a session.</summary>
    public static readonly TimeSpan Revalidation = TimeSpan.FromMinutes(5);

    private const string Since = "since";

    /// <summary>What the cookie of a new session carries.</summary>
    public static AuthenticationProperties Begin(DateTimeOffset now) =>
        new() { Items = { [Since] = now.ToString("O", CultureInfo.InvariantCulture) } };

    /// <summary>Ends a session that is too old; else lets Identity compare its security stamp.</summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        DateTimeOffset now = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        bool isYoung = context.Properties.Items.TryGetValue(Since, out string? since)
            && DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTimeOffset began)
            && now - began < Whole;
        if (isYoung)
        {
            await SecurityStampValidator.ValidatePrincipalAsync(context);
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    /// <summary>Sets how often Identity compares stamps, and keeps the session's name when it renews the claims.</summary>
    public static void Configure(SecurityStampValidatorOptions options)
    {
        options.ValidationInterval = Revalidation;
        options.OnRefreshingPrincipal = refresh =>
        {
            if (refresh.CurrentPrincipal?.FindFirst(Caller.SessionClaim) is Claim session)
            {
                (refresh.NewPrincipal?.Identity as ClaimsIdentity)?.AddClaim(session.Clone());
            }

            return Task.CompletedTask;
        };
    }
}
