using Governance.Audit.Gradients;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.Paths;

/// <summary>Makes the points of paths here, sends them to the model and its gradient, and sums up here what comes back.</summary>
/// <param name="gradient">The model and whose elements are whose.</param>
/// <param name="counted">Told of each point.</param>
/// <param name="end">Shape [width]: the row.</param>
/// <param name="held">The row itself: what the model reads beside the points stays the row's.</param>
/// <param name="column">The column of the output.</param>
internal sealed class HostPieces(GradientTask gradient, CountedModel counted, double[] end, InputBatch held, int column)
{
    private const int MostElements = 1 << 20;

    /// <summary>The most pieces of one run.</summary>
    /// <param name="width">Elements of a point.</param>
    public static int AtOnce(int width) => Math.Clamp(MostElements / (5 * width), 1, 256);

    /// <inheritdoc cref="RunPieces"/>
    public PieceBatch Run(ReadOnlyMemory<PathPiece> pieces, ReadOnlyMemory<PathPoint> ends, CancellationToken cancellationToken)
    {
        GradientModel model = gradient.Model;
        int width = end.Length;
        (int Path, double At)[] places = PathNodes.Places(pieces.Span, ends.Span);
        double[] points = new double[places.Length * width];
        for (int i = 0; i < places.Length; i++)
        {
            Place(gradient.Starts[places[i].Path], places[i].At, points.AsSpan(i * width, width));
        }

        GradientBatch batch = model.Run(points, held, column, cancellationToken);
        counted.Count(places.Length, places.Length * model.PointBytes);
        int players = gradient.Players;
        double[] looks = new double[pieces.Length * PieceLook.Numbers];
        double[] sums = new double[pieces.Length * players];
        double[] parts = new double[width];
        for (int i = 0; i < pieces.Length; i++)
        {
            Look(pieces.Span[i], batch.Gradients.AsSpan(PathNodes.Count * i * width, PathNodes.Count * width), parts)
                .CopyTo(looks.AsSpan(i * PieceLook.Numbers));
            gradient.Add(parts, sums.AsSpan(i * players, players), 1);
        }

        double[] values = [.. Enumerable.Range(PathNodes.Count * pieces.Length, ends.Length).Select(row => batch.Values[(row * model.Columns) + column])];
        return new PieceBatch(looks, sums, values, batch.Patterns);
    }

    private void Place(double[] start, double at, Span<double> point)
    {
        for (int i = 0; i < point.Length; i++)
        {
            point[i] = at == 1 ? end[i] : start[i] + (at * (end[i] - start[i]));
        }
    }

    private double[] Look(PathPiece piece, ReadOnlySpan<double> gradients, double[] parts)
    {
        double[] start = gradient.Starts[piece.From.Path];
        (double first, double last, double jump, double size, double total, double absolute) = (0, 0, 0, 0, 0, 0);
        for (int i = 0; i < parts.Length; i++)
        {
            double way = end[i] - start[i];
            double early = way * gradients[i];
            double middle = way * gradients[parts.Length + i];
            double late = way * gradients[(2 * parts.Length) + i];
            parts[i] = piece.Length * ((PathNodes.Weights[0] * early) + (PathNodes.Weights[1] * middle) + (PathNodes.Weights[2] * late));
            first += early;
            last += late;
            jump = Math.Max(jump, Math.Abs(early - late));
            size = Math.Max(size, Math.Max(Math.Abs(early), Math.Abs(late)));
            total += parts[i];
            absolute += Math.Abs(parts[i]);
        }

        return [first, last, jump, size, total, absolute];
    }
}
