using System.Threading.Channels;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Protection;

/// <summary>Writes answers to the traffic log in groups, behind the answers.</summary>
/// <remarks>
/// One writer for the process. A crash loses at most the rows of the last group (their units are charged already: see
/// <see cref="AnswerBudgets"/>). While the database does not take rows nothing is answered: <see cref="IsWritable"/>.
/// </remarks>
public sealed class TrafficLog(IDbContextFactory<GovernanceDb> contexts)
{
    private const int MostWaiting = 10_000;
    private const int MostAtOnce = 500;
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly Channel<AnsweredQuery> waiting = Channel.CreateBounded<AnsweredQuery>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    private volatile bool failing;
    private long taken;
    private long written;

    /// <summary>Whether rows are being taken: false from the first group that could not be written to the next that was.</summary>
    public bool IsWritable => !failing;

    /// <summary>Takes a row.</summary>
    /// <returns>False where too many wait: then nothing may be answered.</returns>
    public bool TryTake(AnsweredQuery query)
    {
        bool fits = waiting.Writer.TryWrite(query);
        if (fits)
        {
            Interlocked.Increment(ref taken);
        }

        return fits;
    }

    /// <summary>Waits until everything taken so far is written.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        long until = Interlocked.Read(ref taken);
        while (Interlocked.Read(ref written) < until)
        {
            await Task.Delay(5, cancellationToken);
        }
    }

    /// <summary>Writes until it is told to end, and then what still waits.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        List<AnsweredQuery> group = [];
        while (await MoreAsync(stopping) || waiting.Reader.Count > 0)
        {
            while (group.Count < MostAtOnce && waiting.Reader.TryRead(out AnsweredQuery? query))
            {
                group.Add(query);
            }

            while (!await TryWriteAsync(group))
            {
                if (stopping.IsCancellationRequested)
                {
                    return;
                }

                await Task.Delay(Retry, CancellationToken.None);
            }

            Interlocked.Add(ref written, group.Count);
            group.Clear();
        }
    }

    private async Task<bool> MoreAsync(CancellationToken stopping)
    {
        try
        {
            await waiting.Reader.WaitToReadAsync(stopping);
            await Task.Delay(Gather, stopping);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<bool> TryWriteAsync(List<AnsweredQuery> group)
    {
        try
        {
            await using GovernanceDb db = await contexts.CreateDbContextAsync(CancellationToken.None);
            db.ChangeTracker.AutoDetectChangesEnabled = false; // nothing is changed after it was added
            db.AnsweredQueries.AddRange(group);
            await db.SaveChangesAsync(CancellationToken.None);
            failing = false;
            return true;
        }
        catch (Exception fault) when (StoreDown.Is(fault))
        {
            failing = true;
            return false;
        }
    }
}
