using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Ensembles;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Runs;
using Governance.Audit.Variants;
using Governance.Audit.Variants.Trees;
using MathNet.Numerics.Statistics;

namespace Governance.Audit.Ensembles;

/// <summary>Looks at the members of bagging and boosting: the trees that one graph holds.</summary>
/// <remarks>
/// The staged curve of boosting is Friedman's (Annals of Statistics 29, 2001, section 5); a forest's error is that of its trees
/// less what their disagreement takes away (Breiman, "Random Forests", Machine Learning 45, 2001). Of boosting the stages of the
/// second half stand for members (Malinin, Prokhorenkova and Ustimenko, "Uncertainty in gradient boosting via ensembles", ICLR 2021).
/// </remarks>
public static class InspectTrees
{
    private const int MostSingles = 100;
    private const int MostRows = 5_000;
    private const int Bins = 5;

    /// <summary>Inspects every ensemble of trees in a model.</summary>
    /// <param name="file">The model.</param>
    /// <param name="rows">Readable rows, with what was true where that is known; the first 5,000 count.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>One report an ensemble; none where the model has no trees.</returns>
    /// <exception cref="InputException">The trees cannot be read, or the rows do not fit.</exception>
    public static IReadOnlyList<TreeMembersReport> Run(byte[] file, VariantRows rows, IRunProgress? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Table is not Table table)
        {
            throw new InputException("Trees are inspected on readable rows, not on tensors alone.");
        }

        int count = Math.Min(table.Rows, MostRows);
        rows = rows with { Batch = rows.Batch.Slice(0, count), Table = table.Head(count) };
        ModelProto model = ModelFile.Parse(file);
        IReadOnlyList<NodeProto> nodes = TreeReach.Nodes(model.Graph);
        return [.. nodes.Select(node => Inspect(model, node, rows, nodes.Count == 1, progress, cancellationToken))];
    }

    private static TreeMembersReport Inspect(
        ModelProto model, NodeProto node, VariantRows rows, bool alone, IRunProgress? progress, CancellationToken cancellationToken)
    {
        TreeReach reach = TreeReach.Of(model, node, rows.Batch, cancellationToken);
        TreeFamily family = TellFamily.Of(reach);
        TreeMembersReport report = new()
        {
            Node = GraphEdit.NameOf(node),
            Family = family,
            Trees = reach.Ensemble.Trees.Count,
            Leaves = reach.Ensemble.Trees.Sum(Leaves),
            Depth = reach.Ensemble.Trees.Max(Depth),
            Rows = reach.Rows,
            Level = rows.Level,
            Moves = Moves(reach),
            Metric = "",
            Stages = [],
        };
        return alone && reach.Adds ? Tried(report, new TreeTrials(model, reach, family, rows), rows, progress, cancellationToken) : report;
    }

    private static TreeMembersReport Tried(
        TreeMembersReport report, TreeTrials trials, VariantRows rows, IRunProgress? progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<int> steps = trials.Steps();
        int singles = report.Family == TreeFamily.Bagging ? Math.Min(report.Trees, MostSingles) : 0;
        int done = 0;
        Decisions[] stages = [.. steps.Select(step => Decide(Enumerable.Range(0, step)))];
        Decisions[] members = [.. Enumerable.Range(0, singles).Select(tree => Decide([tree]))];
        TreeTruth truth = TreeTruth.Of(rows, stages[^1]);
        double[] reached = [.. members.Select(member => truth.Measure(member).Value)];
        Decisions[] apart = report.Family == TreeFamily.Bagging ? members : [.. stages.Where((_, i) => 2 * steps[i] >= report.Trees)];
        return report with
        {
            Metric = truth.Metric,
            Stages = [.. stages.Select(truth.Measure).Select((reach, i) => new TreeStage(steps[i], reach.Value, reach.Interval))],
            Singles = singles == 0 ? null : new SingleTrees(reached, reached.Average(), singles < 2 ? 0 : reached.StandardDeviation(), reached.Min(), reached.Max()),
            Disagreement = apart.Length < 2 ? null : truth.Disagreement(apart, stages[^1], Bins),
        };

        Decisions Decide(IEnumerable<int> trees)
        {
            progress?.Report("Asking trees one by one", done++, steps.Count + singles);
            return trials.Decide([.. trees], cancellationToken);
        }
    }

    private static IReadOnlyList<TreeMove> Moves(TreeReach reach)
    {
        int targets = reach.Ensemble.Targets;
        double[] moves = [.. Enumerable.Range(0, reach.Ensemble.Trees.Count).Select(tree =>
        {
            double[] added = reach.Added(tree);
            return Math.Sqrt(Enumerable.Range(0, targets).Sum(target =>
            {
                double[] own = [.. added.Where((_, i) => i % targets == target)];
                double mean = own.Average();
                return own.Average(value => (value - mean) * (value - mean));
            })) / (reach.Ensemble.Aggregate == EnsembleAggregate.Average ? reach.Ensemble.Trees.Count : 1);
        })];
        double all = moves.Sum();
        return [.. moves.Select((move, tree) => new TreeMove(tree + 1, Leaves(reach.Ensemble.Trees[tree]), move, all > 0 ? move / all : 0))];
    }

    private static int Leaves(IReadOnlyList<TreeNode> tree) => tree.Count(node => node.Mode == BranchMode.Leaf);

    // Children come after their parents.
    private static int Depth(IReadOnlyList<TreeNode> tree)
    {
        int[] depth = new int[tree.Count];
        for (int node = 0; node < tree.Count; node++)
        {
            if (tree[node].Mode != BranchMode.Leaf)
            {
                depth[tree[node].TrueChild] = depth[tree[node].FalseChild] = depth[node] + 1;
            }
        }

        return depth.Max();
    }
}
