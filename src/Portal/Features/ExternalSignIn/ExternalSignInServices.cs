using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Identity;

namespace Governance.Portal.Features.ExternalSignIn;

/// <summary>What signing in with a provider needs of the host; nothing where none is configured.</summary>
internal static class ExternalSignInServices
{
    /// <summary>The scheme.</summary>
    public const string Scheme = "oidc";

    // The framework insists on addresses before the provider was asked; nothing answers at this one (RFC 6761).
    private const string NotAskedYet = "https://not-asked-yet.invalid/";

    // A key set or the claims of a person are a few kilobytes.
    private const int MostBytes = 1 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Adds it.</summary>
    public static void AddExternalSignIn(this AuthenticationBuilder authentication, PortalOptions portal)
    {
        if (portal.Oidc is not OidcSettings settings)
        {
            return;
        }

        IServiceCollection services = authentication.Services;
        services.AddSingleton(provider => new OidcProvider(settings, Client(), provider.GetRequiredService<TimeProvider>()));
        services.AddTransient<AdmitExternal>();
        services.AddHostedService<ProviderStart>();
        authentication.AddOAuth<OAuthOptions, OidcHandler>(Scheme, settings.Name, oauth => Configure(oauth, settings, portal));
    }

    private static void Configure(OAuthOptions oauth, OidcSettings settings, PortalOptions portal)
    {
        oauth.SignInScheme = IdentityConstants.ExternalScheme; // never used: the ticket ends in AdmitExternal
        oauth.AuthorizationEndpoint = NotAskedYet;
        oauth.TokenEndpoint = NotAskedYet;
        oauth.ClientId = settings.ClientId;
        oauth.ClientSecret = settings.ClientSecret;
        oauth.CallbackPath = ExternalSignInEndpoints.CallbackPath;
        oauth.UsePkce = true;
        oauth.Backchannel = Client();
        oauth.Events.OnTicketReceived = AdmitExternal.ReceiveAsync;
        oauth.Events.OnRemoteFailure = AdmitExternal.FailAsync;
        oauth.Scope.Clear();
        foreach (string scope in settings.Scopes.Prepend("openid").Distinct())
        {
            oauth.Scope.Add(scope);
        }

        // The way back is a plain link, which Lax cookies go with.
        oauth.CorrelationCookie.Name = portal.IsHttpsOnly ? "__Host-governance-external." : "governance-external.";
        oauth.CorrelationCookie.Path = "/";
        oauth.CorrelationCookie.SameSite = SameSiteMode.Lax;
        oauth.CorrelationCookie.SecurePolicy = portal.IsHttpsOnly ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }

    // No redirects: the provider's own document names every address (ASVS 15.3.2).
    private static HttpClient Client() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = Patience, PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Patience, MaxResponseContentBufferSize = MostBytes,
    };
}
