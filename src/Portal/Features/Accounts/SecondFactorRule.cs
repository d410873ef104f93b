using Governance.Portal.Security;
using Microsoft.AspNetCore.Authorization;

namespace Governance.Portal.Features.Accounts;

/// <summary>A page or endpoint that is open to whoever still has to enrol a second factor.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class EnrolmentPageAttribute : Attribute;

/// <summary>Where a second factor is required, nobody gets further than enrolling one with a password alone (ASVS 6.3.3).</summary>
internal static class SecondFactorRule
{
    /// <summary>Leads pages to the enrolment and refuses the rest. After authorization, so that strangers are asked to sign in first.</summary>
    public static void UseSecondFactorRule(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<PortalOptions>().RequireSecondFactor)
        {
            return;
        }

        app.Use(async (http, next) =>
        {
            EndpointMetadataCollection? open = http.GetEndpoint()?.Metadata;
            if (!http.User.HasClaim(claim => claim.Type == SessionPrincipal.OneFactorClaim)
                || open?.GetMetadata<IAllowAnonymous>() is not null || open?.GetMetadata<EnrolmentPageAttribute>() is not null)
            {
                await next(http);
            }
            else if (HttpMethods.IsGet(http.Request.Method) && ErrorPages.IsPage(http.Request.Path))
            {
                http.Response.Redirect($"{AccountPages.SecondFactorPath}?required=true");
            }
            else
            {
                await Problems.Of(
                    StatusCodes.Status403Forbidden, "second-factor-first", $"A second factor is required here. Enrol one at {AccountPages.SecondFactorPath} first.")
                    .ExecuteAsync(http);
            }
        });
    }
}
