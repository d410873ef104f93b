using System.Security.Cryptography;
using Governance.Audit.Data;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Inference;

/// <summary>Looks into a model file and tries it on three made-up rows.</summary>
public static class InspectModel
{
    private static readonly TimeSpan TrialLimit = TimeSpan.FromSeconds(10);

    /// <summary>Inspects a model.</summary>
    /// <param name="file">The ONNX file.</param>
    /// <param name="provider">"auto", "cpu" or "cuda".</param>
    /// <param name="cancellationToken">Ends the inspection.</param>
    /// <exception cref="InputException">The file is no model that can be loaded; the sentence says why.</exception>
    public static InspectionReport Run(byte[] file, string provider, CancellationToken cancellationToken)
    {
        ModelProto model = ModelFile.Parse(file);
        PredictorOptions options = new() { Provider = provider, RunLimit = TrialLimit };
        using OnnxPredictor predictor = OnnxPredictor.Load(file, options, cancellationToken);
        List<NodeProto> nodes = [.. Nodes(model.Graph).Concat(model.Functions.SelectMany(function => function.Node))];
        return new InspectionReport
        {
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(file)),
            Bytes = file.Length,
            IrVersion = model.IrVersion,
            Opsets = model.OpsetImport.GroupBy(opset => Domain(opset.Domain)).ToDictionary(group => group.Key, group => group.Max(opset => opset.Version)),
            Producer = $"{model.ProducerName} {model.ProducerVersion}".Trim(),
            Inputs = [.. predictor.Signature.Inputs.Select(Input)],
            Outputs = [.. predictor.Signature.Outputs.Select(output =>
                new InspectedOutput(output.Name, output.Type, output.Shape, output.Role, output.Classes))],
            Operators = nodes.GroupBy(OperatorName).OrderBy(group => group.Key, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Count()),
            Nodes = nodes.Count,
            Parameters = Parameters(model.Graph) + nodes.Sum(node => node.Attribute.Sum(attribute => (long)attribute.Floats.Count)),
            Explainers = Explainers(predictor.Signature),
            Checks = ModelTrial.Run(predictor, model.Graph, cancellationToken),
        };
    }

    private static InspectedInput Input(InputSpec input) => new(
        input.Name,
        $"tensor({input.Kind switch { TensorKind.Boolean => "bool", TensorKind.Text => "string", TensorKind kind => kind.ToString().ToLowerInvariant() }})",
        [input.FixedBatch > 0 ? input.FixedBatch : null, .. input.RowShape.Select(size => size > 0 ? (long?)size : null)]);

    private static IEnumerable<NodeProto> Nodes(GraphProto graph) => graph.Node.Concat(Subgraphs(graph).SelectMany(Nodes));

    private static IEnumerable<GraphProto> Subgraphs(GraphProto graph) => graph.Node.SelectMany(node => node.Attribute)
        .SelectMany(attribute => attribute.G is null ? attribute.Graphs : attribute.Graphs.Prepend(attribute.G));

    private static long Parameters(GraphProto graph) =>
        graph.Initializer.Sum(tensor => tensor.Dims.Aggregate(1L, (product, size) => product * size))
        + Subgraphs(graph).Sum(Parameters);

    private static string OperatorName(NodeProto node) =>
        Domain(node.Domain) == "ai.onnx" ? node.OpType : $"{node.Domain}::{node.OpType}";

    private static string Domain(string domain) => domain.Length == 0 ? "ai.onnx" : domain;

    private static List<ExplainerSupport> Explainers(ModelSignature signature)
    {
        bool numeric = signature.Outputs.Any(output => output.Role is not (OutputRole.Label or OutputRole.Other));
        int width = signature.Inputs.Sum(input => Math.Max(input.Width, 1));
        const string Any = "It needs only the model's outputs.";
        const string Numbers = "The model gives labels only; there is no number to split among the features.";
        List<ExplainerSupport> explainers =
        [
            new("exact", numeric && width <= 20,
                !numeric ? Numbers
                : width <= 20 ? "It needs only the model's outputs; the features are few enough for all coalitions."
                : $"The model has {width} features and all coalitions are enumerated only up to 20 players; with one-hot columns or groups as players it may still do."),
            new("kernel", numeric, numeric ? Any : Numbers),
        ];
        explainers.AddRange(Array.ConvertAll(
            (string[])["permutation", "owen", "tree", "tree-path", "linear", "saliency", "integrated-gradients", "expected-gradients", "occlusion"],
            method => new ExplainerSupport(method, false, "This version of Governance does not have the method.")));
        return explainers;
    }
}
