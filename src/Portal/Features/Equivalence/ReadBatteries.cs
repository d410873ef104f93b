using Governance.Audit.Equivalence;
using Governance.Audit.Runs;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Governance.Registry.Evidence;

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

/// <summary>Reads the batteries of a version.</summary>
internal sealed class ReadBatteries(ReadFindings findings, ReadRunRecords runs)
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
            FindingsDocument document = await findings.ReadAsync(view, record, cancellationToken);
            if (document.Equivalence is EquivalenceReport report)
            {
                return new SealedBattery(new SealedFindings(record, document), report, (await runs.OfAsync(record, cancellationToken))?.Speed);
            }
        }

        return null;
    }
}
