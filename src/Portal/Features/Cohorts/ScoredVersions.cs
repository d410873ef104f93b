using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Portal.Features.Profiles;
using Governance.Portal.Features.Versions;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Privacy;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Cohorts;

/// <summary>Scores the evaluation rows of evidence once, however many people ask, and keeps them while there is room.</summary>
/// <remarks>Takes its turn in <see cref="ComputeTurn"/>: who holds a turn must not wait for it.</remarks>
internal sealed class ScoredVersions(
    LoadAuditInputs loader, ComputeTurn turn, IDbContextFactory<GovernanceDb> databases, long mostBytes = ScoredVersions.MostBytes) : IDisposable
{
    /// <summary>What is kept at most, but for the rows that were asked for last: 100,000 rows of 12 columns take about 20 MB.</summary>
    public const long MostBytes = 384L << 20;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private readonly LinkedList<Entry> entries = []; // the one used last stands first
    private readonly CancellationTokenSource ended = new();

    /// <summary>About how many bytes are kept now.</summary>
    public long HeldBytes
    {
        get
        {
            lock (gate)
            {
                return entries.Sum(entry => entry.Bytes);
            }
        }
    }

    /// <summary>The scored rows of some evidence.</summary>
    /// <param name="view">The version; who may see it has been decided.</param>
    /// <param name="document">Says which data, label and threshold.</param>
    /// <param name="cancellationToken">Ends the waiting; the scoring goes on for who asks next.</param>
    /// <exception cref="InputException">The data are gone, or no longer fit the model.</exception>
    public async Task<ScoredRows> OfAsync(VersionView view, FindingsDocument document, CancellationToken cancellationToken) =>
        await (await FindAsync(view, document, cancellationToken)).Work.WaitAsync(cancellationToken);

    /// <summary>The same, told how far the scoring is.</summary>
    /// <param name="view">The version.</param>
    /// <param name="document">Says which data.</param>
    /// <param name="tell">Takes the share done, in [0, 1], a few times a second while one waits.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="InputException">The data are gone, or no longer fit the model.</exception>
    public async Task<ScoredRows> OfAsync(VersionView view, FindingsDocument document, Action<double> tell, CancellationToken cancellationToken)
    {
        Entry entry = await FindAsync(view, document, cancellationToken);
        while (true)
        {
            try
            {
                return await entry.Work.WaitAsync(Beat, cancellationToken);
            }
            catch (TimeoutException) when (!entry.Work.IsCompleted)
            {
                tell(entry.Share);
            }
        }
    }

    /// <summary>The same, with an end to patience.</summary>
    /// <returns>Null where the scoring has not ended by then; it goes on.</returns>
    /// <exception cref="InputException">The data are gone, or no longer fit the model.</exception>
    public async Task<ScoredRows?> TryAsync(VersionView view, FindingsDocument document, TimeSpan patience, CancellationToken cancellationToken)
    {
        Entry entry = await FindAsync(view, document, cancellationToken);
        try
        {
            return await entry.Work.WaitAsync(patience, cancellationToken);
        }
        catch (TimeoutException) when (!entry.Work.IsCompleted)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        ended.Cancel();
        ended.Dispose();
    }

    // A data set may have been erased since it was scored: then nothing of it is shown any more.
    private async Task<Entry> FindAsync(VersionView view, FindingsDocument document, CancellationToken cancellationToken)
    {
        AuditData data = document.Data.FirstOrDefault(each => each.Role == "evaluation") ?? throw new InputException("The evidence names no evaluation data.");
        ArtifactDigest digest = new(data.Digest);
        await using (GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken))
        {
            Dataset dataset = await db.Datasets.AsNoTracking().FirstOrDefaultAsync(row => row.Digest == digest, cancellationToken)
                ?? throw new InputException($"There is no data set '{data.Name}' any more.");
            if (await ErasedDataset.SentenceAsync(db, dataset, cancellationToken) is string erased)
            {
                Forget(data.Digest);
                throw new InputException(erased);
            }
        }

        AuditOptions options = document.Options;
        Key key = new(
            view.Version.Id, data.Digest, options.Label, options.Positive, options.Favourable, options.Threshold, options.Measures?.Where, options.Measures?.Weight);
        lock (gate)
        {
            Entry? entry = entries.FirstOrDefault(each => each.Key == key);
            if (entry is not null)
            {
                entries.Remove(entry);
            }

            entry ??= Begin(key, options);
            entries.AddFirst(entry);
            return entry;
        }
    }

    private Entry Begin(Key key, AuditOptions options)
    {
        Entry entry = new(key);
        CancellationToken token = ended.Token;
        entry.Work = Task.Run(() => ScoreAsync(entry, options, token), token);
        return entry;
    }

    private async Task<ScoredRows> ScoreAsync(Entry entry, AuditOptions options, CancellationToken cancellationToken)
    {
        try
        {
            (_, byte[] model, byte[]? encoding) = await loader.ModelAsync(entry.Key.Version, cancellationToken);
            AuditTable rows = await loader.TableAsync(options.Evaluation, cancellationToken);
            ScoredRows scored = await turn.RunAsync(
                () => new ScoredRows(ScoreVersion.Run(model, encoding, rows, options, entry, cancellationToken)), cancellationToken);
            Keep(entry, scored.Bytes);
            return scored;
        }
        catch
        {
            lock (gate)
            {
                entries.Remove(entry); // the next who asks tries again
            }

            throw;
        }
    }

    private void Keep(Entry entry, long bytes)
    {
        lock (gate)
        {
            entry.Bytes = bytes;
            while (entries.Sum(each => each.Bytes) > mostBytes && entries.LastOrDefault(each => each != entry && each.Bytes > 0) is Entry oldest)
            {
                entries.Remove(oldest);
            }
        }
    }

    private void Forget(string digest)
    {
        lock (gate)
        {
            foreach (Entry entry in entries.Where(each => each.Key.Data == digest).ToArray())
            {
                entries.Remove(entry);
            }
        }
    }

    private sealed record Key(
        ModelVersionId Version, string Data, string? Label, string? Positive, string? Favourable, double? Threshold, string? Where, string? Weight);

    private sealed class Entry(Key key) : IProgress<double>
    {
        private double share;

        public Key Key { get; } = key;

        public Task<ScoredRows> Work { get; set; } = default!;

        public long Bytes { get; set; }

        /// <summary>How much is scored, in [0, 1].</summary>
        public double Share => Volatile.Read(ref share);

        public void Report(double value) => Volatile.Write(ref share, Math.Clamp(value, 0, 1));
    }
}
