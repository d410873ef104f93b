using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.Fusion;

/// <summary>What one thread has bound: the background for good, the row until the next, coalitions for a run.</summary>
internal sealed class FusedLane : IDisposable
{
    private readonly FusedGraph graph;
    private readonly IReadOnlyList<FusableInput> inputs;
    private readonly BoundRun run;
    private readonly long[] first = [0];
    private readonly long[] last = [0];
    private readonly int players;
    private readonly int columns;
    private InputBatch? bound;
    private bool[] known = [];
    private double[] means = [];

    /// <summary>Binds the background.</summary>
    /// <param name="session">The session.</param>
    /// <param name="graph">What it runs.</param>
    /// <param name="model">What was fused.</param>
    /// <param name="background">The reference rows.</param>
    public FusedLane(BoundSession session, FusedGraph graph, FusableModel model, FusedBackground background)
    {
        this.graph = graph;
        inputs = model.Inputs;
        players = model.Players;
        columns = model.Columns.Length;
        run = session.Open();
        run.Bind(graph.Weights, background.Weights, background.Rows);
        for (int i = 0; i < inputs.Count; i++)
        {
            run.Bind(graph.Backgrounds[i], background.Values[i], background.Rows, 1, inputs[i].Owners.Length);
        }
    }

    /// <summary>Binds the row explained, unless it is bound already.</summary>
    public void Take(InputBatch row)
    {
        if (ReferenceEquals(row, bound))
        {
            return;
        }

        bound = row;
        for (int i = 0; i < inputs.Count; i++)
        {
            run.Bind(graph.Rows[i], FusedBackground.Masked(row.Tensors[inputs[i].Tensor]), 1, 1, inputs[i].Owners.Length);
        }
    }

    /// <summary>Binds coalitions.</summary>
    public void Take(CoalitionSet coalitions, int start, int count)
    {
        known = known.Length == count * players ? known : new bool[count * players];
        means = means.Length == count * columns ? means : new double[count * columns];
        for (int i = 0; i < known.Length; i++)
        {
            known[i] = coalitions.Contains(start + (i / players), i % players);
        }

        run.Bind(graph.Coalitions, known, count, players);
    }

    /// <summary>Adds the weighted sums over some background rows to the values of the coalitions bound.</summary>
    /// <param name="values">Shape [coalitions bound, columns].</param>
    /// <param name="from">The first background row.</param>
    /// <param name="to">The one behind the last.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public void Add(Span<double> values, int from, int to, CancellationToken cancellationToken)
    {
        if (graph.Ends is (string start, string end))
        {
            (first[0], last[0]) = (from, to);
            run.Bind(start, first, 1);
            run.Bind(end, last, 1);
        }

        run.Run(graph.Means, means, [1, means.Length], cancellationToken);
        for (int i = 0; i < means.Length; i++)
        {
            values[i] += means[i];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => run.Dispose();
}
