using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.SignalR;

namespace Governance.Portal.Security;

/// <summary>The registrations that bound what interactive pages may take from the host.</summary>
internal static class CircuitServices
{
    /// <summary>Limits circuits and the size of what a browser may send: uploads go over HTTP, never over SignalR.</summary>
    public static void AddCircuitLimits(this IServiceCollection services)
    {
        services.AddSingleton<CircuitCount>();
        services.AddScoped<CircuitHandler, CircuitLimit>();
        services.Configure<HubOptions>(hub => hub.MaximumReceiveMessageSize = 32 * 1024);
    }
}
