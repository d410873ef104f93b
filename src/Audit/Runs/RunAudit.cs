using System.Runtime.InteropServices;
using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Equivalence;
using Governance.Registry.Artifacts;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Policies;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Audit.Runs;

/// <summary>Computes a claimed run and seals its evidence.</summary>
public sealed class RunAudit(
    LoadAuditInputs load, SealEvidence seal, RunCheckpoints checkpoints, PolicyQueries policies, IDbContextFactory<GovernanceDb> contexts, ArtifactStore store,
    RecordedDocuments recorded, TimeProvider time)
{
    /// <summary>Runs it.</summary>
    /// <param name="run">A run that this process claimed.</param>
    /// <param name="threads">At least 1; does not change the findings.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Ends it, and nothing is sealed; parts that are done stay for the next attempt.</param>
    /// <exception cref="InputException">Model, data and options do not fit each other.</exception>
    public async Task<SealOutcome> RunAsync(
        AuditRun run, int threads, IRunProgress progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        DateTimeOffset started = time.GetUtcNow();
        AuditOptions options = AuditSpecJson.Read(run.Spec);
        byte[]? before = options.Reproduces is Guid sealedBefore ? await SealedAsync(sealedBefore, cancellationToken) : null;
        AuditOptions asked = before is null ? options : await OriginalAsync(options.Reproduces!.Value, cancellationToken);
        PolicyPack policy = await PolicyAsync(run, before, cancellationToken);
        if (RecordedDocuments.Is(options.Kind))
        {
            return await SealAsync(run, await recorded.MakeAsync(run, options, policy, threads, progress, cancellationToken), Record(run, started, threads), cancellationToken);
        }

        Computed computed = await ComputeAsync(run, asked, policy, threads, progress, cancellationToken);
        FindingsDocument document = computed.Document;
        if (before is not null)
        {
            document = Reproduced(document, options, before);
        }

        RunRecord record = Record(run, started, threads) with
        {
            ModelRows = computed.ModelRows,
            Seconds = computed.Seconds,
            Parts = computed.Parts.All,
            PartsFromBefore = computed.Parts.Reused,
            Speed = computed.Speed,
        };
        return await SealAsync(run, document, record, cancellationToken);
    }

    private RunRecord Record(AuditRun run, DateTimeOffset started, int threads) => new()
    {
        Run = run.Id.Value,
        FindingsDigest = "",
        StartedAt = started,
        EndedAt = time.GetUtcNow(),
        Machine = $"{RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors",
        Threads = threads,
        ModelRows = 0,
        Seconds = new Dictionary<string, double>(),
        Attempts = run.Attempts,
    };

    private async Task<SealOutcome> SealAsync(AuditRun run, FindingsDocument document, RunRecord record, CancellationToken cancellationToken)
    {
        byte[] findings = SealableFindings.Bytes(document);
        record = record with { FindingsDigest = FactDigest.Of(findings).Hex };
        return await seal.RunAsync(
            new NewEvidence(run.Id, run.Title, findings, SealableFindings.Bytes(record), SealableFindings.Count(document.Findings)), cancellationToken);
    }

    // Hours of arithmetic have no place on a thread that requests wait for.
    private async Task<Computed> ComputeAsync(
        AuditRun run, AuditOptions asked, PolicyPack policy, int threads, IRunProgress progress, CancellationToken cancellationToken)
    {
        AuditInputs inputs = await load.RunAsync(run.Version, asked, cancellationToken);
        return await Task.Factory.StartNew(
            () =>
            {
                if (asked.Kind == AuditKind.Equivalence)
                {
                    ComputeEquivalence battery = new(inputs, asked, policy, time);
                    return new Computed(battery.Run(threads, progress, cancellationToken), battery.ModelRows, battery.Seconds, (1, 0), battery.Speed);
                }

                if (asked.Kind == AuditKind.Inside)
                {
                    ComputeInside look = new(inputs, asked, policy, time);
                    return new Computed(look.Run(progress, cancellationToken), look.ModelRows, look.Seconds, (1, 0), null);
                }

                ComputeFindings compute = new(inputs, asked, policy, time) { Shards = new SealedShards(checkpoints, run.Id) };
                return new Computed(compute.Run(threads, progress, cancellationToken), compute.ModelRows, compute.Seconds, compute.Parts, null);
            },
            cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    // The comparison stands for the findings: they are in the evidence that it compares with, and decide nothing twice.
    private static FindingsDocument Reproduced(FindingsDocument document, AuditOptions options, byte[] before) => document with
    {
        Options = options,
        Findings = [],
        Performance = null,
        PerformanceBy = null,
        Fairness = null,
        Cohorts = null,
        Drift = null,
        Disagreement = null,
        Explanation = null,
        Importance = null,
        Equivalence = null,
        Inside = null,
        Reproduction = CompareDocuments.Run(before, SealableFindings.Bytes(document)),
    };

    // By the pack of the day on which it was asked for, so that a run that goes on after days is of one piece; evidence
    // that is computed again is judged by the pack that it names.
    private async Task<PolicyPack> PolicyAsync(AuditRun run, byte[]? before, CancellationToken cancellationToken)
    {
        if (before is null)
        {
            return await policies.InForceAsync(run.Version, DateOnly.FromDateTime(run.RequestedAt.UtcDateTime), cancellationToken);
        }

        PolicyReference named = JsonSerializer.Deserialize<FindingsDocument>(before, ReportJson.Options)!.Policy;
        return (await policies.FindAsync(named.Name, named.Number, cancellationToken))?.Pack
            ?? throw new InputException($"The policy pack {named.Name} {named.Number}, which judged this evidence, is not on record.");
    }

    private async Task<byte[]> SealedAsync(Guid evidence, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        EvidenceId id = new(evidence);
        EvidenceRecord record = await db.Evidence.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken)
            ?? throw new InputException("The evidence to compute again is not there any more.");
        return await store.ReadAsync(record.Findings, cancellationToken);
    }

    // What was asked for then, and not what became of it: a threshold that was filled in would hide that a default changed.
    private async Task<AuditOptions> OriginalAsync(Guid evidence, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        EvidenceId id = new(evidence);
        string spec = await (
            from record in db.Evidence.AsNoTracking()
            join original in db.Runs.AsNoTracking() on record.Run equals original.Id
            where record.Id == id
            select original.Spec).FirstAsync(cancellationToken);
        return AuditSpecJson.Read(spec);
    }

    private sealed record Computed(
        FindingsDocument Document, long ModelRows, IReadOnlyDictionary<string, double> Seconds, (int All, int Reused) Parts, SpeedReport? Speed);
}
