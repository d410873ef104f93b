using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Registry.Serving;

namespace Governance.Audit.Serving;

/// <summary>Puts the rows of many requests for one version together into runs of its session.</summary>
/// <remarks>
/// While a core is free a row is run as it comes; while none is, rows gather and share the next run. A row waits for others only if
/// they are admitted already and on their way, and at most <see cref="ServingSettings.DelayMilliseconds"/>: so a batch never makes
/// anybody wait for rows that nobody sent. Principals take turns. Only sizes that leave every row's bytes as they are
/// (<see cref="BatchForm"/>) are run. A row that the model refuses fails alone: its companions are run again, each by itself. A run
/// whose rows nobody waits for any longer is terminated, and so is one past the limit.
/// </remarks>
internal sealed class RowBatcher(
    Func<InputBatch, CancellationToken, Prediction> run, BatchForm form, ServingSettings settings, RunTurns turns, ServingDoor door,
    ServingMeter meter, TimeProvider clock)
{
    // Fewer rows than these cost two cores clearly more time than one.
    private const int LeastShare = 16;

    private readonly Lock gate = new();
    private readonly FairQueue<WaitingRow> queue = new();
    private volatile ServingSettings settings = settings;
    private TaskCompletionSource? filling;
    private int lanes;
    private int admitted;
    private int coming;
    private int running;

    /// <summary>How it works from now on.</summary>
    public ServingSettings Settings
    {
        get => settings;
        set => settings = value;
    }

    /// <summary>Which batches leave the bytes as they are.</summary>
    public BatchForm Form => form;

    /// <summary>Takes room for the rows of a request; null where too many wait, or the host is about to end.</summary>
    public BatchSeats? Reserve(int rows)
    {
        lock (gate)
        {
            // A request larger than the whole queue is let in when it is alone: else it never would be.
            if (door.IsClosed || (admitted > 0 && admitted + rows > settings.QueueRows))
            {
                meter.NoteRefused();
                return null;
            }

            admitted += rows;
            coming += rows;
        }

        return new BatchSeats(rows, Arrived, many =>
        {
            lock (gate)
            {
                admitted -= many;
            }
        });
    }

    /// <summary>Runs one row, in whatever company.</summary>
    /// <param name="batch">The batch that it stands in.</param>
    /// <param name="row">Which row of it.</param>
    /// <param name="seats">The room of its request.</param>
    /// <param name="principal">Whose turn it takes.</param>
    /// <param name="cancellationToken">Whoever waits goes away; others' rows are computed all the same.</param>
    /// <exception cref="InputException">The model refuses the row, or ran past its limit.</exception>
    public async Task<Prediction> RunAsync(InputBatch batch, int row, BatchSeats? seats, Guid principal, CancellationToken cancellationToken)
    {
        WaitingRow waiting = new(batch, row, clock.GetTimestamp());
        lock (gate)
        {
            queue.Add(principal, waiting);
            if (filling is null)
            {
                StartLane();
            }
        }

        seats?.Arrive(1);
        return await waiting.OutcomeAsync(cancellationToken);
    }

    private int Most => form.MostBelow(settings.BatchRows);

    // Of what waits and runs, evenly by the cores: one that took all would leave another idle, or with a few rows at a time for ever.
    private int Share => form.SizeFor(Math.Min(Most, Math.Max(LeastShare, (queue.Count + running + RunTurns.Lanes - 1) / RunTurns.Lanes)));

    private bool IsFull => queue.Count >= Most || coming <= 0;

    private void Arrived(int many)
    {
        lock (gate)
        {
            coming -= many;
            if (IsFull)
            {
                filling?.TrySetResult();
            }
        }
    }

    private void StartLane()
    {
        if (lanes < RunTurns.Lanes && queue.Count > 0)
        {
            lanes++;

            // In the pool's common queue: rows that come from work begun before are there when it starts.
            _ = Task.Factory.StartNew(WorkAsync, CancellationToken.None, TaskCreationOptions.PreferFairness, TaskScheduler.Default);
        }
    }

    private async Task WorkAsync()
    {
        while (await FillAsync())
        {
            await turns.WaitAsync(CancellationToken.None);
            try
            {
                List<WaitingRow> rows;
                lock (gate)
                {
                    rows = [.. queue.Take(Math.Min(Most, Share)).Where(row => !row.IsOver)];
                    running += rows.Count;
                    StartLane(); // for what is left
                }

                if (rows.Count > 0)
                {
                    Run(rows);
                }

                lock (gate)
                {
                    running -= rows.Count;
                }
            }
            finally
            {
                turns.Release();
            }

            await Task.Yield(); // whoever was answered goes on, and their next rows share a run
        }
    }

    // False where the lane ends: nothing waits, or another lane gathers what does, and starts more lanes for what it leaves.
    private async Task<bool> FillAsync()
    {
        TaskCompletionSource full = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TimeSpan delay = TimeSpan.FromMilliseconds(settings.DelayMilliseconds);
        lock (gate)
        {
            if (queue.Count == 0 || filling is not null)
            {
                lanes--;
                return false;
            }

            if (delay == TimeSpan.Zero || IsFull)
            {
                return true;
            }

            filling = full;
        }

        using CancellationTokenSource done = new();
        await Task.WhenAny(full.Task, Task.Delay(delay, clock, done.Token));
        await done.CancelAsync();
        lock (gate)
        {
            filling = null;
        }

        return true;
    }

    private void Run(List<WaitingRow> rows)
    {
        long started = clock.GetTimestamp();
        foreach (WaitingRow row in rows)
        {
            meter.Note(ServingStage.Queue, clock.GetElapsedTime(row.Since, started));
        }

        using CancellationTokenSource abandoned = new();
        rows.ForEach(row => row.WhenAbandoned = () => WaitingRow.CancelIfAllAreOver(rows, abandoned));
        try
        {
            WaitingRow.CancelIfAllAreOver(rows, abandoned);
            Prediction together = run(InputBatch.Gather([.. rows.Select(row => row.Place)], form.SizeFor(rows.Count)), abandoned.Token);
            meter.NoteBatch(rows.Count);
            TimeSpan time = clock.GetElapsedTime(started);
            for (int at = 0; at < rows.Count; at++)
            {
                meter.Note(ServingStage.Run, time);
                rows[at].Give(together.Row(at));
            }
        }
        catch (InputException fault) when (rows.Count == 1)
        {
            meter.NoteFault();
            rows[0].Fail(fault);
        }
        catch (InputException)
        {
            foreach (WaitingRow row in rows.Where(row => !row.IsOver))
            {
                Run([row]);
            }
        }
        catch (Exception fault)
        {
            rows.ForEach(row => row.Fail(fault)); // whoever waits learns of it; the lane goes on
        }
        finally
        {
            rows.ForEach(row => row.WhenAbandoned = null);
        }
    }
}
