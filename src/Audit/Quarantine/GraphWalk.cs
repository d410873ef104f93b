using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Quarantine.Rules;
using Governance.Audit.Quarantine.Scanning;
using Governance.Audit.Quarantine.Sizes;

namespace Governance.Audit.Quarantine;

/// <summary>Goes through a model in the order in which it would run on one row, and applies the rules at each step.</summary>
/// <remarks>
/// Bodies of subgraphs are gone through once, bodies of functions at each call; the expanded size was checked before, so
/// the walk is bounded by it. Sizes are lower bounds: what is not known counts as nothing.
/// </remarks>
internal sealed class GraphWalk(ReadOnlyMemory<byte> file, FunctionTable functions, ModelLimits limits)
{
    private readonly Dictionary<ScannedFunction, List<ScannedNode>> orders = [];
    private readonly List<string> boundless = [];

    /// <summary>Whether sizes are known before a row is seen, as a check.</summary>
    public ModelCheck Sizes => boundless.Count == 0
        ? new ModelCheck("sizes", true, "How large values grow follows from constants and dimensions.")
        : new ModelCheck("sizes", false, $"The size of {string.Join(", ", boundless.Take(3))} hangs on the numbers in a row: what a row costs cannot be known beforehand.");

    /// <summary>Checks the main graph and, on the way, everything that it uses.</summary>
    /// <exception cref="InputException">A rule is broken; the sentence names the part.</exception>
    public void Run(ScannedModel model)
    {
        foreach (ScannedFunction function in model.Functions)
        {
            DeclarationRule.RefuseTwice(function.Inputs, "function's input");
            orders.Add(function, NameRule.Order(function.Nodes, function.Inputs, function.Outputs, _ => false));
            Visit(orders[function], new Scope(null), Imported(function.Opsets), 1, true);
        }

        Visit(model.Graph!, new Scope(null), Imported(model.Opsets), 1);
    }

    private static HashSet<string> Imported(IEnumerable<(string Domain, long Version)> opsets) => [.. opsets.Select(opset => opset.Domain)];

    private void Visit(ScannedGraph graph, Scope scope, HashSet<string> imported, double rounds)
    {
        foreach (ScannedValue input in graph.Inputs)
        {
            scope.Set(input.Name, Declared(input.Type) with { IsFromRows = true });
        }

        DeclarationRule.RefuseTwice(graph.Inputs.Select(input => input.Name), "input");
        DeclarationRule.RefuseTwice(graph.InitializerNames, "weights");
        foreach (ScannedTensor weights in graph.Initializers)
        {
            scope.Set(weights.Name, Operands.Of(weights, file.Span));
        }

        foreach (ScannedSparse weights in graph.SparseInitializers)
        {
            scope.Set(weights.Values.Name, Fact.Of(weights.Dims.All));
        }

        IEnumerable<string> given = graph.Inputs.Select(input => input.Name).Concat(graph.InitializerNames);
        Visit(NameRule.Order(graph.Nodes, given, graph.Outputs.Select(output => output.Name), scope.Has), scope, imported, rounds, false);
    }

    // The body of a function by itself is checked for its names; sizes and rounds are those of its calls.
    private void Visit(List<ScannedNode> nodes, Scope scope, HashSet<string> imported, double rounds, bool isBodyAlone)
    {
        foreach (ScannedNode node in nodes)
        {
            AttributeRule.Check(node);
            ScannedFunction? function = functions.Called(node);
            if (function is null)
            {
                AttributeRule.CheckOperator(node, imported);
            }

            if (isBodyAlone)
            {
                continue;
            }

            Fact[] outputs = function is null ? Infer(node, scope) : Call(node, function, scope, rounds);
            bool fromRows = node.Op is not ("Shape" or "Size") && NameRule.Reads(node).Any(name => scope[name].IsFromRows);
            for (int i = 0; i < node.Outputs.Count; i++)
            {
                Fact fact = i < outputs.Length ? outputs[i] : Fact.Unknown;
                RefuseLarge(node, i, fact.Elements);
                scope.Set(node.Outputs[i], fact with { IsFromRows = function is null ? fromRows : fact.IsFromRows });
            }

            VisitBodies(node, scope, imported, rounds);
        }
    }

    private Fact[] Infer(ScannedNode node, Scope scope)
    {
        Fact[] inputs = [.. node.Inputs.Select(name => name.Length == 0 ? Fact.Unknown : scope[name])];
        TreeRule.Check(node, inputs.FirstOrDefault()?.Shape);
        if (node.Attributes.Exists(attribute => attribute.IsReference))
        {
            return [];
        }

        Operands operands = new(node, inputs, file.Span);
        if (MadeSizes.SizeInputs(node.Op).Any(index => index < inputs.Length && inputs[index].IsFromRows))
        {
            boundless.Add(Quoted.Of(node.Outputs.FirstOrDefault() ?? node.Op));
        }

        return [ListMath.Of(operands) ?? MadeSizes.Of(operands) ?? KeptSizes.Of(operands) ?? Fact.Unknown];
    }

    private Fact[] Call(ScannedNode node, ScannedFunction function, Scope scope, double rounds)
    {
        Scope inside = new(null);
        for (int i = 0; i < function.Inputs.Count; i++)
        {
            inside.Set(function.Inputs[i], i < node.Inputs.Count && node.Inputs[i].Length > 0 ? scope[node.Inputs[i]] : Fact.Unknown);
        }

        Visit(orders[function], inside, Imported(function.Opsets), rounds, false);
        return [.. function.Outputs.Select(name => inside[name])];
    }

    private void VisitBodies(ScannedNode node, Scope scope, HashSet<string> imported, double rounds)
    {
        bool loops = node is { Op: "Loop", Domain: "" };
        double inner = loops ? LoopRule.Rounds(node, node.Inputs.Count == 0 ? Fact.Unknown : scope[node.Inputs[0]], rounds, limits) : rounds;
        foreach (ScannedGraph body in node.Subgraphs)
        {
            Scope inside = new(scope);
            Visit(body, inside, imported, inner);
            if (loops)
            {
                RefuseLongScans(node, body, inside, inner / rounds);
            }
        }
    }

    // What a loop collects grows by one value a round.
    private void RefuseLongScans(ScannedNode node, ScannedGraph body, Scope inside, double rounds)
    {
        int carried = Math.Max(node.Inputs.Count - 2, 0);
        for (int i = carried; i < node.Outputs.Count && i + 1 < body.Outputs.Count; i++)
        {
            RefuseLarge(node, i, rounds * Math.Max(inside[body.Outputs[i + 1].Name].Elements, 1));
        }
    }

    private void RefuseLarge(ScannedNode node, int output, double elements)
    {
        if (elements > limits.ValueElements)
        {
            throw new InputException(
                $"For one row the operator {node.Kind} would make the value {Quoted.Of(node.Outputs[output])} of {elements:N0} elements, more than the {limits.ValueElements:N0} that are accepted.");
        }
    }

    private static Fact Declared(ScannedType type) => type is { Kind: "tensor", Dims: long?[] dims }
        ? Fact.Of([.. dims.Select((size, i) => size is > 0 ? (double)size : 1)])
        : Fact.Unknown;
}
