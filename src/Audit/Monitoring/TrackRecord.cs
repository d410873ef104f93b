namespace Governance.Audit.Monitoring;

/// <summary>How well figures estimated before labels did, once the labels came.</summary>
/// <param name="Monitor">The estimating monitor.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Windows">Windows with both figures.</param>
/// <param name="Bias">The mean of estimated minus realised.</param>
/// <param name="MeanError">The mean distance of the two.</param>
/// <param name="Coverage">The share of windows whose realised figure lay in the estimate's interval, in [0, 1].</param>
public sealed record TrackRecord(string Monitor, string Metric, int Windows, double Bias, double MeanError, double Coverage)
{
    /// <summary>In words.</summary>
    public string Sentence => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"Over {Windows} windows with labels the estimate of {Metric.Replace('_', ' ')} was off by {MeanError:0.000} on average ({(Bias >= 0 ? "+" : "−")}{Math.Abs(Bias):0.000} of it to one side); the realised figure lay in its interval {Coverage * 100:0} % of the time.");

    /// <summary>Pairs estimates with realised figures of the same window, metric and cohort.</summary>
    /// <param name="figures">Readings of estimating and of realised monitors.</param>
    public static IReadOnlyList<TrackRecord> Of(IEnumerable<EstimatedFigure> figures)
    {
        EstimatedFigure[] all = [.. figures];
        Dictionary<(string, string?, string?, MonitorWindow), double> realised = [];
        foreach (EstimatedFigure figure in all.Where(figure => !figure.IsEstimate))
        {
            realised[(figure.Metric, figure.Attribute, figure.Cohort, figure.Window)] = figure.Value;
        }

        return
        [
            .. all.Where(figure => figure.IsEstimate && realised.ContainsKey((figure.Metric, figure.Attribute, figure.Cohort, figure.Window)))
                .GroupBy(figure => (figure.Monitor, figure.Metric))
                .Select(group =>
                {
                    (EstimatedFigure Figure, double Realised)[] pairs =
                        [.. group.Select(figure => (figure, realised[(figure.Metric, figure.Attribute, figure.Cohort, figure.Window)]))];
                    return new TrackRecord(
                        group.Key.Monitor, group.Key.Metric, pairs.Length,
                        pairs.Average(pair => pair.Figure.Value - pair.Realised),
                        pairs.Average(pair => Math.Abs(pair.Figure.Value - pair.Realised)),
                        pairs.Count(pair => pair.Realised >= pair.Figure.Low && pair.Realised <= pair.Figure.High) / (double)pairs.Length);
                }),
        ];
    }
}

/// <summary>A figure as the track record reads it.</summary>
/// <param name="Monitor">The monitor.</param>
/// <param name="IsEstimate">Whether it was estimated before labels.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Attribute">The protected column; null for none.</param>
/// <param name="Cohort">The cohort's name; null for all rows.</param>
/// <param name="Window">The window.</param>
/// <param name="Value">The figure.</param>
/// <param name="Low">The low end of its interval.</param>
/// <param name="High">The high end.</param>
public sealed record EstimatedFigure(
    string Monitor, bool IsEstimate, string Metric, string? Attribute, string? Cohort, MonitorWindow Window, double Value, double Low, double High)
{
    /// <summary>The figure of a reading; null for a reading without value or interval, or of another kind.</summary>
    /// <param name="spec">The plan.</param>
    /// <param name="reading">A reading.</param>
    public static EstimatedFigure? Of(MonitorSpec spec, WindowReading reading) =>
        reading is { Kind: MonitorKind.Estimate or MonitorKind.Performance or MonitorKind.Fairness, Measure: { Value: double value, Interval: { } interval } }
            ? new EstimatedFigure(
                reading.Monitor, reading.Kind == MonitorKind.Estimate, reading.Measure.Metric,
                spec.Monitors.First(terms => terms.Id == reading.Monitor).Attribute, reading.Cohort, reading.Window, value, interval.Low, interval.High)
            : null;
}
