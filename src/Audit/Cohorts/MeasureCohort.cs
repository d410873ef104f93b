using Governance.Audit.Data;
using Governance.Audit.Fairness;
using Governance.Audit.Findings;
using Governance.Audit.Performance;
using Governance.Audit.Runs;
using Governance.Registry.Policies;

namespace Governance.Audit.Cohorts;

/// <summary>Measures a part of scored rows with the very engines of an audit: the same metrics, intervals and limits.</summary>
/// <remarks>Intervals are the closed forms, whatever the audit took: a bootstrap takes longer than a person waits.</remarks>
public static class MeasureCohort
{
    /// <summary>Measures.</summary>
    /// <param name="scored">All rows.</param>
    /// <param name="rows">The part's rows, from 0; at least one.</param>
    /// <param name="options">What the evidence was asked for.</param>
    /// <param name="policy">The rules that it was judged by.</param>
    /// <param name="families">What is measured.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What cannot be measured of these rows is a note in place of a report.</returns>
    /// <exception cref="InputException">The data lack a protected column.</exception>
    public static CohortFigures Run(
        ScoredTable scored, ReadOnlySpan<int> rows, AuditOptions options, PolicyPack policy, CohortFamilies families, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scored);
        ArgumentNullException.ThrowIfNull(options);
        AuditOptions live = Live(options, families);
        PolicyPack rules = SpecPolicy.Of(live, policy);
        string[] attributes = families.HasFlag(CohortFamilies.Fairness) && scored.Label is not null ? [.. MeasureSlices.Sets(options).Select(set => string.Join('|', set))] : [];
        ScoredTable part = scored with { Table = MeasureSlices.Narrow(scored, options).Take(rows) };
        List<string> notes = [];
        Action<AuditWarning> warn = warning => notes.Add(warning.Message);
        PerformanceReport? performance = families.HasFlag(CohortFamilies.Performance)
            ? Measured("Performance", () => MeasureSlice.Performance(part, live, rules, null, 1, warn, cancellationToken), notes) : null;
        FairnessReport[] fairness = [.. attributes
            .Select(attribute => Measured($"Fairness by {attribute}", () => MeasureSlice.Fairness(part, attribute, live, rules, 1, warn, cancellationToken), notes))
            .OfType<FairnessReport>()];
        SliceReport slice = new(null, null, rows.Length)
        {
            Performance = performance,
            Fairness = fairness.Length == 0 ? null : fairness[0] with { Attributes = [.. fairness.SelectMany(report => report.Attributes)] },
        };
        return new CohortFigures(rows.Length, performance, slice.Fairness, Findings(slice, live, rules, notes), [.. notes.Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>The attributes, single and crossed, whose groups fairness tells apart: codes and levels over all rows.</summary>
    /// <exception cref="InputException">The data lack a protected column.</exception>
    public static IReadOnlyList<TextColumn> Attributes(ScoredTable scored, AuditOptions options)
    {
        ArgumentNullException.ThrowIfNull(scored);
        ArgumentNullException.ThrowIfNull(options);
        return [.. MeasureSlices.Sets(options).Select(set => Levels.Cross([.. set.Select(name => Levels.Of(scored.Table.Need(name)))]))
            .Select(levels => new TextColumn(levels.Name, levels.Codes.ToArray(), [.. levels.Names]))];
    }

    private static IReadOnlyList<Finding> Findings(SliceReport slice, AuditOptions options, PolicyPack rules, List<string> notes)
    {
        AuditMeasures? measures = options.Measures;
        try
        {
            return CollectFindings.Of([slice], null, null, null, null, null, measures, rules);
        }
        catch (InputException fault)
        {
            notes.Add($"A limit of the audit's spec cannot be judged here. {fault.Message}");
            return CollectFindings.Of([slice], null, null, null, null, null, measures is null ? null : measures with { Gates = [], Metrics = null }, rules);
        }
    }

    // Limits of the rows as a whole that these families hold; no bootstrap.
    private static AuditOptions Live(AuditOptions options, CohortFamilies families) => options.Measures is not AuditMeasures measures ? options : options with
    {
        Measures = measures with
        {
            Cohorts = [],
            Interval = "wilson",
            PerformanceInterval = "analytic",
            Gates = [.. measures.Gates.Where(gate => gate.Cohort is null
                && ((gate.Family == "performance" && gate.Attribute is null && families.HasFlag(CohortFamilies.Performance))
                    || (gate.Family == "fairness" && families.HasFlag(CohortFamilies.Fairness))))],
        },
    };

    private static T? Measured<T>(string what, Func<T?> measure, List<string> notes)
        where T : class
    {
        try
        {
            return measure();
        }
        catch (InputException fault)
        {
            notes.Add($"{what} cannot be measured of these rows. {fault.Message}");
            return null;
        }
    }
}
