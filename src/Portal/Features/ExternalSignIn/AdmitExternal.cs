using Governance.Portal.Features.Accounts;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.ExternalSignIn;
using Governance.Registry.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Governance.Portal.Features.ExternalSignIn;

/// <summary>Lets a person in whom the provider proved: finds their account, sets what their groups give, opens the session.</summary>
internal sealed partial class AdmitExternal(
    OidcProvider provider, RecordExternalSignIn record, UserManager<GovernanceUser> users, OpenSession sessions, ILogger<AdmitExternal> log)
{
    /// <summary>The code of a person whose address the provider has not verified, where that is asked for.</summary>
    public const string UnverifiedCode = "unverified-email";

    /// <summary>Ends the provider's answer: with a session and the page that was asked for, or at the sign-in page with a reason.</summary>
    public static async Task ReceiveAsync(TicketReceivedContext context)
    {
        string? refusal = await context.HttpContext.RequestServices.GetRequiredService<AdmitExternal>().RunAsync(context);
        context.Response.Redirect(refusal is null
            ? LocalAddress.OrHome(context.ReturnUri)
            : ExternalSignInEndpoints.Refused(refusal));
        context.HandleResponse();
    }

    /// <summary>Ends an answer that could not be trusted, or a person's "no" at the provider.</summary>
    public static Task FailAsync(RemoteFailureContext context)
    {
        LogFailed(context.HttpContext.RequestServices.GetRequiredService<ILogger<AdmitExternal>>(), context.Failure?.Message ?? "no reason");
        context.Response.Redirect(ExternalSignInEndpoints.Refused(
            context.Failure is OidcFaultException { IsUnreachable: true } ? ExternalSignInWords.Unreachable : ExternalSignInWords.Failed));
        context.HandleResponse();
        return Task.CompletedTask;
    }

    private async Task<string?> RunAsync(TicketReceivedContext context)
    {
        CancellationToken cancellationToken = context.HttpContext.RequestAborted;
        (ExternalIdentity identity, string methods, bool verified) = ProvedPerson.Read(context.Principal!, provider.Settings);
        if (provider.Settings.RequireVerifiedEmail && !verified)
        {
            LogRefused(log, UnverifiedCode);
            return UnverifiedCode;
        }

        switch (await record.RunAsync(identity, provider.Settings.Provision, cancellationToken))
        {
            case ExternalSignInOutcome.Admitted { Person: var person }:
                GovernanceUser account = await users.FindByIdAsync(person.Id.ToString())
                    ?? throw new InvalidOperationException("The account of the link does not exist.");
                if (await sessions.OpenAsync(account, SessionMethod.External, context.HttpContext) is not OpenSessionOutcome.Opened)
                {
                    LogRefused(log, "deactivated");
                    return "deactivated";
                }

                LogAdmitted(log, person.Id, methods);
                return null;
            case ExternalSignInOutcome.Refused { Reason.Code: var code }:
                LogRefused(log, code);
                return code;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The provider proved account {User} by {Methods}")]
    private static partial void LogAdmitted(ILogger log, UserId user, string methods);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused a person whom the provider proved: {Code}")]
    private static partial void LogRefused(ILogger log, string code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in with the provider failed: {Reason}")]
    private static partial void LogFailed(ILogger log, string reason);
}
