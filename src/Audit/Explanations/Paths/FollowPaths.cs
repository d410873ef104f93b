using Governance.Audit.Gradients;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.Paths;

/// <summary>Integrates a model's gradient along straight paths, in finer steps where the path bends.</summary>
/// <remarks>
/// Each piece is integrated by three Gauss-Legendre points, exact for polynomials of degree 5. The integral of the
/// gradient along a piece must be the difference of the outputs at its ends (Sundararajan, Taly and Yan, "Axiomatic
/// attribution for deep networks", ICML 2017, proposition 1), so each piece knows its own error. Where the patterns of
/// ReLUs and maxima at its five points differ, a kink lies inside: it is sought where two straight lines with the
/// slopes of both ends meet, and fenced in by a piece of a hundredth of the length.
/// </remarks>
internal sealed class FollowPaths
{
    private const double Shortest = 1.0 / (1 << 16);
    private const double Fence = 0.005;
    private const int FirstPieces = 4;
    private const int MostElements = 1 << 20;

    private static readonly double Outer = Math.Sqrt(0.6) / 2;
    private static readonly (double At, double Weight)[] Nodes = [(0.5 - Outer, 5.0 / 18), (0.5, 8.0 / 18), (0.5 + Outer, 5.0 / 18)];

    private readonly GradientModel model;
    private readonly PathOptions options;
    private readonly CountedModel counted;
    private readonly double[][] starts;
    private readonly double[] end;
    private readonly InputBatch held;
    private readonly int column;
    private readonly double[] integrals;
    private readonly double[] values;
    private readonly double[] scales;
    private readonly int[] spent;
    private int kinks;
    private int unresolved;

    private FollowPaths(GradientModel model, PathOptions options, CountedModel counted, double[][] starts, double[] end, InputBatch held, int column)
    {
        this.model = model;
        this.options = options;
        this.counted = counted;
        this.starts = starts;
        this.end = end;
        this.held = held;
        this.column = column;
        integrals = new double[starts.Length * end.Length];
        values = new double[starts.Length];
        scales = new double[starts.Length];
        spent = new int[starts.Length];
    }

