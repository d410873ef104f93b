using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Ensembles;
using Governance.Audit.Inference.Forms;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Answers;

/// <summary>Reads from a model's graph what decides how much of its explanations may leave the portal.</summary>
public static class ReadModelFacts
{
    /// <summary>Reads a model.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="inputs">Its inputs in the order of its signature; free dimensions resolved where they are known.</param>
    /// <param name="output">The output that decisions are read from; null for a model that gives labels alone.</param>
    /// <returns>
    /// Never smaller than it is: what the graph does not show counts by its parameters alone.
    /// </returns>
    /// <exception cref="InputException">The bytes are no model in one file.</exception>
    public static ModelFacts Of(ModelGraph graph, IReadOnlyList<InputSpec> inputs, string? output)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(inputs);
        ModelProto model = graph.Model;
        IReadOnlyList<AffineForm>? columns = output is null ? null : Columns(model, inputs, output);
        return new ModelFacts(
            Parameters(model.Graph), columns is { Count: > 0 } && columns.All(IsLinear), columns is null ? null : Leaves(columns));
    }

    private static IReadOnlyList<AffineForm>? Columns(ModelProto model, IReadOnlyList<InputSpec> inputs, string output)
    {
        try
        {
            return ReadForms.Read(model, inputs, output).Value?.Columns;
        }
        catch (InputException)
        {
            return null; // a broken ensemble is nothing that can be read off: its parameters count
        }
    }

    // A sum of functions of one feature each, or one known link of such sums: then answers, or explanations, are equations.
    private static bool IsLinear(AffineForm form) =>
        form.Terms.All(term => term.Atom is not TreeAtom && term.Atom.Sources.Length <= 1)
        || (form.Terms is [{ Atom: CurveAtom { Kind: CurveKind.Sigmoid or CurveKind.Softmax or CurveKind.SoftmaxZero or CurveKind.LogSoftmax
            or CurveKind.Probit or CurveKind.Share or CurveKind.Exp or CurveKind.Tanh or CurveKind.Clip or CurveKind.Softplus } curve }]
            && curve.Arguments.All(IsLinear));

    private static long? Leaves(IReadOnlyList<AffineForm> columns)
    {
        HashSet<TreeEnsemble> ensembles = [];
        return columns.All(form => OnlyTrees(form, ensembles)) && ensembles.Count > 0
            ? ensembles.Sum(ensemble => ensemble.Trees.Sum(tree => tree.LongCount(node => node.Mode == BranchMode.Leaf)))
            : null;
    }

    private static bool OnlyTrees(AffineForm form, HashSet<TreeEnsemble> ensembles) => form.Terms.All(term =>
    {
        if (term.Atom is TreeAtom tree)
        {
            ensembles.Add(tree.Use.Ensemble);
            return true;
        }

        return term.Atom is CurveAtom curve && curve.Arguments.All(argument => OnlyTrees(argument, ensembles));
    });

    private static long Parameters(GraphProto graph) =>
        graph.Initializer.Sum(Elements)
        + graph.Node.Sum(node => node.Attribute.Sum(attribute => attribute.Floats.Count
            + (attribute.T is TensorProto tensor ? Elements(tensor) : 0) + attribute.Tensors.Sum(Elements)
            + (attribute.G is GraphProto inner ? Parameters(inner) : 0) + attribute.Graphs.Sum(Parameters)));

    private static long Elements(TensorProto tensor) => tensor.Dims.Aggregate(1L, (product, size) => product * size);
}
