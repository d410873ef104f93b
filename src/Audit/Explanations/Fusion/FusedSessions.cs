using System.Collections.Concurrent;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.Fusion;

/// <summary>A fused graph loaded once, for any background and players, with the bindings that threads use again.</summary>
internal sealed class FusedSessions : IDisposable
{
    private readonly BoundSession[] sessions;
    private readonly ConcurrentBag<FusedLane> idle = [];
    private readonly ConcurrentBag<FusedLane> all = [];
    private volatile int rowsAtOnce;

    /// <summary>Loads a model.</summary>
    /// <param name="model">What is fused; its graph is changed.</param>
    /// <param name="cut">Whether runs take a part of the background each.</param>
    /// <param name="provider">"cpu" or "cuda".</param>
    /// <param name="count">Sessions side by side, at least 1: on a device one can be fed while another computes.</param>
    /// <param name="rowsAtOnce">Masked rows of one run, at least 1.</param>
    /// <param name="cancellationToken">Ends the load.</param>
    /// <exception cref="Data.InputException">The runtime refuses the graph.</exception>
    public FusedSessions(FusableModel model, bool cut, string provider, int count, int rowsAtOnce, CancellationToken cancellationToken)
    {
        Model = model;
        this.rowsAtOnce = rowsAtOnce;
        Graph = FusedGraph.Write(model, cut);
        sessions = [.. Enumerable.Range(0, count).Select(_ => new BoundSession(Graph.Model, provider, cancellationToken))];
    }

    /// <summary>What was fused.</summary>
    public FusableModel Model { get; }

    /// <summary>What the sessions run.</summary>
    public FusedGraph Graph { get; }

    /// <summary>Masked rows of one run.</summary>
    public int RowsAtOnce => rowsAtOnce;

    /// <summary>Takes half as many rows from now on than were too many.</summary>
    public void Halve(int rows) => rowsAtOnce = Math.Min(rowsAtOnce, rows / 2);

    /// <summary>Bindings for a run; to be given back.</summary>
    public FusedLane Take()
    {
        if (!idle.TryTake(out FusedLane? lane))
        {
            all.Add(lane = new FusedLane(sessions[all.Count % sessions.Length], Graph));
        }

        return lane;
    }

    /// <summary>Gives bindings back.</summary>
    public void Return(FusedLane lane) => idle.Add(lane);

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
}
