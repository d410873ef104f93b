using Governance.Audit.Serving;
using Governance.Registry.Ledger;
using Governance.Registry.Protection;
using Governance.Registry.Serving;
using Governance.Registry.Versions;

namespace Governance.Audit.Answers;

/// <summary>The versions that answer, loaded when they are first asked; those unasked for longest make room for others.</summary>
/// <remarks>
/// All of them together take no more memory than <see cref="ServingOptions.MemoryBytes"/>: what a version takes is measured when it is
/// loaded. A version in use is let go when its last request is answered.
/// </remarks>
public sealed class HostedModels(
    LoadHosted load, CurrentServing serving, ServingMeters meters, ServingOptions options, AppendGate gate) : IDisposable
{
    private readonly Lock lockedBy = new();
    private readonly Dictionary<ModelVersionId, Entry> entries = [];
    private long uses;

    /// <summary>The versions in memory, those used last first.</summary>
    public IReadOnlyList<ModelVersionId> Loaded
    {
        get
        {
            lock (lockedBy)
            {
                return [.. entries.Where(pair => pair.Value.Loaded is not null).OrderByDescending(pair => pair.Value.LastUse).Select(pair => pair.Key)];
            }
        }
    }

    /// <summary>A version to answer with; whoever asks disposes it.</summary>
    /// <exception cref="Data.InputException">Model, encoding and reference data do not fit each other.</exception>
    internal async Task<HostedLease> TakeAsync(ModelVersionId version, OutputPolicyChoice? policy, CancellationToken cancellationToken)
    {
        ServingSettings settings = await serving.OfAsync(version, cancellationToken);
        Entry entry;
        lock (lockedBy)
        {
            if (entries.TryGetValue(version, out Entry? known) && !IsStale(known, policy, settings))
            {
                entry = known;
            }
            else
            {
                Drop(version, evicted: false);
                Entry fresh = new(policy?.Id, settings, gate.Changes);
                fresh.Model = Task.Run(() => LoadAsync(fresh, version), CancellationToken.None);
                entry = entries[version] = fresh;
            }

            entry.Leases++;
            entry.LastUse = ++uses;
        }

        try
        {
            HostedModel model = await entry.Model.WaitAsync(cancellationToken);
            model.Batcher!.Settings = settings;
            return new HostedLease(model, settings, () => Release(entry));
        }
        catch
        {
            Release(entry);
            if (entry.Model.IsFaulted)
            {
                lock (lockedBy)
                {
                    if (entries.GetValueOrDefault(version) == entry)
                    {
                        entries.Remove(version); // not to remember a failure
                    }
                }
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (lockedBy)
        {
            foreach (ModelVersionId version in entries.Keys.ToArray())
            {
                Drop(version, evicted: false);
            }
        }
    }

    // A policy may name other reference data; evidence may give the first; a session keeps its provider and its limit for life.
    private bool IsStale(Entry entry, OutputPolicyChoice? policy, ServingSettings settings) =>
        entry.Policy != policy?.Id || entry.Settings.Provider != settings.Provider || entry.Settings.Limit != settings.Limit
        || (entry.Changes != gate.Changes && entry.Loaded is { Reference: null });

    private async Task<HostedModel> LoadAsync(Entry entry, ModelVersionId version)
    {
        (HostedModel model, long memory) = await load.RunAsync(version, entry.Settings, CancellationToken.None);
        lock (lockedBy)
        {
            entry.Loaded = model;
            entry.Memory = memory;
            Close(entry);
            MakeRoom(entry);
        }

        return model;
    }

    private void MakeRoom(Entry fresh)
    {
        var others = entries.Where(pair => pair.Value != fresh && pair.Value.Loaded is not null).OrderBy(pair => pair.Value.LastUse).ToList();
        foreach (KeyValuePair<ModelVersionId, Entry> oldest in others)
        {
            if (entries.Values.Sum(entry => entry.Memory) <= options.MemoryBytes)
            {
                return;
            }

            Drop(oldest.Key, evicted: true);
        }
    }

    private void Drop(ModelVersionId version, bool evicted)
    {
        if (entries.Remove(version, out Entry? entry))
        {
            meters.Find(version)?.NoteUnloaded(evicted);
            entry.Dropped = true;
            Close(entry);
        }
    }

    private void Release(Entry entry)
    {
        lock (lockedBy)
        {
            entry.Leases--;
            Close(entry);
        }
    }

    private static void Close(Entry entry)
    {
        if (entry is { Dropped: true, Leases: 0, Loaded: HostedModel model })
        {
            entry.Loaded = null;
            model.Dispose();
        }
    }

    private sealed class Entry(OutputPolicyChoiceId? policy, ServingSettings settings, long changes)
    {
        // A field: a property that gives a task would look like a method without a token.
        public Task<HostedModel> Model = null!;

        public OutputPolicyChoiceId? Policy => policy;

        public ServingSettings Settings => settings;

        public long Changes => changes;

        public HostedModel? Loaded { get; set; }

        public long Memory { get; set; }

        public int Leases { get; set; }

        public long LastUse { get; set; }

        public bool Dropped { get; set; }
    }
}

/// <summary>A hosted model in use.</summary>
internal sealed class HostedLease(HostedModel model, ServingSettings settings, Action release) : IDisposable
{
    private int released;

    /// <summary>The model.</summary>
    public HostedModel Model => model;

    /// <summary>How it is served.</summary>
    public ServingSettings Settings => settings;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref released, 1) == 0)
        {
            release();
        }
    }
}
