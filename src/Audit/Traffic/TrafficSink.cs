using System.Threading.Channels;
using Governance.Audit.Data;
using Governance.Registry.Deployments;
using Governance.Registry.Storage;
using Governance.Registry.Traffic;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Governance.Audit.Traffic;

/// <summary>Writes the rows of our own serving in groups behind the answers.</summary>
/// <remarks>
/// At most <see cref="MostWaiting"/> rows wait; what does not fit, or cannot be written until the host ends, is counted as lost for
/// its deployment (<see cref="TrafficLoss"/>) and shown. An orderly stop writes what waits; a crash loses the rows that waited, of
/// which none was promised to anyone.
/// </remarks>
/// <param name="ingest">Writes a group.</param>
/// <param name="contexts">Where losses are counted.</param>
/// <param name="clock">Says when.</param>
/// <param name="log">Told of groups that could not be written.</param>
public sealed partial class TrafficSink(
    IngestTraffic ingest, IDbContextFactory<GovernanceDb> contexts, TimeProvider clock, ILogger<TrafficSink> log) : BackgroundService, ITrafficSink
{
    /// <summary>The most rows that wait.</summary>
    public const int MostWaiting = 50_000;

    private const int MostAtOnce = 20_000;
    private static readonly TimeSpan Gather = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly Channel<ServedRow> waiting = Channel.CreateBounded<ServedRow>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly Dictionary<DeploymentId, long> lost = [];
    private long taken;
    private long settled;

    /// <inheritdoc/>
    public bool TryAppend(ServedRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        bool fits = waiting.Writer.TryWrite(row);
        if (fits)
        {
            Interlocked.Increment(ref taken);
        }
        else
        {
            Lose(row.Deployment, 1);
        }

        return fits;
    }

    /// <summary>Waits until every row taken so far is written or counted as lost.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        long until = Interlocked.Read(ref taken);
        while (Interlocked.Read(ref settled) < until)
        {
            await Task.Delay(10, cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await MoreAsync(stoppingToken) || waiting.Reader.Count > 0)
        {
            List<ServedRow> group = [];
            while (group.Count < MostAtOnce && waiting.Reader.TryRead(out ServedRow? row))
            {
                group.Add(row);
            }

            foreach (IGrouping<DeploymentId, ServedRow> rows in group.GroupBy(row => row.Deployment))
            {
                await WriteAsync(rows.Key, [.. rows], stoppingToken);
            }

            Interlocked.Add(ref settled, group.Count);
            await NoteLossesAsync();
        }

        await NoteLossesAsync();
    }

    private async Task<bool> MoreAsync(CancellationToken stopping)
    {
        try
        {
            await waiting.Reader.WaitToReadAsync(stopping);
            if (waiting.Reader.Count < MostAtOnce)
            {
                await Task.Delay(Gather, clock, stopping); // few files instead of one an answer
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task WriteAsync(DeploymentId deployment, IReadOnlyList<ServedRow> rows, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await ingest.AppendAsync(deployment, ServedBatch.Of(rows), CancellationToken.None);
                return;
            }
            catch (Exception fault) when ((StorageFault.SentenceOf(fault) ?? DatabaseFault.SentenceOf(fault)) is not null && !stopping.IsCancellationRequested)
            {
                await Task.Delay(Retry, CancellationToken.None); // the store is down: what waits is kept, what comes meanwhile may be lost
            }
            catch (Exception fault) when (fault is InputException or IOException or DbUpdateException || StorageFault.SentenceOf(fault) is not null)
            {
                NotWritten(log, fault, rows.Count, deployment.ToString());
                Lose(deployment, rows.Count);
                return;
            }
        }
    }

    private void Lose(DeploymentId deployment, long rows)
    {
        lock (lost)
        {
            lost[deployment] = lost.GetValueOrDefault(deployment) + rows;
        }
    }

    private async Task NoteLossesAsync()
    {
        KeyValuePair<DeploymentId, long>[] now;
        lock (lost)
        {
            now = [.. lost];
            lost.Clear();
        }

        if (now.Length == 0)
        {
            return;
        }

        try
        {
            await using GovernanceDb db = await contexts.CreateDbContextAsync(CancellationToken.None);
            DateTimeOffset at = Microseconds.Truncate(clock.GetUtcNow());
            db.TrafficLosses.AddRange(now.Select(pair => new TrafficLoss(Guid.CreateVersion7(at), pair.Key, pair.Value, at)));
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (Exception fault) when ((StorageFault.SentenceOf(fault) ?? DatabaseFault.SentenceOf(fault)) is not null)
        {
            foreach ((DeploymentId deployment, long rows) in now)
            {
                Lose(deployment, rows); // told with the next group
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Rows} rows served by deployment {Deployment} could not be kept.")]
    private static partial void NotWritten(ILogger log, Exception fault, int rows, string deployment);
}
