using Governance.Audit.Gradients;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Explanations.Fusion;

/// <summary>An input of a model that is to be fused.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Tensor">Its place among the model's inputs.</param>
/// <param name="Kind">Numbers or truth values.</param>
/// <param name="RowShape">The dimensions behind the batch.</param>
/// <param name="Owners">Shape [elements]: the player of each element.</param>
internal sealed record FusableInput(string Name, int Tensor, TensorKind Kind, IReadOnlyList<int> RowShape, long[] Owners)
{
    /// <summary>Bytes of a row; truth values are masked as whole numbers.</summary>
    public int RowBytes => Owners.Length * (Kind == TensorKind.Boolean ? sizeof(int) : Kind.Bytes());
}

/// <summary>A model in the form that can be fused: one value is left, whose rows follow the rows of its inputs.</summary>
/// <param name="Model">The graph that makes the value; changed by whoever fuses it.</param>
/// <param name="Value">The value's name.</param>
/// <param name="Facts">Shape and type of the value.</param>
/// <param name="Form">What makes log-odds of it; null where none are wanted, or it holds probabilities.</param>
/// <param name="Inverted">Whether log-odds are made of probabilities.</param>
/// <param name="Opset">The version of the default domain.</param>
/// <param name="Inputs">What it reads; at least one.</param>
/// <param name="Players">How many players the elements belong to.</param>
/// <param name="Columns">The columns wanted, counted behind the log-odds.</param>
internal sealed record FusableModel(
    ModelProto Model, string Value, ValueFacts Facts, LogitForm? Form, bool Inverted, long Opset, IReadOnlyList<FusableInput> Inputs, int Players,
    long[] Columns);
