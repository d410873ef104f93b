using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Audit.Statistics;

namespace Governance.Audit.Monitoring;

/// <summary>A plan with its reference read once, ready for windows.</summary>
public sealed class PreparedPlan
{
    private readonly Dictionary<string, IWindowMonitor> monitors = new(StringComparer.Ordinal);

    private PreparedPlan(MonitorSpec spec) => Spec = spec;

    /// <summary>The plan.</summary>
    public MonitorSpec Spec { get; }

    /// <summary>Prepares every monitor.</summary>
    /// <param name="spec">The plan.</param>
    /// <param name="reference">What windows are compared with.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">The reference lacks what a monitor needs; the sentence names the monitor.</exception>
    public static PreparedPlan Make(MonitorSpec spec, MonitorReference reference, CancellationToken cancellationToken)
    {
        PreparedPlan plan = new(spec);
        foreach (MonitorTerms terms in spec.Monitors)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                MonitoredRows rows = plan.CohortOf(terms, reference.Rows);
                plan.monitors.Add(terms.Id, MakeMonitor.Of(spec, terms, reference with { Rows = rows }, cancellationToken));
            }
            catch (InputException fault)
            {
                throw new InputException($"The monitor '{terms.Id}' cannot be used: {fault.Message}", fault);
            }
        }

        return plan;
    }

    /// <summary>Whether a monitor waits for labels.</summary>
    public static bool NeedsLabels(MonitorTerms terms) =>
        terms.Kind == MonitorKind.Performance || (terms.Kind == MonitorKind.Fairness && MakeMonitor.MetricsOf(terms).Any(MonitorMetrics.NeedsLabels));

    /// <summary>Reads a window with one monitor and judges it.</summary>
    /// <param name="terms">The monitor.</param>
    /// <param name="window">The window.</param>
    /// <param name="dueAt">When it could first be read.</param>
    /// <param name="rows">All rows of the window, with the labels known by then.</param>
    /// <param name="history">What was read before; the readings are not added to it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public IReadOnlyList<WindowReading> Read(
        MonitorTerms terms, MonitorWindow window, DateTimeOffset dueAt, MonitoredRows rows, MonitorHistory history, CancellationToken cancellationToken)
    {
        MonitoredRows own = CohortOf(terms, rows);
        IReadOnlyList<Measure> measures = monitors[terms.Id].Measure(own, window, history.Of(terms.Id), cancellationToken);
        double level = Spec.Budget.LevelOf(Spec, terms);
        int[] measured = [.. Enumerable.Range(0, measures.Count).Where(i => measures[i].PValue is not null)];
        double[] pValues = Array.ConvertAll(measured, i => measures[i].PValue!.Value);
        double[] adjusted = terms.Correction == "bh" ? MultipleTests.BenjaminiHochberg(pValues) : MultipleTests.Holm(pValues);
        List<WindowReading> readings = [];
        for (int i = 0; i < measures.Count; i++)
        {
            int place = Array.IndexOf(measured, i);
            WindowReading reading = new()
            {
                Monitor = terms.Id,
                Kind = terms.Kind,
                Measure = measures[i],
                Cohort = terms.Cohort,
                Window = window,
                DueAt = dueAt,
                Threshold = level,
                Adjusted = place < 0 ? null : adjusted[place],
                Verdict = place < 0 && measures[i].Value is null ? ReadingVerdict.Unmeasured : ReadingVerdict.Within,
                Settled = true,
            };
            readings.Add(place >= 0 && adjusted[place] <= level ? Loud(reading, history) : reading);
        }

        return readings;
    }

    /// <summary>The reading of a window whose labels are not yet known.</summary>
    public WindowReading Waiting(MonitorTerms terms, MonitorWindow window, MonitoredRows rows)
    {
        MonitoredRows own = CohortOf(terms, rows);
        int known = own.Labels?.Count(label => label is not null) ?? 0;
        return new WindowReading
        {
            Monitor = terms.Id,
            Kind = terms.Kind,
            Measure = Measure.Not("labels", null, own.Count, $"{known} of {own.Count} labels are known; {Spec.Maturity * 100:0.#} % are needed.") with { Value = own.Count == 0 ? null : (double)known / own.Count },
            Cohort = terms.Cohort,
            Window = window,
            DueAt = window.To,
            Threshold = Spec.Budget.LevelOf(Spec, terms),
            Verdict = ReadingVerdict.Unmeasured,
            Settled = false,
        };
    }

    /// <summary>The rows of a monitor's cohort.</summary>
    /// <exception cref="InputException">The rows lack a column of the cohort.</exception>
    public MonitoredRows CohortOf(MonitorTerms terms, MonitoredRows rows) =>
        terms.Cohort is string name && rows.Count > 0 ? rows.Take(Cohort.Parse(Spec.Cohorts[name]).Rows(rows.Table)) : rows;

    private static WindowReading Loud(WindowReading reading, MonitorHistory history) => reading with
    {
        Verdict = history.WasLoud(reading.Monitor, reading.Series, reading.Window) ? ReadingVerdict.Breach : ReadingVerdict.Warning,
        ExplainedBy = reading is { Cohort: not null, Measure.Column: string column } ? history.LoudOnAllRows(column, reading.Window, reading.Measure.Value ?? 0) : null,
    };
}
