using Governance.Audit.Equivalence;
using Governance.Audit.Runs;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Governance.Registry.Evidence;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Equivalence;

/// <summary>A sealed battery as a person may see it.</summary>
/// <param name="Sealed">The evidence and its document.</param>
/// <param name="Report">What was measured and judged.</param>
/// <param name="Speed">What the two cost, from the run record; null where it lacks.</param>
public sealed record SealedBattery(SealedFindings Sealed, EquivalenceReport Report, SpeedReport? Speed)
{
    /// <summary>All lines, those by the clock last.</summary>
    public IReadOnlyList<EquivalenceLine> Lines => [.. Report.Lines, .. Speed?.Lines ?? []];

    /// <summary>The worst verdict of all lines.</summary>
    public LineVerdict Verdict => EquivalenceReport.Worst(Lines);
}

/// <summary>A battery that was asked for.</summary>
/// <param name="Run">How far it is.</param>
/// <param name="Asked">What was asked for.</param>
internal sealed record AskedBattery(AuditRun Run, AuditOptions Asked);

/// <summary>Reads the batteries of a version.</summary>
internal sealed class ReadBatteries(ReadFindings findings, ReadRunRecords runs, IDbContextFactory<GovernanceDb> databases)
{
    /// <summary>The batteries of a version, the latest first.</summary>
    public static IReadOnlyList<EvidenceRecord> Of(VersionView view) => [.. view.Evidence.Where(BatteryRequest.Is)];

    /// <summary>The battery that is shown: the one asked for, else the latest; null where there is none.</summary>
    /// <param name="view">The version.</param>
    /// <param name="asked">The evidence in the address, or null.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<SealedBattery?> ChooseAsync(VersionView view, Guid? asked, CancellationToken cancellationToken)
    {
        foreach (EvidenceRecord record in Of(view).OrderByDescending(record => record.Id.Value == asked))
        {
            if (await OfAsync(view, record, cancellationToken) is SealedBattery battery)
            {
                return battery;
            }
        }

        return null;
    }

    /// <summary>The battery that evidence holds; null where it holds none.</summary>
    /// <param name="view">The version.</param>
    /// <param name="record">Evidence of it.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<SealedBattery?> OfAsync(VersionView view, EvidenceRecord record, CancellationToken cancellationToken)
    {
        FindingsDocument document = await findings.ReadAsync(view, record, cancellationToken);
        return document.Equivalence is EquivalenceReport report
            ? new SealedBattery(new SealedFindings(record, document), report, (await runs.OfAsync(record, cancellationToken))?.Speed)
            : null;
    }

    /// <summary>All batteries that were ever asked for of a version, the latest first.</summary>
    /// <param name="version">The version; whoever asks has judged the right to see it.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<IReadOnlyList<AskedBattery>> AskedAsync(ModelVersionId version, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken);
        AuditRun[] all = await db.Runs.AsNoTracking().Where(run => run.Version == version)
            .OrderByDescending(run => run.RequestedAt).ToArrayAsync(cancellationToken);
        return [.. all.Select(run => new AskedBattery(run, AuditSpecJson.Read(run.Spec))).Where(asked => asked.Asked.Kind == AuditKind.Equivalence)];
    }
}
