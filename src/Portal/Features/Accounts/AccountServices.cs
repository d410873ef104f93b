using Governance.Portal.Features.ExternalSignIn;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
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
        services.AddIdentityCore<GovernanceUser>(AccountRules.Apply)
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<GovernanceDb>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<SessionClaims>();
        services.AddScoped<IUserConfirmation<GovernanceUser>, ActiveAccounts>();
        services.AddTransient<OpenSession>();
        services.AddSessionKeys(options);
        services.ConfigureApplicationCookie(cookie => Configure(cookie, options));
        services.Configure<SecurityStampValidatorOptions>(SessionAge.Configure);
        services.AddAntiforgery(antiforgery => Name(antiforgery.Cookie, "form", options));
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, RevalidatedSession>();
        AuthorizationBuilder authorization = services.AddAuthorizationBuilder();
        authorization.AddPolicies();
        authorization.AddApiPolicy();
    }

    private static void Configure(CookieAuthenticationOptions cookie, PortalOptions options)
    {
        Name(cookie.Cookie, "session", options);
        cookie.LoginPath = AccountEndpoints.SignInPath;
        cookie.AccessDeniedPath = AccountEndpoints.DeniedPath;
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.ExpireTimeSpan = SessionAge.Idle;
        cookie.SlidingExpiration = true;
        cookie.Events.OnValidatePrincipal = SessionAge.ValidateAsync;
        cookie.Events.OnRedirectToLogin = context => AnswerAsync(context, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context => AnswerAsync(context, StatusCodes.Status403Forbidden);
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