    /// <summary>Follows the paths from some baselines to a row.</summary>
    /// <param name="model">The gradient.</param>
    /// <param name="options">How exactly.</param>
    /// <param name="counted">Told of each point.</param>
    /// <param name="starts">Shape [paths][width].</param>
    /// <param name="end">Shape [width].</param>
    /// <param name="held">The row itself: what the model reads beside the points stays the row's.</param>
    /// <param name="column">The column of the output.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static PathIntegrals Run(
        GradientModel model, PathOptions options, CountedModel counted, double[][] starts, double[] end, InputBatch held, int column,
        CancellationToken cancellationToken)
    {
        FollowPaths run = new(model, options, counted, starts, end, held, column);
        List<PathPiece> whole = [];
        for (int path = 0; path < starts.Length; path++)
        {
            whole.Add(new PathPiece(new PathPoint(path, 0), new PathPoint(path, 1)));
        }

        List<PathPiece> pieces = run.Level(whole, run.Measure, cancellationToken);
        while (pieces.Count > 0)
        {
            pieces = run.Level(pieces, run.Settle, cancellationToken);
        }

        return new PathIntegrals(run.integrals, run.values, run.scales, run.kinks, run.unresolved);
    }

    // One level of pieces, in batches; what a piece is split into comes on the next.
    private List<PathPiece> Level(
        List<PathPiece> pieces, Action<PathPiece, double[], GradientBatch, int, List<PathPiece>> decide, CancellationToken cancellationToken)
    {
        List<PathPiece> next = [];
        int most = Math.Clamp(MostElements / (5 * end.Length), 1, 256);
        for (int start = 0; start < pieces.Count; start += most)
        {
            PathPiece[] some = [.. pieces.Skip(start).Take(most)];
            PathPoint[] ends = [.. some.SelectMany(piece => (PathPoint[])[piece.From, piece.To]).Where(point => !point.Known).Distinct()];
            double[] points = new double[((3 * some.Length) + ends.Length) * end.Length];
            for (int i = 0; i < 3 * some.Length; i++)
            {
                Place(some[i / 3].From.Path, some[i / 3].From.At + (some[i / 3].Length * Nodes[i % 3].At), points.AsSpan(i * end.Length, end.Length));
            }

            for (int i = 0; i < ends.Length; i++)
            {
                Place(ends[i].Path, ends[i].At, points.AsSpan(((3 * some.Length) + i) * end.Length, end.Length));
                spent[ends[i].Path]++;
            }

            GradientBatch batch = model.Run(points, held, column, cancellationToken);
            counted.Count(points.Length / end.Length, points.Length / end.Length * model.PointBytes);
            for (int i = 0; i < ends.Length; i++)
            {
                int row = (3 * some.Length) + i;
                (ends[i].Value, ends[i].Pattern, ends[i].Known) = (batch.Values[(row * model.Columns) + column], batch.Patterns?[row] ?? 0, true);
            }

            double[] parts = new double[end.Length];
            for (int i = 0; i < some.Length; i++)
            {
                spent[some[i].From.Path] += 3;
                Integrate(some[i], batch.Gradients.AsSpan(3 * i * end.Length, 3 * end.Length), parts);
                decide(some[i], parts, batch, 3 * i, next);
            }
        }

        return next;
    }

    private void Place(int path, double at, Span<double> point)
    {
        for (int i = 0; i < point.Length; i++)
        {
            point[i] = at == 1 ? end[i] : starts[path][i] + (at * (end[i] - starts[path][i]));
        }
    }

    private void Integrate(PathPiece piece, ReadOnlySpan<double> gradients, double[] parts)
    {
        double[] start = starts[piece.From.Path];
        for (int i = 0; i < parts.Length; i++)
        {
            double mean = (Nodes[0].Weight * gradients[i]) + (Nodes[1].Weight * gradients[parts.Length + i]) + (Nodes[2].Weight * gradients[(2 * parts.Length) + i]);
            parts[i] = piece.Length * (end[i] - start[i]) * mean;
        }
    }

    // The whole path first, to know how large its values are.
    private void Measure(PathPiece piece, double[] parts, GradientBatch batch, int node, List<PathPiece> next)
    {
        int path = piece.From.Path;
        values[path] = piece.From.Value;
        scales[path] = Math.Max(Math.Abs(piece.To.Value - piece.From.Value), parts.Sum(Math.Abs));
        if (end.AsSpan().SequenceEqual(starts[path]))
        {
            return;
        }

        Split(piece, [.. Enumerable.Range(1, FirstPieces - 1).Select(i => i / (double)FirstPieces)], next);
    }

    private void Settle(PathPiece piece, double[] parts, GradientBatch batch, int node, List<PathPiece> next)
    {
        int path = piece.From.Path;
        double rise = piece.To.Value - piece.From.Value;
        double noise = PathOptions.Noise(Math.Max(Math.Abs(piece.To.Value), Math.Abs(piece.From.Value)));
        double gap = Math.Abs(rise - parts.Sum());
        bool kinked = Kinked(piece, batch.Patterns, node);
        (double first, double last, double jump, double size) = Slopes(path, batch.Gradients, node);

        // A kink before the first node or behind the last one leaves their slopes alike: then it may be as large as they are.
        jump = kinked && (batch.Patterns![node] != piece.From.Pattern || batch.Patterns[node + 2] != piece.To.Pattern) ? Math.Max(jump, size) : jump;
        bool fine = kinked
            ? Math.Max(jump * piece.Length, gap - noise) <= options.Tolerance * scales[path]
            : gap <= (options.Tolerance * scales[path] * piece.Length) + noise;
        bool over = piece.Length <= Shortest || spent[path] >= options.MostPoints || !double.IsFinite(gap);
        if (fine || over)
        {
            kinks += kinked ? 1 : 0;
            unresolved += fine ? 0 : 1;
            for (int i = 0; i < parts.Length; i++)
            {
                integrals[(path * parts.Length) + i] += parts[i];
            }

            return;
        }

        double meeting = (rise - (last * piece.Length)) / ((first - last) * piece.Length);
        bool found = kinked && meeting > 4 * Fence && meeting < 1 - (4 * Fence) && Math.Abs(first - last) * piece.Length > 10 * noise;
        Split(piece, found ? [meeting - Fence, meeting + Fence] : [0.5], next);
    }

    private static bool Kinked(PathPiece piece, double[]? patterns, int node) => patterns is not null
        && (piece.From.Pattern != piece.To.Pattern || Enumerable.Range(node, 3).Any(i => patterns[i] != piece.From.Pattern));

    // The slope along the path at the first and the last node, the largest change of one element's share between them, and the largest share.
    private (double First, double Last, double Jump, double Size) Slopes(int path, double[] gradients, int node)
    {
        (double first, double last, double jump, double size) = (0, 0, 0, 0);
        for (int i = 0; i < end.Length; i++)
        {
            double way = end[i] - starts[path][i];
            double early = way * gradients[(node * end.Length) + i];
            double late = way * gradients[((node + 2) * end.Length) + i];
            first += early;
            last += late;
            jump = Math.Max(jump, Math.Abs(early - late));
            size = Math.Max(size, Math.Max(Math.Abs(early), Math.Abs(late)));
        }

        return (first, last, jump, size);
    }

    private static void Split(PathPiece piece, double[] shares, List<PathPiece> next)
    {
        PathPoint from = piece.From;
        foreach (double share in shares)
        {
            PathPoint middle = new(from.Path, piece.From.At + (share * piece.Length));
            next.Add(new PathPiece(from, middle));
            from = middle;
        }

        next.Add(new PathPiece(from, piece.To));
    }
}
