using Microsoft.AspNetCore.Identity;

namespace Governance.Portal.Features.Accounts;

/// <summary>What passkeys of this portal are bound to.</summary>
internal static class PasskeyRules
{
    /// <summary>The longest name that a person gives one.</summary>
    public const int MaxNameLength = 60;

    /// <summary>Sets domain, verification and origin: none of them is taken from the Host header.</summary>
    public static void AddPasskeys(this IServiceCollection services, PortalOptions options) =>
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            passkeys.ServerDomain = options.EffectivePasskeyDomain;
            passkeys.UserVerificationRequirement = "required"; // what makes a passkey two factors in one
            passkeys.ResidentKeyRequirement = "required"; // found by the browser, so that no name has to be asked for
            passkeys.AttestationConveyancePreference = "none";
            passkeys.ValidateOrigin = context => ValueTask.FromResult(
                !context.CrossOrigin && IsOwn(context.Origin, options.EffectivePasskeyDomain, context.HttpContext.Request));
        });

    // The page that asked was this portal's: on the domain that is set, by HTTPS unless it is this machine's own, and the
    // one that the browser now talks to.
    internal static bool IsOwn(string origin, string? domain, HttpRequest request) =>
        domain is not null && Uri.TryCreate(origin, UriKind.Absolute, out Uri? page)
        && string.Equals(page.Host, domain, StringComparison.OrdinalIgnoreCase)
        && (page.Scheme == Uri.UriSchemeHttps || (page.Scheme == Uri.UriSchemeHttp && domain == "localhost"))
        && string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
}
