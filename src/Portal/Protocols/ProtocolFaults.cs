using Governance.Portal.Protocols.MlflowRegistry;
using Governance.Portal.Protocols.OpenInference;

namespace Governance.Portal.Protocols;

/// <summary>Refusals and faults where no endpoint answers, in the words of whatever protocol an address belongs to.</summary>
internal static class ProtocolFaults
{
    /// <summary>The answer in the protocol's own form; null where the address belongs to none.</summary>
    /// <param name="path">The address that was asked.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="sentence">In words.</param>
    public static IResult? Of(PathString path, int status, string sentence) => InferenceFault.IsAsked(path) ? InferenceFault.Of(status, sentence)
        : MlflowFault.IsAsked(path) ? MlflowFault.Of(status, sentence)
        : null;
}
