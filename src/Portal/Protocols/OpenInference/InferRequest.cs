using Governance.Audit.Answers.Policy;
using Governance.Audit.Serving;

namespace Governance.Portal.Protocols.OpenInference;

/// <summary>An output that a client asks for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Binary">Whether as bytes behind the JSON; null leaves it to the request.</param>
internal sealed record WantedOutput(string Name, bool? Binary);

/// <summary>A request of the protocol, read.</summary>
/// <param name="Id">The client's, given back; null without one.</param>
/// <param name="Inputs">The tensors.</param>
/// <param name="Outputs">Those wanted; empty for all.</param>
/// <param name="BinaryOutput">Whether outputs come as bytes unless they say otherwise.</param>
/// <param name="Form">A form that tells less than the policy lets out; null for the policy's.</param>
/// <param name="Environment">Where several deployments of a model live: which; null for the only one, or production.</param>
internal sealed record InferRequest(
    string? Id, IReadOnlyList<NamedTensor> Inputs, IReadOnlyList<WantedOutput> Outputs, bool BinaryOutput, PredictionForm? Form, string? Environment)
{
    /// <summary>The rows: the first dimension of the first tensor.</summary>
    public int Rows => Inputs.Count == 0 ? 0 : Inputs[0].Rows;

    /// <summary>Whether an output is to come as bytes.</summary>
    public bool IsBinary(string output) => Outputs.FirstOrDefault(wanted => wanted.Name == output)?.Binary ?? BinaryOutput;
}
