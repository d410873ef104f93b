using System.Collections.Concurrent;
using Governance.Audit.Data;
using Governance.Audit.Explanations.Paths;
using Governance.Audit.Gradients;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.Fusion;

/// <summary>A loaded gradient that makes points and adds up slopes itself: see <see cref="FusedGradientGraph"/>.</summary>
/// <remarks>Safe to use from several threads.</remarks>
internal sealed class FusedGradient : IDisposable
{
    // On a device: 256 MiB of floats as points, five of a piece.
    private const int DeviceElements = 1 << 26;

    private readonly GradientModel model;
    private readonly FusedGradientGraph graph;
    private readonly int[] owners;
    private readonly int players;
    private readonly IReadOnlyList<double[]> starts;
    private readonly BoundSession session;
    private readonly ConcurrentBag<GradientLane> idle = [];
    private readonly ConcurrentBag<GradientLane> all = [];

    /// <summary>Loads a gradient.</summary>
    /// <param name="model">The model with its gradient; stays the caller's.</param>
    /// <param name="owners">Shape [elements of a point]: the player of each.</param>
    /// <param name="players">How many there are.</param>
    /// <param name="starts">Shape [paths][elements]: where paths start; null for slopes at points.</param>
    /// <param name="provider">"cpu" or "cuda".</param>
    /// <param name="cancellationToken">Ends the load.</param>
    /// <exception cref="InputException">The graph cannot be fused, or the runtime refuses it.</exception>
    public FusedGradient(
        GradientModel model, int[] owners, int players, IReadOnlyList<double[]>? starts, string provider, CancellationToken cancellationToken)
    {
        this.model = model;
        this.owners = owners;
        this.players = players;
        this.starts = starts ?? [];
        graph = FusedGradientGraph.Write(model, owners, players, starts is not null);
        session = new BoundSession(graph.Model, provider, cancellationToken);
        PiecesAtOnce = provider == "cpu" ? HostPieces.AtOnce(model.Width) : Math.Clamp(DeviceElements / (5 * model.Width), 1, 4096);
    }

    /// <summary>The most pieces, or points whose slopes are wanted, of one run.</summary>
    public int PiecesAtOnce { get; }

    /// <summary>Bytes of the starts on their way to the session, which it takes once.</summary>
    public long StartBytes => (long)starts.Count * model.Width * sizeof(double);

    /// <summary>Bytes of a row's own end and of what it holds, which the session takes once a row.</summary>
    public long RowBytes => ((long)(starts.Count > 0 ? model.Width : 0) * sizeof(double))
        + model.Source.Inputs.Where(input => graph.Held.ContainsKey(input.Name)).Sum(input => (long)Math.Max(input.Width, 1) * input.Kind.Bytes());

    /// <summary>Looks at pieces of paths; a run without room on the device is repeated in halves.</summary>
    /// <param name="row">The row; the same object for all calls about it.</param>
    /// <param name="end">Shape [elements]: its point.</param>
    /// <param name="column">The column of the output.</param>
    /// <param name="pieces">At least one.</param>
    /// <param name="ends">Ends whose output is wanted.</param>
    /// <param name="counted">Told of points and bytes.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public PieceBatch Pieces(
        InputBatch row, double[] end, int column, ReadOnlyMemory<PathPiece> pieces, ReadOnlyMemory<PathPoint> ends, CountedModel counted, CancellationToken cancellationToken)
    {
        try
        {
            return Lent(lane =>
            {
                lane.Take(row, end, column);
                PieceBatch batch = lane.Pieces(pieces.Span, ends.Span, cancellationToken);
                int points = (PathNodes.Count * pieces.Length) + ends.Length;
                counted.Count(points, sizeof(double) * ((3L * points) + 1 + pieces.Length + batch.Looks.Length + batch.Sums.Length + (batch.Patterns?.Length ?? 0)));
                return batch with { Sums = ByPlayer(batch.Sums) };
            });
        }
        catch (InputException refusal) when (pieces.Length > 1 && RuntimeFault.IsMemory(refusal))
        {
            int half = pieces.Length / 2;
            return PieceBatch.Join(
                Pieces(row, end, column, pieces[..half], ends, counted, cancellationToken),
                Pieces(row, end, column, pieces[half..], ReadOnlyMemory<PathPoint>.Empty, counted, cancellationToken));
        }
    }

    /// <summary>The slopes at points, by player, in runs that the device has room for.</summary>
    /// <param name="row">The row; the same object for all calls about it.</param>
    /// <param name="points">Shape [points, elements].</param>
    /// <param name="column">The column of the output.</param>
    /// <param name="counted">Told of points and bytes.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>Shape [points, players].</returns>
    public double[] Slopes(InputBatch row, double[] points, int column, CountedModel counted, CancellationToken cancellationToken)
    {
        int count = points.Length / model.Width;
        try
        {
            return count > PiecesAtOnce ? Halves() : Lent(lane =>
            {
                lane.Take(row, [], column);
                double[] sums = lane.Slopes(points, cancellationToken);
                counted.Count(count, lane.PointBytes(count) + sizeof(long) + ((long)sums.Length * sizeof(double)));
                return ByPlayer(sums);
            });
        }
        catch (InputException refusal) when (count > 1 && RuntimeFault.IsMemory(refusal))
        {
            return Halves();
        }

        double[] Halves()
        {
            int half = count / 2 * model.Width;
            return [.. Slopes(row, points[..half], column, counted, cancellationToken), .. Slopes(row, points[half..], column, counted, cancellationToken)];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (GradientLane lane in all)
        {
            lane.Dispose();
        }

        session.Dispose();
    }

    private T Lent<T>(Func<GradientLane, T> run)
    {
        if (!idle.TryTake(out GradientLane? lane))
        {
            all.Add(lane = new GradientLane(session.Open(), graph, model, starts, graph.ByPlayer ? players : model.Width));
        }

        T found = run(lane);
        idle.Add(lane);
        return found;
    }

    private double[] ByPlayer(double[] sums)
    {
        if (graph.ByPlayer)
        {
            return sums;
        }

        double[] added = new double[sums.Length / model.Width * players];
        for (int i = 0; i < sums.Length; i++)
        {
            added[(i / model.Width * players) + owners[i % model.Width]] += sums[i];
        }

        return added;
    }
}
