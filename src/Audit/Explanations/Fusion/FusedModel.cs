using System.Collections.Concurrent;
using Governance.Audit.Data;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.Fusion;

/// <summary>A loaded model that values coalitions itself: see <see cref="FusedGraph"/>.</summary>
/// <remarks>
/// Coalitions go in groups of a size that the shapes and the memory decide, never the threads, so that threads change no
/// bit. Where a group does not fit the memory after all, it is halved, and stays so. Safe to use from several threads.
/// </remarks>
internal sealed class FusedModel : IDisposable
{
    private readonly BoundSession[] sessions;
    private readonly FusedGraph graph;
    private readonly FusableModel model;
    private readonly FusedBackground background;
    private readonly ConcurrentBag<FusedLane> idle = [];
    private readonly ConcurrentBag<FusedLane> all = [];
    private volatile int rowsAtOnce;

    /// <summary>Loads a model.</summary>
    /// <param name="model">What is fused; its graph is changed.</param>
    /// <param name="background">The reference rows.</param>
    /// <param name="provider">"cpu" or "cuda".</param>
    /// <param name="sessions">Sessions side by side, at least 1: on a device one can be fed while another computes.</param>
    /// <param name="rowsAtOnce">Masked rows of one run, at least 1.</param>
    /// <param name="cancellationToken">Ends the load.</param>
    /// <exception cref="InputException">The runtime refuses the graph.</exception>
    public FusedModel(
        FusableModel model, FusedBackground background, string provider, int sessions, int rowsAtOnce, CancellationToken cancellationToken)
    {
        this.model = model;
        this.background = background;
        this.rowsAtOnce = rowsAtOnce;

        // On a device the background may have to be cut later on, when its memory turns out to be too small.
        graph = FusedGraph.Write(model, provider != "cpu" || rowsAtOnce < background.Rows);
        this.sessions = [.. Enumerable.Range(0, sessions).Select(_ => new BoundSession(graph.Model, provider, cancellationToken))];
    }

    /// <summary>The different background rows: the masked rows of a coalition.</summary>
    public int BackgroundRows => background.Rows;

    /// <summary>Bytes of the background on its way to the session, which it takes once.</summary>
    public long BackgroundBytes => background.Bytes;

    /// <summary>Values coalitions of a row.</summary>
    /// <param name="row">One row; the same object for all calls about it.</param>
    /// <param name="coalitions">Of the players.</param>
    /// <param name="counted">Told of rows and bytes.</param>
    /// <param name="threads">At least 1; does not change the result.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>Shape [coalitions, columns].</returns>
    public double[] Means(InputBatch row, CoalitionSet coalitions, CountedModel counted, int threads, CancellationToken cancellationToken)
    {
        while (true)
        {
            int rows = rowsAtOnce;
            try
            {
                return Means(row, coalitions, counted, rows, threads, cancellationToken);
            }
            catch (InputException refusal) when (rows > 1 && graph.Ends is not null && RuntimeFault.IsMemory(refusal))
            {
                rowsAtOnce = Math.Min(rowsAtOnce, rows / 2);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (FusedLane lane in all)
        {
            lane.Dispose();
        }

        foreach (BoundSession session in sessions)
        {
            session.Dispose();
        }
    }

    private double[] Means(
        InputBatch row, CoalitionSet coalitions, CountedModel counted, int rows, int threads, CancellationToken cancellationToken)
    {
        int columns = model.Columns.Length;
        double[] values = new double[(long)coalitions.Count * columns];
        int some = Math.Min(rows, background.Rows);
        int atOnce = Math.Max(1, rows / some);
        int ends = graph.Ends is null ? 0 : 2 * sizeof(long);
        counted.Move(background.RowBytes);
        int groups = (coalitions.Count + atOnce - 1) / atOnce;
        if (threads == 1 || groups == 1)
        {
            for (int group = 0; group < groups; group++)
            {
                Value(group);
            }

            return values;
        }

        Unwrapped.For(groups, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, Value);
        return values;

        void Value(int group)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int start = group * atOnce;
            int count = Math.Min(atOnce, coalitions.Count - start);
            FusedLane lane = idle.TryTake(out FusedLane? used) ? used : Open();
            lane.Take(row);
            lane.Take(coalitions, start, count);
            for (int from = 0; from < background.Rows; from += some)
            {
                int to = Math.Min(from + some, background.Rows);
                lane.Add(values.AsSpan(start * columns, count * columns), from, to, cancellationToken);
                counted.Count((long)count * (to - from), ends + ((long)sizeof(double) * count * columns));
            }

            counted.Move((long)count * model.Players);
            idle.Add(lane);
        }
    }

    private FusedLane Open()
    {
        FusedLane lane = new(sessions[all.Count % sessions.Length], graph, model, background);
        all.Add(lane);
        return lane;
    }
}
