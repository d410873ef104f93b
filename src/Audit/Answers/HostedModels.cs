using Governance.Audit.Runs;
using Governance.Audit.Theft;
using Governance.Registry.Ledger;
using Governance.Registry.Protection;
using Governance.Registry.Versions;

namespace Governance.Audit.Answers;

/// <summary>The versions that answer, loaded when they are first asked; the one unasked for longest makes room.</summary>
public sealed class HostedModels(LoadAuditInputs inputs, FindReference references, CalibrateVersion calibrate, AppendGate gate) : IDisposable
{
    private const int Most = 8;

    private readonly Lock lockedBy = new();
    private readonly Dictionary<ModelVersionId, Entry> entries = [];
    private long uses;

    /// <summary>A version to answer with; whoever asks disposes it.</summary>
    /// <exception cref="Data.InputException">Model, encoding and reference data do not fit each other.</exception>
    internal async Task<HostedLease> TakeAsync(ModelVersionId version, OutputPolicyChoice? policy, CancellationToken cancellationToken)
    {
        Entry entry;
        lock (lockedBy)
        {
            if (entries.TryGetValue(version, out Entry? known) && !IsStale(known, policy))
            {
                entry = known;
            }
            else
            {
                Drop(version);
                Entry fresh = new(policy?.Id, gate.Changes);
                fresh.Model = Task.Run(() => LoadAsync(fresh, version), CancellationToken.None);
                entry = entries[version] = fresh;
                if (entries.Count > Most)
                {
                    Drop(entries.Where(pair => pair.Value != entry).MinBy(pair => pair.Value.LastUse).Key);
                }
            }

            entry.Leases++;
            entry.LastUse = ++uses;
        }

        try
        {
            return new HostedLease(await entry.Model.WaitAsync(cancellationToken), () => Release(entry));
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
                Drop(version);
            }
        }
    }

    // A policy may name other reference data; evidence may give the first.
    private bool IsStale(Entry entry, OutputPolicyChoice? policy) =>
        entry.Policy != policy?.Id
        || (entry.Changes != gate.Changes && entry.Loaded is { Reference: null });

    private async Task<HostedModel> LoadAsync(Entry entry, ModelVersionId version)
    {
        (_, byte[] file, byte[]? encoding) = await inputs.ModelAsync(version, CancellationToken.None);
        HostedModel model = HostedModel.Load(file, encoding, await references.RunAsync(version, CancellationToken.None), CancellationToken.None);
        model.Calibration = await calibrate.RunAsync(version, model, CancellationToken.None);
        lock (lockedBy)
        {
            entry.Loaded = model;
            Close(entry);
        }

        return model;
    }

    private void Drop(ModelVersionId version)
    {
        if (entries.Remove(version, out Entry? entry))
        {
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

    private sealed class Entry(OutputPolicyChoiceId? policy, long changes)
    {
        // A field: a property that gives a task would look like a method without a token.
        public Task<HostedModel> Model = null!;

        public OutputPolicyChoiceId? Policy => policy;

        public long Changes => changes;

        public HostedModel? Loaded { get; set; }

        public int Leases { get; set; }

        public long LastUse { get; set; }

        public bool Dropped { get; set; }
    }
}

/// <summary>A hosted model in use.</summary>
internal sealed class HostedLease(HostedModel model, Action release) : IDisposable
{
    private int released;

    /// <summary>The model.</summary>
    public HostedModel Model => model;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref released, 1) == 0)
        {
            release();
        }
    }
}
