using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Copies;

/// <summary>Compares a suspect with a registered model: digest, structure, weights, and behaviour against controls.</summary>
public static class CheckCopy
{
    private static readonly TimeSpan BatchLimit = TimeSpan.FromMinutes(1);

    /// <summary>Compares them.</summary>
    /// <param name="question">The files, the data and the secret of the probe rows.</param>
    /// <param name="progress">Told what is being done, in words; null for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">A model cannot be loaded, or the registered one cannot read the data.</exception>
    public static CopyReport Run(CopyQuestion question, Action<string>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        PredictorOptions run = new() { Provider = question.Provider, Threads = question.Threads, RunLimit = BatchLimit };
        progress?.Invoke("Loading both models");
        using CopyParty model = CopyParty.Load(question.Model, question.Encoding, null, question.Data, run, cancellationToken);
        GraphProto graph = ModelFile.Parse(question.Suspect).Graph;
        CopyParty? suspect = null;
        string? reason = null;
        try
        {
            suspect = CopyParty.Load(
                question.Suspect, question.SuspectEncoding, question.Encoding, question.Data, run, cancellationToken);
        }
        catch (InputException fault)
        {
            reason = $"The suspect could not be asked about the data: {fault.Message}";
        }

        using (suspect)
        {
            progress?.Invoke("Comparing structure and weights");
            string sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(question.Suspect));
            WeightLikeness? weights = Weights(graph, model.Graph);
            CompareBehaviour behaviour = new(question, model, run, progress);
            BehaviourLikeness? likeness = null;
            if (suspect is not null)
            {
                (likeness, reason) = behaviour.Compare(suspect, cancellationToken);
            }

            GraphLikeness shapes = new(
                ModelFamilies.Of(graph), model.Family, SameOperators(graph, model.Graph), SameOrder(graph, model.Graph),
                SameLayers(graph, model.Graph));
            TreeLikeness? trees = Trees(graph, model.Graph, behaviour.ControlTrees);
            (CopyVerdict verdict, string sentence, IReadOnlyList<CopyEvidence> evidence) =
                JudgeCopy.Judge(sha256 == model.Sha256, shapes, trees, weights, likeness, reason);
            return new CopyReport(
                verdict, sentence, evidence, sha256, model.Sha256, shapes, trees, weights, likeness, reason);
        }
    }

    private static bool SameOperators(GraphProto a, GraphProto b) => Operators(a).Order().SequenceEqual(Operators(b).Order());

    private static bool SameOrder(GraphProto a, GraphProto b) => Operators(a).SequenceEqual(Operators(b));

    private static IEnumerable<string> Operators(GraphProto graph) => graph.Node.Select(node => $"{node.Domain}::{node.OpType}");

    private static bool SameLayers(GraphProto a, GraphProto b) => Layers(a).SequenceEqual(Layers(b));

    private static IEnumerable<string> Layers(GraphProto graph) =>
        WeightTensors.Read(graph).Select(tensor => string.Join('×', tensor.Dims)).Order();

    private static WeightLikeness? Weights(GraphProto suspect, GraphProto model)
    {
        IReadOnlyList<WeightTensor> theirs = WeightTensors.Read(suspect);
        IReadOnlyList<WeightTensor> ours = WeightTensors.Read(model);
        if (theirs.Count == 0 || ours.Count == 0)
        {
            return null;
        }

        WeightShare share = WeightOverlap.Compare(theirs, ours);
        IReadOnlyList<LayerMatch> layers = UnitAlignment.Compare(theirs, ours);
        return new WeightLikeness(
            share.Values, share.Shared, share.Chance, share.Tolerance, share.Scaled, layers.Count,
            layers.Count(layer => layer.Aligned), layers.Count == 0 ? null : layers.Max(layer => layer.Alignment));
    }

    private static TreeLikeness? Trees(GraphProto suspect, GraphProto model, IReadOnlyList<IReadOnlyList<TreeSplits>> controls)
    {
        IReadOnlyList<TreeSplits> theirs = TreeReader.Read(suspect);
        IReadOnlyList<TreeSplits> ours = TreeReader.Read(model);
        if (theirs.Count == 0 || ours.Count == 0)
        {
            return null;
        }

        TreeMatch match = TreePairs.Compare(theirs, ours);
        double? control = controls.Count == 0 ? null : controls.Max(trees => TreePairs.Compare(trees, ours).Share);
        return new TreeLikeness(
            match.Suspect, match.Model, match.Exact, match.Near, match.Share, match.SharedLimits, control, match.Rewritten);
    }
}
