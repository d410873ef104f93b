using Governance.Audit.Data;
using Governance.Audit.Explanations.Methods;
using Governance.Audit.Explanations.Paths;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.Fusion;

/// <summary>Decides whether points are made, and slopes added up, inside the session.</summary>
internal static class ChooseGradientTransport
{
    // Sums in another order, of products that a device rounds its own way, over the largest value.
    private const double Tolerance = 1e-4;

    /// <summary>Chooses.</summary>
    /// <param name="task">The task.</param>
    /// <param name="gradient">Its gradient, loaded.</param>
    /// <param name="owners">Shape [elements of a point]: the player of each.</param>
    /// <param name="paths">Whether paths are followed.</param>
    /// <param name="cancellationToken">Ends the load of the fused gradient.</param>
    public static GradientTransport Of(AttributionTask task, GradientTask gradient, int[] owners, bool paths, CancellationToken cancellationToken)
    {
        bool device = ChosenTransport.IsDevice(task);
        if (task.Request.Fusion == FusionMode.Off)
        {
            return new GradientTransport(null, "Fusion is turned off.", false);
        }

        if (task.Request.Fusion == FusionMode.Auto && !device)
        {
            return new GradientTransport(null, "On the CPU points and slopes have no way to go.", false);
        }

        FusedGradient? fused = null;
        try
        {
            fused = new FusedGradient(gradient.Model, owners, task.Players.Count, paths ? gradient.Starts : null, device ? "cuda" : "cpu", cancellationToken);
            Prove(task, gradient, fused, paths, cancellationToken);
            return new GradientTransport(fused, paths
                ? "Places on the paths go to the session, which makes the points and adds up the slopes itself."
                : "Points go to the session, which adds up the slopes itself.", false);
        }
        catch (InputException refusal)
        {
            fused?.Dispose();
            return new GradientTransport(null, refusal.Message, true);
        }
    }

    // The first row both ways: the last half of its first path, or its slopes.
    private static void Prove(AttributionTask task, GradientTask gradient, FusedGradient fused, bool paths, CancellationToken cancellationToken)
    {
        CountedModel counted = new(task.Request.Model);
        InputBatch row = task.Rows.Slice(0, 1);
        double[] end = gradient.Model.PointsOf(row, cancellationToken);
        (double[] expected, double[] found) = paths ? Pieces() : Slopes();
        task.Calibrated(counted.Rows);
        double largest = Math.Max(1e-30, expected.Max(Math.Abs));
        double worst = expected.Zip(found).Max(pair => pair.First.Equals(pair.Second) ? 0 : Math.Abs(pair.First - pair.Second)) / largest;
        if (!(worst <= Tolerance))
        {
            throw new InputException($"The fused graph gives other slopes than the gradient, by {worst:0.0e+0} of the largest.");
        }

        (double[], double[]) Pieces()
        {
            PathPiece[] piece = [new PathPiece(new PathPoint(0, 0.5), new PathPoint(0, 1))];
            PathPoint[] ends = [piece[0].To];
            PieceBatch own = new HostPieces(gradient, counted, end, row, 0).Run(piece, ends, cancellationToken);
            PieceBatch other = fused.Pieces(row, end, 0, piece, ends, counted, cancellationToken);
            return ([.. own.Sums, own.Values[0]], [.. other.Sums, other.Values[0]]);
        }

        (double[], double[]) Slopes()
        {
            double[] own = new double[gradient.Players];
            gradient.Add(gradient.Model.Run(end, row, 0, cancellationToken).Gradients, own, 1);
            return (own, fused.Slopes(row, end, 0, counted, cancellationToken));
        }
    }
}
