using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Inference.Forms;

/// <summary>
/// Reads how a value of a graph depends on the model's inputs: as sums of features, trees and curves where the
/// operators allow, and always which inputs each column can depend on.
/// </summary>
/// <remarks>
/// Sound before complete: what an operator does not promise is taken to depend on all its inputs, so a column never
/// depends on an input that it does not name.
/// </remarks>
internal static class ReadForms
{
    /// <summary>The most terms that forms of one value may have together; a network's layers beyond it are left unread.</summary>
    public const int MaxTerms = 1 << 20;

    private static readonly HashSet<string> ConstantFirst =
        ["Add", "Sub", "Mul", "Div", "Max", "Min", "Pow", "And", "Or", "Xor", "Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual", "Mod"];

    /// <summary>Reads one value.</summary>
    /// <param name="model">The model.</param>
    /// <param name="inputs">Its inputs in the order of its signature; shapes as given to the model.</param>
    /// <param name="output">The value's name.</param>
    /// <returns>What is known of it, null where the graph has no such value, and the maker of further curves.</returns>
    /// <exception cref="Data.InputException">An ensemble on the way is broken; the sentence says how.</exception>
    public static (FormTensor? Value, FormScope Scope) Read(ModelProto model, IReadOnlyList<InputSpec> inputs, string output)
    {
        FormScope scope = new(model, inputs);
        foreach (NodeProto node in Needed(model.Graph, [output]))
        {
            if (node.Input.All(name => scope.Value(name) is null) && ConstantOperators.Fold(scope, node))
            {
                continue;
            }

            IReadOnlyList<FormTensor> made = Rule(scope, node) ?? [];
            foreach (FormTensor value in made)
            {
                scope.Add(value);
            }

            foreach (string name in node.Output.Where(name => name.Length > 0 && scope.Value(name) is null && scope.Constant(name) is null))
            {
                scope.Add(scope.Hidden(node, name));
            }
        }

        return (scope.Value(output), scope);
    }

    private static IReadOnlyList<FormTensor>? Rule(FormScope scope, NodeProto node)
    {
        if (node.Domain is not ("" or "ai.onnx" or "ai.onnx.ml") || node.Input.Count == 0)
        {
            return null;
        }

        // Few operators may have a constant in front, and only ensembles can do with columns of unknown structure.
        FormTensor? first = scope.Value(node.Input[0]);
        bool unreadable = first is null ? !ConstantFirst.Contains(node.OpType) : first.Columns is null && !EnsembleOperators.Handles(node);
        return unreadable || node.Input.All(name => scope.Value(name) is null)
            ? null
            : StructuralOperators.Read(scope, node) ?? AffineOperators.Read(scope, node) ?? LinearModels.Read(scope, node)
                ?? EnsembleOperators.Read(scope, node) ?? CurveOperators.Read(scope, node) ?? FeatureOperators.Read(scope, node);
    }

    /// <summary>The nodes that values come from, each after those it reads.</summary>
    internal static List<NodeProto> Needed(GraphProto graph, IEnumerable<string> outputs)
    {
        Dictionary<string, NodeProto> producers = new(StringComparer.Ordinal);
        foreach (NodeProto node in graph.Node)
        {
            foreach (string name in node.Output.Where(name => name.Length > 0))
            {
                producers.TryAdd(name, node);
            }
        }

        HashSet<NodeProto> needed = new(ReferenceEqualityComparer.Instance);
        Stack<string> open = new(outputs);
        while (open.TryPop(out string? name))
        {
            if (producers.TryGetValue(name, out NodeProto? node) && needed.Add(node))
            {
                foreach (string input in node.Input)
                {
                    open.Push(input);
                }
            }
        }

        return [.. graph.Node.Where(needed.Contains)];
    }
}
