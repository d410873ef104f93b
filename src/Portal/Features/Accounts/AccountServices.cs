using Governance.Portal.Features.ExternalSignIn;
using Governance.Portal.Protocols.OpenInference;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Sessions;
using Governance.Registry.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;

namespace Governance.Portal.Features.Accounts;

/// <summary>Who may come in, and how the browser remembers it.</summary>
internal static class AccountServices
{
    /// <summary>Adds accounts, cookies, antiforgery and policies; every endpoint without a policy of its own asks for a session.</summary>
    public static void AddAccounts(this IServiceCollection services, PortalOptions options)
    {
        AuthenticationBuilder authentication = services.AddAuthentication(IdentityConstants.ApplicationScheme);
        authentication.AddIdentityCookies();
        authentication.AddApiSchemes();
        authentication.AddExternalSignIn(options);
        services.AddIdentityCore<GovernanceUser>()
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<GovernanceDb>()
            .AddSignInManager(); // for passkeys; passwords and codes are looked at by OpenSession
        services.AddPasskeys(options);
        services.AddSingleton<LiveSessions>();
        services.AddSingleton<SignInSlowDown>();
        services.AddSingleton<FirstRun>();
        services.AddTransient<CheckPassword>();
        services.AddTransient<PendingSignIn>();
        services.AddTransient<OpenSession>();
        services.AddTransient<StepUp>();
        services.AddTransient<UsePasskey>();
        services.AddSessionKeys(options);
        services.ConfigureApplicationCookie(cookie => Configure(cookie, options));
        foreach ((string scheme, string purpose) in ((string, string)[])
        [
            (IdentityConstants.TwoFactorUserIdScheme, "code"), (IdentityConstants.TwoFactorRememberMeScheme, "device"), (IdentityConstants.ExternalScheme, "external"),
        ])
        {
            services.Configure<CookieAuthenticationOptions>(scheme, cookie => SessionCookie.Name(cookie.Cookie, purpose, options));
        }

        services.AddAntiforgery(antiforgery => SessionCookie.Name(antiforgery.Cookie, "form", options));
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, RevalidatedSession>();
        services.AddScoped<CircuitHandler, SessionGuard>();
        AuthorizationBuilder authorization = services.AddAuthorizationBuilder();
        authorization.AddPolicies();
        authorization.AddApiPolicy();
    }

    private static void Configure(CookieAuthenticationOptions cookie, PortalOptions options)
    {
        SessionCookie.Name(cookie.Cookie, "session", options);
        cookie.LoginPath = AccountEndpoints.SignInPath;
        cookie.AccessDeniedPath = AccountEndpoints.DeniedPath;
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.ExpireTimeSpan = SessionPolicy.WholeTime; // the idle time is the session's own, in the database
        cookie.SlidingExpiration = false;
        cookie.Events.OnValidatePrincipal = SessionCookie.ValidateAsync;
        cookie.Events.OnRedirectToLogin = context => AnswerAsync(context, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context => AnswerAsync(context, StatusCodes.Status403Forbidden);
    }

    // Programs get the status, people get the page.
    private static Task AnswerAsync(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || InferenceFault.IsAsked(context.Request.Path))
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
