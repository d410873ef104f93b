using Governance.Audit.Explanations.Paths;
using Governance.Audit.Gradients;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.Fusion;

/// <summary>What one thread has bound of a fused gradient: where paths start for good, the row until the next, places for a run.</summary>
internal sealed class GradientLane : IDisposable
{
    private readonly BoundRun run;
    private readonly FusedGradientGraph graph;
    private readonly GradientModel model;
    private readonly int sums;
    private InputBatch? bound;

    /// <summary>Binds where paths start.</summary>
    /// <param name="run">The session's bindings; disposed with this.</param>
    /// <param name="graph">What it runs.</param>
    /// <param name="model">The model with its gradient.</param>
    /// <param name="starts">Shape [paths][elements]; empty for slopes.</param>
    /// <param name="sums">Sums of a piece or point that come back.</param>
    public GradientLane(BoundRun run, FusedGradientGraph graph, GradientModel model, IReadOnlyList<double[]> starts, int sums)
    {
        this.run = run;
        this.graph = graph;
        this.model = model;
        this.sums = sums;
        for (int place = 0; place < graph.Starts.Count; place++)
        {
            Bind(graph.Starts[place], Part([.. starts.SelectMany(start => start)], place), starts.Count, model.Widths[place]);
        }
    }

    /// <summary>Binds the row explained, unless it is bound already, and the output's column.</summary>
    /// <param name="row">The row.</param>
    /// <param name="end">Shape [elements]: where its paths end; empty for slopes.</param>
    /// <param name="column">The column.</param>
    public void Take(InputBatch row, double[] end, int column)
    {
        Bind(graph.Column, (long[])[column], 1);
        if (ReferenceEquals(row, bound))
        {
            return;
        }

        bound = row;
        foreach ((string name, string own) in graph.Held)
        {
            InputTensor tensor = row.Tensors.First(tensor => tensor.Name == name);
            Bind(own, FusedBackground.Masked(tensor), [1, .. tensor.RowShape.Select(size => (long)size)]);
        }

        for (int place = 0; place < graph.Ends.Count; place++)
        {
            Bind(graph.Ends[place], Part(end, place), 1, model.Widths[place]);
        }
    }

    /// <summary>Runs the nodes of pieces and some ends.</summary>
    public PieceBatch Pieces(ReadOnlySpan<PathPiece> pieces, ReadOnlySpan<PathPoint> ends, CancellationToken cancellationToken)
    {
        (int Path, double At)[] places = PathNodes.Places(pieces, ends);
        double[] lengths = new double[pieces.Length];
        for (int i = 0; i < lengths.Length; i++)
        {
            lengths[i] = pieces[i].Length;
        }

        Bind(graph.Paths, Array.ConvertAll(places, place => (long)place.Path), places.Length);
        Bind(graph.At, Array.ConvertAll(places, place => place.At), places.Length, 1);
        Bind(graph.Lengths, lengths, lengths.Length, 1);
        (string looksName, string valuesName, string? patternsName) = graph.Found!.Value;
        double[] looks = new double[pieces.Length * PieceLook.Numbers];
        double[] found = new double[pieces.Length * sums];
        double[] values = new double[places.Length];
        double[]? patterns = patternsName is null ? null : new double[places.Length];
        run.Take(looksName, looks, pieces.Length, PieceLook.Numbers);
        run.Take(graph.Sums, found, pieces.Length, sums);
        run.Take(valuesName, values, places.Length, 1);
        if (patterns is not null)
        {
            run.Take(patternsName!, patterns, places.Length, 1);
        }

        run.Run(cancellationToken);
        return new PieceBatch(looks, found, values[^ends.Length..], patterns);
    }

    /// <summary>Runs points.</summary>
    /// <param name="points">Shape [points, elements].</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>Shape [points, sums].</returns>
    public double[] Slopes(double[] points, CancellationToken cancellationToken)
    {
        int rows = points.Length / model.Width;
        for (int place = 0; place < model.Points.Count; place++)
        {
            InputSpec input = Spec(place);
            double[] own = Part(points, place);
            Bind(input.Name, input.Kind == TensorKind.Double ? own : Array.ConvertAll(own, value => (float)value), [rows, .. input.RowShape.Select(size => (long)size)]);
        }

        double[] found = new double[rows * sums];
        run.Take(graph.Sums, found, rows, sums);
        run.Run(cancellationToken);
        return found;
    }

    /// <summary>Bytes of so many points on their way to the session.</summary>
    public long PointBytes(int points) => Enumerable.Range(0, model.Points.Count).Where(place => graph.Inputs.Contains(model.Points[place].Value))
        .Sum(place => (long)points * model.Widths[place] * Spec(place).Kind.Bytes());

    /// <inheritdoc/>
    public void Dispose() => run.Dispose();

    // What the gradient does not depend on is no input any more.
    private void Bind(string input, Array values, params long[] dims)
    {
        if (graph.Inputs.Contains(input))
        {
            run.Bind(input, values, dims);
        }
    }

    private InputSpec Spec(int place) => model.Source.Inputs.First(input => input.Name == model.Points[place].Value);

    // The elements of one point out of all, row by row.
    private double[] Part(double[] all, int place)
    {
        int width = model.Widths[place];
        int first = model.Widths.Take(place).Sum();
        double[] part = new double[all.Length / model.Width * width];
        for (int row = 0; row < all.Length / model.Width; row++)
        {
            Array.Copy(all, (row * model.Width) + first, part, row * width, width);
        }

        return part;
    }
}
