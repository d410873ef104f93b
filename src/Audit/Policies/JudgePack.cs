using System.Globalization;
using Governance.Audit.Findings;
using Governance.Audit.Runs;
using Governance.Registry.Policies;

namespace Governance.Audit.Policies;

/// <summary>Judges what was measured and sealed by a policy pack, the one of then or another. Measures nothing. Pure.</summary>
public static class JudgePack
{
    /// <summary>
    /// The findings that the audit would have sealed if this pack had been in force: the same code judges the same reports,
    /// so the pack of then gives the findings of then. Limits of a spec are not judged again.
    /// </summary>
    /// <param name="document">Sealed evidence of an audit or a red team.</param>
    /// <param name="pack">The pack.</param>
    public static IReadOnlyList<Finding> Findings(FindingsDocument document, PolicyPack pack)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(pack);
        long rows = document.Data.FirstOrDefault(data => data.Role == "evaluation")?.Rows ?? 0;
        SliceReport whole = new(null, null, (int)rows)
        {
            Performance = document.Performance,
            Fairness = document.Fairness,
            PerformanceBy = document.PerformanceBy,
        };
        return CollectFindings.Of(
            [whole, .. document.Cohorts ?? []], document.Drift, document.Explanation, document.Importance, document.Theft, document.Stress,
            document.Options.Measures is { } measures ? measures with { Gates = [] } : null, pack);
    }

    /// <summary>What the gates of a pack say of a version's sealed evidence.</summary>
    /// <param name="evidence">Newest first; of each metric the newest evidence that holds it counts.</param>
    /// <param name="pack">The pack.</param>
    public static IReadOnlyList<GateStanding> Gates(IReadOnlyList<JudgedEvidence> evidence, PolicyPack pack)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(pack);
        List<GateStanding> standings = [];
        Dictionary<Guid, IReadOnlyList<Finding>> judged = [];
        foreach (Gate gate in pack.Gates)
        {
            (JudgedEvidence Evidence, Finding[] Own)? found = null;
            foreach (JudgedEvidence one in evidence)
            {
                if (!judged.TryGetValue(one.Id, out IReadOnlyList<Finding>? findings))
                {
                    judged[one.Id] = findings = Findings(one.Document, pack);
                }

                Finding[] own = [.. findings.Where(finding => finding.Family == gate.Family && finding.Metric == gate.MetricName && finding.Cohort is null && finding.Gate is not null)];
                if (own.Length > 0)
                {
                    found = (one, own);
                    break;
                }
            }

            standings.AddRange(found is not { } hit
                ? [new GateStanding(gate, null, null, null, $"No sealed evidence holds {gate.Metric}; an audit has to measure it.")]
                : hit.Own.Select(finding => Standing(gate, finding, hit.Evidence, pack)));
        }

        return standings;
    }

    // An interval of another level says something else: it is not stretched, but measured anew.
    private static GateStanding Standing(Gate gate, Finding finding, JudgedEvidence evidence, PolicyPack pack)
    {
        string? lacks = evidence.Level.Equals(pack.Level) ? null : string.Create(
            CultureInfo.InvariantCulture, $"Its interval is of level {evidence.Level}, the pack asks for {pack.Level}; an audit has to measure it.");
        return new GateStanding(gate, finding, lacks is null ? finding.Gate!.Verdict : null, evidence.Id, lacks);
    }
}

/// <summary>Sealed evidence with what judging it needs.</summary>
/// <param name="Id">The evidence's id.</param>
/// <param name="Document">What was found.</param>
/// <param name="Level">The confidence level of its intervals: the spec's, else that of the pack which it names.</param>
public sealed record JudgedEvidence(Guid Id, FindingsDocument Document, double Level);

/// <summary>One gate on one slice.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="Finding">What was measured; null where nothing was.</param>
/// <param name="Verdict">What the gate says; null where something lacks.</param>
/// <param name="Evidence">Where it was measured.</param>
/// <param name="Lacks">What lacks, with a full stop; null for nothing.</param>
public sealed record GateStanding(Gate Gate, Finding? Finding, GateVerdict? Verdict, Guid? Evidence, string? Lacks);
