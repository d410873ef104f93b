using Governance.Registry.Access;

namespace Governance.Audit.Serving;

/// <summary>All jobs of this process with their rows, in memory and on disk, and whose turn it is.</summary>
public sealed class JobBook(JobFiles files, TimeProvider clock) : IDisposable
{
    /// <summary>The most rows of one job.</summary>
    public const int MaxRows = 100_000;

    /// <summary>The most unfinished jobs of one principal.</summary>
    public const int MostOfOne = 4;

    /// <summary>How long a job and its result are kept.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    private const int Most = 1_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, JobEntry> entries = [];
    private readonly SemaphoreSlim news = new(0);
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public void Dispose() => news.Dispose();

    /// <summary>Takes a request in.</summary>
    /// <param name="job">Queued.</param>
    /// <param name="tensors">Its rows.</param>
    /// <param name="cancellationToken">Ends it, and nothing was taken in.</param>
    /// <returns>Null where it is in; else why not.</returns>
    public async Task<Refusal?> AddAsync(InferenceJob job, IReadOnlyList<NamedTensor> tensors, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        await ready.Task.WaitAsync(cancellationToken);
        lock (gate)
        {
            if (entries.Count >= Most || entries.Values.Count(entry => entry.Job.Principal == job.Principal && !entry.Job.IsOver) >= MostOfOne)
            {
                return new Refusal("too-many-jobs", $"At most {MostOfOne} of your jobs run or wait at a time. Wait for one to end, or cancel one.");
            }

            entries[job.Id] = new JobEntry(job) { Held = true };
        }

        try
        {
            await files.KeepRowsAsync(job.Id, tensors, cancellationToken);
            await files.KeepAsync(job, cancellationToken);
            await KeepIndexAsync();
        }
        catch
        {
            Forget(job);
            throw;
        }

        lock (gate)
        {
            entries[job.Id].Held = false;
        }

        news.Release();
        return null;
    }

    /// <summary>A job of somebody's; null where there is none of theirs.</summary>
    public InferenceJob? Find(UserId principal, Guid id)
    {
        lock (gate)
        {
            return entries.TryGetValue(id, out JobEntry? entry) && entry.Job.Owner == principal && entry.Job.ExpiresAt > clock.GetUtcNow() ? entry.Job : null;
        }
    }

    /// <summary>Takes a job back: one under way ends after the rows in progress, one that is over is erased.</summary>
    public async Task CancelAsync(InferenceJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        if (job.IsOver)
        {
            Forget(job);
            await KeepIndexAsync();
            return;
        }

        await SetAsync(job.Id, known => known.IsOver ? known : known with { Status = JobStatus.Cancelled, Reason = "Cancelled by whoever asked." }, cancellationToken);
    }

    /// <summary>Reads what the last process left behind.</summary>
    internal async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (InferenceJob job in await files.ReadAsync(cancellationToken))
            {
                entries[job.Id] = new JobEntry(job);
            }

            ready.SetResult();
        }
        catch (Exception fault)
        {
            ready.TrySetException(fault);
            throw;
        }
    }

    /// <summary>The job whose turn it is; waits until there is one, and forgets meanwhile what expired.</summary>
    internal async Task<JobEntry> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Next(out TimeSpan wait) is JobEntry next)
            {
                return next;
            }

            Expire();
            await news.WaitAsync(wait, cancellationToken);
        }
    }

    /// <summary>Notes how far a job is.</summary>
    internal async Task SetAsync(Guid id, Func<InferenceJob, InferenceJob> change, CancellationToken cancellationToken)
    {
        InferenceJob? job = null;
        lock (gate)
        {
            if (entries.TryGetValue(id, out JobEntry? entry))
            {
                job = entry.Job = change(entry.Job);
                entry.Rows = job.IsOver ? null : entry.Rows;
            }
        }

        if (job is not null)
        {
            await files.KeepAsync(job, cancellationToken);
        }
    }

    private void Expire()
    {
        InferenceJob[] gone;
        lock (gate)
        {
            gone = [.. entries.Values.Select(entry => entry.Job).Where(job => job.ExpiresAt <= clock.GetUtcNow())];
        }

        foreach (InferenceJob job in gone)
        {
            Forget(job);
        }
    }

    private void Forget(InferenceJob job)
    {
        lock (gate)
        {
            entries.Remove(job.Id);
        }

        files.Remove(job);
    }

    private Task KeepIndexAsync()
    {
        lock (gate)
        {
            return files.KeepIndexAsync([.. entries.Keys], CancellationToken.None);
        }
    }

    private JobEntry? Next(out TimeSpan wait)
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (gate)
        {
            JobEntry[] open = [.. entries.Values.Where(entry => !entry.Held && !entry.Job.IsOver).OrderBy(entry => entry.Turn)];
            wait = open.Length == 0 ? Pause : open.Min(entry => entry.NotBefore) - now;
            wait = wait < TimeSpan.FromMilliseconds(20) ? TimeSpan.FromMilliseconds(20) : wait > Pause ? Pause : wait;
            JobEntry? next = Array.Find(open, entry => entry.NotBefore <= now);
            if (next is not null)
            {
                next.Turn = clock.GetTimestamp();
            }

            return next;
        }
    }
}

/// <summary>A job in memory.</summary>
internal sealed class JobEntry(InferenceJob job)
{
    /// <summary>How far it is.</summary>
    public InferenceJob Job { get; set; } = job;

    /// <summary>Its rows, while it is worked on; null else.</summary>
    public IReadOnlyList<NamedTensor>? Rows { get; set; }

    /// <summary>When its principal may be answered again, UTC.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>When it had its last turn, as the clock's timestamp.</summary>
    public long Turn { get; set; }

    /// <summary>Whether its rows are still on their way to the disk.</summary>
    public bool Held { get; set; }
}
