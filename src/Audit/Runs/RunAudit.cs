using System.Runtime.InteropServices;
using System.Text.Json;
using Governance.Audit.Findings;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Policies;

namespace Governance.Audit.Runs;

/// <summary>Computes a claimed run and seals its evidence.</summary>
public sealed class RunAudit(LoadAuditInputs load, SealEvidence seal, TimeProvider time)
{
    /// <summary>Runs it.</summary>
    /// <param name="run">A run that this process claimed.</param>
    /// <param name="threads">At least 1; does not change the findings.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Ends it, and nothing is sealed.</param>
    /// <exception cref="Data.InputException">Model, data and options do not fit each other.</exception>
    public async Task<SealOutcome> RunAsync(
        AuditRun run, int threads, IRunProgress progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        DateTimeOffset started = time.GetUtcNow();
        AuditOptions options = AuditSpecJson.Read(run.Spec);
        AuditInputs inputs = await load.RunAsync(run.Version, options, cancellationToken);
        ComputeFindings compute = new(inputs, options, PolicyPack.Default, time);

        // Hours of arithmetic have no place on a thread that requests wait for.
        FindingsDocument document = await Task.Factory.StartNew(
            () => compute.Run(threads, progress, cancellationToken), cancellationToken,
            TaskCreationOptions.LongRunning, TaskScheduler.Default);

        byte[] findings = Canonical(document);
        RunRecord record = new()
        {
            Run = run.Id.Value,
            FindingsDigest = FactDigest.Of(findings).Hex,
            StartedAt = started,
            EndedAt = time.GetUtcNow(),
            Machine = $"{RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors",
            Threads = threads,
            ModelRows = compute.ModelRows,
            Seconds = compute.Seconds,
        };
        return await seal.RunAsync(
            new NewEvidence(run.Id, run.Title, findings, Canonical(record), Count(document.Findings)), cancellationToken);
    }

    private static byte[] Canonical(object document) =>
        CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(document, document.GetType(), ReportJson.Options));

    private static VerdictCounts Count(IReadOnlyList<Finding> findings) => new(
        findings.Count(finding => finding.Gate?.Verdict == GateVerdict.Meets),
        findings.Count(finding => finding.Gate?.Verdict == GateVerdict.Breaches),
        findings.Count(finding => finding.Gate?.Verdict == GateVerdict.Inconclusive),
        findings.Count(finding => finding.Gate is null));
}
