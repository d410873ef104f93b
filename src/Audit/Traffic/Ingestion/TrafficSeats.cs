using System.Collections.Concurrent;
using Governance.Audit.Traffic.Chunks;
using Governance.Registry.Artifacts;
using Governance.Registry.Deployments;
using Governance.Registry.Privacy;
using Governance.Registry.Traffic;

namespace Governance.Audit.Traffic.Ingestion;

/// <summary>What this process remembers of the traffic of deployments in use. The longest unused is forgotten where memory runs short.</summary>
/// <param name="queries">Reads which chunks there are.</param>
/// <param name="store">Reads what is in them.</param>
/// <param name="privacy">Gives the secret of digests.</param>
public sealed class TrafficSeats(TrafficQueries queries, ArtifactStore store, PrivacyKey privacy)
{
    private const long MostBytes = 512L << 20;

    private readonly ConcurrentDictionary<DeploymentId, TrafficSeat> seats = new();
    private PrintKey? key;
    private long uses;

    /// <summary>The secret of the digests of rows.</summary>
    internal async Task<PrintKey> KeyAsync(CancellationToken cancellationToken) =>
        key ??= new PrintKey(Convert.FromHexString(await privacy.OfAsync("traffic rows", cancellationToken)));

    /// <summary>Takes a deployment's seat; the caller is alone with it until it disposes the result.</summary>
    internal async Task<(TrafficSeat Seat, IDisposable Turn)> TakeAsync(DeploymentId deployment, CancellationToken cancellationToken)
    {
        while (true)
        {
            TrafficSeat seat = seats.GetOrAdd(deployment, id => new TrafficSeat(id, queries, store));
            await seat.Turn.WaitAsync(cancellationToken);
            if (seats.TryGetValue(deployment, out TrafficSeat? current) && current == seat)
            {
                seat.LastUse = Interlocked.Increment(ref uses);
                return (seat, new Turn(this, seat));
            }

            seat.Turn.Release(); // forgotten while this waited
        }
    }

    /// <summary>Forgets a deployment, because what is remembered may no longer follow from its chunks.</summary>
    internal void Forget(DeploymentId deployment) => seats.TryRemove(deployment, out _);

    private void GiveBack(TrafficSeat seat)
    {
        if (seats.Values.Sum(each => each.Bytes) > MostBytes)
        {
            foreach ((DeploymentId deployment, TrafficSeat other) in seats.Where(pair => pair.Value != seat).OrderBy(pair => pair.Value.LastUse).Take(1))
            {
                seats.TryRemove(new KeyValuePair<DeploymentId, TrafficSeat>(deployment, other));
            }
        }

        seat.Turn.Release();
    }

    private sealed class Turn(TrafficSeats all, TrafficSeat seat) : IDisposable
    {
        public void Dispose() => all.GiveBack(seat);
    }
}
