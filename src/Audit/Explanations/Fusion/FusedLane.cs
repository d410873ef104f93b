using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.Fusion;

/// <summary>What one thread has bound: background, players and row until others come, coalitions for a run.</summary>
internal sealed class FusedLane : IDisposable
{
    private readonly FusedGraph graph;
    private readonly BoundRun run;
    private readonly long[] first = [0];
    private readonly long[] last = [0];
    private FusedBackground? reference;
    private FusableModel? model;
    private InputBatch? bound;
    private bool[] known = [];
    private double[] means = [];

    /// <summary>Starts with nothing bound.</summary>
    /// <param name="session">The session.</param>
    /// <param name="graph">What it runs.</param>
    public FusedLane(BoundSession session, FusedGraph graph)
    {
        this.graph = graph;
        run = session.Open();
    }

    /// <summary>Binds background and players, unless they are bound already; other players take the row anew.</summary>
    /// <param name="given">Who owns which element.</param>
    /// <param name="background">The reference rows.</param>
    public void Take(FusableModel given, FusedBackground background)
    {
        if (ReferenceEquals(background, reference) && ReferenceEquals(given, model))
        {
            return;
        }

        (reference, model, bound) = (background, given, null);
        run.Bind(graph.Weights, background.Weights, background.Rows);
        for (int i = 0; i < given.Inputs.Count; i++)
        {
            run.Bind(graph.Backgrounds[i], background.Values[i], background.Rows, 1, given.Inputs[i].Owners.Length);
            run.Bind(graph.Owners[i], given.Inputs[i].Owners, given.Inputs[i].Owners.Length);
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
        for (int i = 0; i < model!.Inputs.Count; i++)
        {
            FusableInput input = model.Inputs[i];
            run.Bind(graph.Rows[i], FusedBackground.Masked(row.Tensors[input.Tensor]), 1, 1, input.Owners.Length);
        }
    }

    /// <summary>Binds coalitions.</summary>
    public void Take(CoalitionSet coalitions, int start, int count)
    {
        (int players, int columns) = (model!.Players, model.Columns.Length);
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

        run.Take(graph.Means, means, 1, means.Length);
        run.Run(cancellationToken);
        for (int i = 0; i < means.Length; i++)
        {
            values[i] += means[i];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => run.Dispose();
}
