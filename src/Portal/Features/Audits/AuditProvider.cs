using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Audits;

/// <summary>Where the models of an audit run: on the CPU, so that evidence is the same on every machine, unless a device is asked for.</summary>
internal static class AuditProvider
{
    /// <summary>Reads the command line and says where models run.</summary>
    /// <exception cref="InputException">A device was asked for and cannot be used.</exception>
    public static string Of(CommandContext context)
    {
        if (context.Provider != "cuda")
        {
            return "cpu";
        }

        return ExecutionProviders.Missing() is string missing ? throw new InputException($"CUDA cannot be used: {missing}") : "cuda";
    }
}
