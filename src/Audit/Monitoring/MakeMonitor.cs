using Governance.Audit.Data;

namespace Governance.Audit.Monitoring;

/// <summary>Makes the monitor of each kind.</summary>
internal static class MakeMonitor
{
    /// <summary>Makes it.</summary>
    /// <param name="spec">The plan.</param>
    /// <param name="terms">The monitor.</param>
    /// <param name="reference">The reference's rows of the monitor's cohort.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">The reference lacks what it needs.</exception>
    public static IWindowMonitor Of(MonitorSpec spec, MonitorTerms terms, MonitorReference reference, CancellationToken cancellationToken)
    {
        if (reference.Rows.Count < spec.SmallestRows && terms.Kind is not (MonitorKind.Volume or MonitorKind.Latency))
        {
            throw new InputException($"the reference has {reference.Rows.Count} rows of its cohort; at least {spec.SmallestRows} are needed.");
        }

        return terms.Kind switch
        {
            MonitorKind.Drift when terms.Test is not ("auto" or "ks" or "levels") =>
                new DistanceMonitor(spec, terms, reference.Rows, Known(reference, terms.Columns ?? reference.DefaultColumns)),
            MonitorKind.Drift => new DriftMonitor(spec, reference.Rows, Known(reference, terms.Columns ?? reference.DefaultColumns)),
            MonitorKind.Quality => new QualityMonitor(spec, reference.Rows, Known(reference, terms.Columns ?? reference.FeatureColumns)),
            MonitorKind.Multivariate => new MultivariateMonitor(spec, terms, reference.Rows, Known(reference, terms.Columns ?? reference.FeatureColumns)),
            MonitorKind.Attribution => new AttributionMonitor(
                spec, terms, reference.Rows, reference.Model ?? throw new InputException("attributions need the model."), cancellationToken),
            MonitorKind.Performance or MonitorKind.Fairness => Figures(spec, terms, reference),
            MonitorKind.Estimate => Estimate(spec, terms, reference, cancellationToken),
            MonitorKind.Volume or MonitorKind.Latency => new FlowMonitor(terms, MetricsOf(terms)),
            _ => throw new ArgumentOutOfRangeException(nameof(terms), terms.Kind, null),
        };
    }

    /// <summary>The metrics of a monitor: those that the plan names, or the kind's usual ones.</summary>
    public static IReadOnlyList<string> MetricsOf(MonitorTerms terms) => terms.Metrics.Count > 0 ? terms.Metrics : terms.Kind switch
    {
        MonitorKind.Fairness => ["demographic_parity_difference"],
        MonitorKind.Estimate when terms.Attribute is not null => ["equal_opportunity_difference"],
        MonitorKind.Performance or MonitorKind.Estimate => ["accuracy", "roc_auc"],
        MonitorKind.Latency => ["p95"],
        _ => [],
    };

    private static FigureMonitor Figures(MonitorSpec spec, MonitorTerms terms, MonitorReference reference)
    {
        IReadOnlyList<string> metrics = Fitting(terms, reference);
        ReadFigures read = new(reference, terms.Attribute);
        Func<MonitoredRows, FigureRows> of = metrics.Any(MonitorMetrics.NeedsLabels) ? read.ByLabel : read.ByDecision;
        return new FigureMonitor(spec, terms, metrics, Enough(spec, reference, of(reference.Rows)), of);
    }

    private static FigureMonitor Estimate(MonitorSpec spec, MonitorTerms terms, MonitorReference reference, CancellationToken cancellationToken)
    {
        ReadFigures read = new(reference, terms.Attribute);
        IReadOnlyList<string> metrics = Fitting(terms, reference);
        if (reference.IsRegression)
        {
            int[] known = [.. Enumerable.Range(0, reference.Rows.Count).Where(row => !double.IsNaN(ReadFigures.Number(reference.Rows, row)) && reference.Rows.Values is not null)];
            MonitoredRows rows = reference.Rows.Take(known);
            FigureRows realised = Enough(spec, reference, read.ByLabel(rows));
            (LossEstimate estimate, double[] absolute, double[] squared) = LossEstimate.Fit(
                rows.Table, rows.Values!, realised.Absolute!, reference.FeatureColumns, spec.Seed, cancellationToken);
            return new FigureMonitor(spec, terms, metrics, ReadFigures.Errors(absolute, squared), window =>
            {
                int[] predicted = [.. Enumerable.Range(0, window.Count).Where(row => window.Values is double[] values && !double.IsNaN(values[row]))];
                MonitoredRows own = window.Take(predicted);
                if (own.Count == 0)
                {
                    return ReadFigures.Errors([], []);
                }

                (double[] errors, double[] squares) = estimate.Expect(own.Table, own.Values!);
                return ReadFigures.Errors(errors, squares);
            }, realised);
        }

        ScoreCalibration calibration = read.Calibrate(reference.Rows, spec.Seed)
            ?? throw new InputException("estimates need scores and labels of both kinds in the reference.");
        FigureRows Of(MonitoredRows rows) => read.ByScore(rows, calibration);
        return new FigureMonitor(spec, terms, metrics, Enough(spec, reference, Of(reference.Rows)), Of, read.ByLabel(reference.Rows));
    }

    private static IReadOnlyList<string> Fitting(MonitorTerms terms, MonitorReference reference)
    {
        IReadOnlyList<string> metrics = terms.Metrics.Count == 0 && terms.Attribute is null && terms.Kind is MonitorKind.Performance or MonitorKind.Estimate
            ? reference.IsRegression ? ["mae", "rmse"] : reference.Positive is null || reference.Rows.Scores is null ? ["accuracy"] : MetricsOf(terms)
            : MetricsOf(terms);
        string? unfit = metrics.FirstOrDefault(metric => reference.IsRegression != metric is "mae" or "rmse"
            || (reference.Positive is null && !reference.IsRegression && metric != "accuracy")
            || (reference.Rows.Scores is null && metric is "roc_auc" or "brier" or "log_loss"));
        return unfit is null
            ? metrics
            : throw new InputException($"the metric '{unfit}' does not fit this model.");
    }

    private static FigureRows Enough(MonitorSpec spec, MonitorReference reference, FigureRows rows) => rows.Count >= spec.SmallestRows
        ? rows
        : throw new InputException(reference.Rows.Labels is null
            ? "no column of the reference is known to hold the label. Name it with --label, or give the column of the data set that role."
            : $"the reference has {rows.Count} rows with the labels or decisions that it needs; at least {spec.SmallestRows} are needed"
                + (reference.Model?.Classes is { } classes ? $", with labels that are one of the model's classes {string.Join(", ", classes)}." : "."));

    private static IReadOnlyList<string> Known(MonitorReference reference, IReadOnlyList<string> columns) =>
        columns.FirstOrDefault(name => DriftMonitor.ColumnOf(reference.Rows, name) is null) is string stranger
            ? throw new InputException($"the reference has no column '{stranger}'.")
            : columns;
}
