using Governance.Audit.Data;

namespace Governance.Portal.Features.ExternalSignIn;

/// <summary>
/// Asks the provider for its document when the portal starts. One that is not who it should be stops the start; one that
/// is down does not: people with passwords can come in, and it is asked again at the next sign-in.
/// </summary>
internal sealed partial class ProviderStart(OidcProvider provider, ILogger<ProviderStart> log) : IHostedService
{
    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await provider.ReadAsync(cancellationToken);
        }
        catch (OidcFaultException fault) when (fault.IsUnreachable)
        {
            LogUnreachable(log, fault.Message);
        }
        catch (OidcFaultException fault)
        {
            throw new InputException(fault.Message, fault);
        }
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Reason}")]
    private static partial void LogUnreachable(ILogger log, string reason);
}
