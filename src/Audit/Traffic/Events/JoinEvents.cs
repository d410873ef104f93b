using System.Collections.Concurrent;
using Governance.Audit.Data;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Traffic;

namespace Governance.Audit.Traffic.Events;

/// <summary>Joins requests and responses of outside servers by the id of their events, whichever comes first, and takes the rows.</summary>
/// <remarks>
/// An event is acknowledged once its half lies in the database, or its rows among the traffic. Events that come at the same time go
/// in one group: the first caller in line writes for all that wait. Rows come before halves go, and a row's id counts once, so
/// whoever is killed in between neither loses nor doubles any.
/// </remarks>
/// <param name="describe">Says what is known of the columns.</param>
/// <param name="halves">Keeps halves.</param>
/// <param name="ingest">Takes rows.</param>
public sealed class JoinEvents(DescribeDeployment describe, TrafficHalves halves, IngestTraffic ingest)
{
    /// <summary>The most events that wait; a caller that finds more is to come again later.</summary>
    public const int MostWaiting = 2_000;

    private const int MostAtOnce = 500;

    private readonly ConcurrentDictionary<DeploymentId, Line> lines = new();

    /// <summary>Takes an event.</summary>
    /// <returns>Whether both halves are there now; null where too many wait and nothing was done.</returns>
    /// <exception cref="InputException">It cannot be read, or the halves do not fit; a half that did not fit is gone.</exception>
    public async Task<bool?> RunAsync(DeploymentId deployment, TrafficEvent happened, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(happened);
        DeploymentColumns known = await describe.RunAsync(deployment, cancellationToken) ?? throw new InputException("There is no such deployment.");
        _ = happened.Part == TrafficHalfPart.Request // what cannot be read is refused alone, before it waits with others
            ? EventRows.RequestOf(known.Encoding, happened.Body).Length
            : EventRows.ResponseOf(known, happened.Body).Length;
        Line line = lines.GetOrAdd(deployment, _ => new Line());
        if (line.Waiting.Count >= MostWaiting)
        {
            return null;
        }

        Waiter waiter = new(happened, IngestTraffic.KeyOf(happened.Id));
        line.Waiting.Enqueue(waiter);
        await line.Turn.WaitAsync(cancellationToken);
        try
        {
            List<Waiter> group = [];
            while (!waiter.Done.Task.IsCompleted && group.Count < MostAtOnce && line.Waiting.TryDequeue(out Waiter? next))
            {
                group.Add(next);
            }

            if (group.Count > 0)
            {
                await GroupAsync(known, group);
            }
        }
        finally
        {
            line.Turn.Release();
        }

        return await waiter.Done.Task;
    }

    private async Task GroupAsync(DeploymentColumns known, List<Waiter> group)
    {
        try
        {
            DeploymentId deployment = known.Deployment.Id;
            FactDigest[] keys = [.. group.Select(waiter => waiter.Key).Distinct()];
            Dictionary<(FactDigest, TrafficHalfPart), TrafficEvent> all = [];
            foreach (OpenHalf half in await halves.FindAsync(deployment, keys, CancellationToken.None))
            {
                all[(half.Key, half.Part)] = TrafficEvent.Read(half.Part, half.Payload);
            }

            HashSet<(FactDigest, TrafficHalfPart)> kept = [.. all.Keys];
            foreach (Waiter waiter in group)
            {
                all.TryAdd((waiter.Key, waiter.Event.Part), waiter.Event); // the first of two counts
            }

            FactDigest[] whole = [.. keys.Where(key => all.ContainsKey((key, TrafficHalfPart.Request)) && all.ContainsKey((key, TrafficHalfPart.Response)))];
            Dictionary<FactDigest, InputException> misfits = await TakeAsync(known, whole, all);
            await halves.ChangeAsync(
                deployment,
                [.. all.Where(pair => !kept.Contains(pair.Key) && !whole.Contains(pair.Key.Item1)).Select(pair => new OpenHalf(pair.Key.Item1, pair.Key.Item2, pair.Value.ToBytes()))],
                whole, CancellationToken.None);
            foreach (Waiter waiter in group)
            {
                if (misfits.TryGetValue(waiter.Key, out InputException? fault))
                {
                    waiter.Done.TrySetException(fault);
                }
                else
                {
                    waiter.Done.TrySetResult(whole.Contains(waiter.Key));
                }
            }
        }
        catch (Exception fault)
        {
            foreach (Waiter waiter in group)
            {
                waiter.Done.TrySetException(fault); // none of them was acknowledged
            }
        }
    }

    private async Task<Dictionary<FactDigest, InputException>> TakeAsync(
        DeploymentColumns known, FactDigest[] whole, Dictionary<(FactDigest, TrafficHalfPart), TrafficEvent> all)
    {
        Dictionary<FactDigest, InputException> misfits = [];
        List<ServedRow> rows = [];
        foreach (FactDigest key in whole)
        {
            try
            {
                rows.AddRange(EventRows.Of(known, all[(key, TrafficHalfPart.Request)], all[(key, TrafficHalfPart.Response)]));
            }
            catch (InputException fault)
            {
                misfits[key] = fault;
            }
        }

        if (rows.Count > 0)
        {
            await ingest.AppendAsync(known.Deployment.Id, ServedBatch.Of(rows), CancellationToken.None);
        }

        return misfits;
    }

    private sealed record Waiter(TrafficEvent Event, FactDigest Key)
    {
        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Line
    {
        public ConcurrentQueue<Waiter> Waiting { get; } = new();

        public SemaphoreSlim Turn { get; } = new(1, 1);
    }
}
