using System.Security.Cryptography;
using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Quarantine.Rules;
using Governance.Audit.Quarantine.Scanning;

namespace Governance.Audit.Quarantine;

/// <summary>Judges a model file by our own reader, before a runtime or a generated parser sees it.</summary>
/// <remarks>
/// Memory and time are bounded by the file's size and by <see cref="ModelLimits"/>. What it lets pass may still be
/// dear to run: the child process of ModelQuarantine finds that out.
/// </remarks>
public static class PreParser
{
    /// <summary>Reads and judges a model file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="limits">How large and deep it may be.</param>
    /// <exception cref="InputException">It is no ONNX model, or one that is not accepted; the sentence names the fault.</exception>
    public static ModelContent Read(ReadOnlyMemory<byte> file, ModelLimits limits)
    {
        ScannedModel model = ModelScan.Read(file.Span, limits);
        DeclarationRule.CheckVersions(model);
        DeclarationRule.CheckEnds(model.Graph!, limits);
        FunctionTable functions = new(model, limits);
        WeightCensus weights = new(model, file, limits);
        GraphWalk walk = new(file, functions, limits);
        walk.Run(model);
        return Content(model, file, weights, walk);
    }

    private static ModelContent Content(ScannedModel model, ReadOnlyMemory<byte> file, WeightCensus weights, GraphWalk walk)
    {
        ScannedGraph graph = model.Graph!;
        HashSet<string> initializers = [.. graph.InitializerNames];
        List<ScannedNode> nodes = [.. graph.Nodes.Concat(model.Functions.SelectMany(function => function.Nodes)).SelectMany(Within)];
        return new ModelContent
        {
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(file.Span)),
            Bytes = file.Length,
            IrVersion = model.IrVersion,
            Opsets = model.Opsets.GroupBy(opset => opset.Domain).ToDictionary(group => group.Key.Length == 0 ? "ai.onnx" : group.Key, group => group.Max(opset => opset.Version)),
            Producer = Quoted.Plain($"{model.Producer} {model.ProducerVersion}".Trim(), 200),
            Inputs = graph.Inputs.Where(input => !initializers.Contains(input.Name)).ToDictionary(input => input.Name, input => TypeName(input.Type)),
            Outputs = [.. graph.Outputs.Select(output => (output.Name, RowShape(output.Type)))],
            Operators = nodes.GroupBy(node => node.Kind).OrderBy(group => group.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count()),
            Nodes = nodes.Count,
            Parameters = weights.Parameters,
            Checks =
            [
                new ModelCheck("format", true, $"The file reads as an ONNX model of format {model.IrVersion}; names, dimensions and data fit each other."),
                new ModelCheck("one-file", true, "All weights lie in the file itself."),
                new ModelCheck("operators", true, "All operators are on the list of those accepted."),
                new ModelCheck("limits", true, $"{nodes.Count:N0} operators, loops, depths and the sizes of values are within the limits."),
                walk.Sizes,
                weights.Check,
            ],
        };
    }

    private static IReadOnlyList<long?>? RowShape(ScannedType type) =>
        type is { Kind: "tensor", Dims: { Length: > 0 } dims } ? [.. dims.Skip(1).Select(size => size > 0 ? size : null)] : null;

    private static string TypeName(ScannedType type) =>
        type.Kind == "tensor" ? $"tensor({ElementType.Of(type.Element)!.Value.Name})" : type.Kind;

    private static IEnumerable<ScannedNode> Within(ScannedNode node) =>
        node.Subgraphs.SelectMany(graph => graph.Nodes).SelectMany(Within).Prepend(node);
}
