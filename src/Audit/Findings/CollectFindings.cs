using Governance.Audit.Data;
using Governance.Audit.Drift;
using Governance.Audit.Explanations;
using Governance.Audit.Runs;
using Governance.Audit.Theft.Attacks;
using Governance.Registry.Policies;

namespace Governance.Audit.Findings;

/// <summary>All findings of an audit, in a fixed order, judged and put into words. Pure.</summary>
public static class CollectFindings
{
    /// <summary>Collects.</summary>
    /// <param name="slices">What was measured of all rows, then of each cohort.</param>
    /// <param name="drift">How two data sets differ, or null.</param>
    /// <param name="explanation">Attributions, or null.</param>
    /// <param name="importance">Features ranked, where there are attributions.</param>
    /// <param name="theft">What attacks came to, or null.</param>
    /// <param name="stress">Disturbed inputs, weak slices and parts of the data, or null.</param>
    /// <param name="measures">Gates and metrics of a spec; null for the policy's gates alone.</param>
    /// <param name="policy">Level, least sizes, and the limits that hold whatever the spec says.</param>
    /// <exception cref="InputException">A gate asks for what this audit does not measure.</exception>
    public static IReadOnlyList<Finding> Of(
        IReadOnlyList<SliceReport> slices, DriftReport? drift, ExplanationReport? explanation, IReadOnlyList<FeatureImportance>? importance,
        RedTeamReport? theft, StressReport? stress, AuditMeasures? measures, PolicyPack policy)
    {
        List<Finding> findings = [];
        foreach (SliceReport slice in slices)
        {
            // The policy's limits hold for all rows; a cohort is judged by the gates that name it.
            PolicyPack rules = slice.Cohort is null ? policy : policy with { Gates = [] };
            findings.AddRange(Measures(slice, measures, rules).Select(finding => In(slice.Cohort, finding)));
        }

        findings.AddRange(drift is null ? [] : DriftFindings.From(drift));
        findings.AddRange(explanation is null ? [] : ExplanationFindings.From(explanation, importance!));
        findings.AddRange(theft is null ? [] : TheftFindings.From(theft, measures?.Gates ?? [], policy));
        findings.AddRange(stress is null ? [] : StressFindings.From(stress, policy));
        foreach (AuditGate gate in measures?.Gates ?? [])
        {
            SliceReport? slice = slices.FirstOrDefault(slice => slice.Cohort == gate.Cohort);
            foreach (Finding finding in GatedFindings.Of(gate, slice, findings, policy))
            {
                Put(findings, JudgeFinding.Of(IsWhole(gate) ? finding : In(gate.Cohort, finding), gate, Smallest(gate, policy)));
            }
        }

        FindingWords words = FindingWords.For("en");
        return [.. findings.Select(finding => finding with
        {
            Sentence = words.Sentence(finding, SentenceRegister.Compliance, policy.Level),
            Technical = words.Sentence(finding, SentenceRegister.DataScience, policy.Level),
        })];
    }

    /// <summary>Refuses metrics and gates that no engine knows, before rows are explained.</summary>
    /// <param name="slices">What was measured of all rows, then of each cohort.</param>
    /// <param name="measures">Gates and metrics of a spec; null for none.</param>
    /// <param name="policy">The least sizes of groups.</param>
    /// <exception cref="InputException">A gate asks for what this audit does not measure.</exception>
    public static void Check(IReadOnlyList<SliceReport> slices, AuditMeasures? measures, PolicyPack policy)
    {
        if (measures?.Metrics is { } wanted && slices.Count > 0 && slices[0].Performance is { } report
            && wanted.FirstOrDefault(metric => !report.Metrics.ContainsKey(metric)) is string stranger)
        {
            throw new InputException($"'{stranger}' under 'performance' is not measured here; measured are {string.Join(", ", report.Metrics.Keys.Order(StringComparer.Ordinal))}.");
        }

        foreach (AuditGate gate in (measures?.Gates ?? []).Where(gate => slices.Count > 0 && gate.Family is "fairness" or "performance"))
        {
            GatedFindings.Of(gate, slices.First(slice => slice.Cohort == gate.Cohort), [], policy);
        }
    }

    private static int Smallest(AuditGate gate, PolicyPack policy) =>
        IsWhole(gate) ? 0 : policy.SmallestGroup;

    // Families that are measured once, of no slice.
    private static bool IsWhole(AuditGate gate) => GateFamilies.Whole.Contains(gate.Family);

    private static IEnumerable<Finding> Measures(SliceReport slice, AuditMeasures? measures, PolicyPack policy)
    {
        IEnumerable<Finding> performance = slice.Performance is null ? [] : PerformanceFindings.From(slice.Performance, policy);
        return performance.Where(finding => measures?.Metrics is not { } wanted || wanted.Contains(finding.Metric) || finding.Gate is not null)
            .Concat(slice.Fairness is null ? [] : FairnessFindings.From(slice.Fairness, policy))
            .Select(finding => AskedInterval.Checked(finding, policy, measures));
    }

    private static Finding In(string? cohort, Finding finding) => cohort is null ? finding : finding with
    {
        Id = $"{finding.Id}@{cohort}",
        Slice = finding.Slice is null ? $"@{cohort}" : $"{finding.Slice}@{cohort}",
        Cohort = cohort,
    };

    // A finding that already has a gate stands once more for the second one.
    private static void Put(List<Finding> findings, Finding judged)
    {
        int place = findings.FindIndex(finding => finding.Id == judged.Id);
        if (place < 0)
        {
            findings.Add(judged);
        }
        else if (findings[place].Gate is null)
        {
            findings[place] = findings[place] with { Gate = judged.Gate };
        }
        else
        {
            findings.Add(judged with { Id = $"{judged.Id}#{judged.Gate!.Id}" });
        }
    }
}
