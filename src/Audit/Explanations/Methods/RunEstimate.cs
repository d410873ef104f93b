namespace Governance.Audit.Explanations.Methods;

/// <summary>What was expected of a run before it, as the JSON gives it beside what it took.</summary>
/// <param name="ModelRows">Rows sent to the model.</param>
/// <param name="Seconds">Wall time, the calibration before it included, as <see cref="ExplanationReport.Seconds"/>.</param>
/// <param name="CalibrationRows">Rows that the calibration sent to the model; not among the run's model rows.</param>
public sealed record RunEstimate(long ModelRows, double Seconds, long CalibrationRows)
{
    // Making the report and starting threads; what a run takes that does nothing else.
    private const double Least = 0.003;

    /// <summary>Estimates a run.</summary>
    /// <param name="task">The task.</param>
    /// <param name="chosen">Its method.</param>
    /// <param name="started">When the run began, on the task's clock.</param>
    /// <param name="cancellationToken">Ends the calibration.</param>
    public static RunEstimate Of(AttributionTask task, ChosenMethod chosen, long started, CancellationToken cancellationToken)
    {
        CostEstimate cost = chosen.Method.Estimate(task, cancellationToken);
        double spent = task.Time.GetElapsedTime(started).TotalSeconds;
        return new RunEstimate(cost.ModelRows, spent + cost.Seconds + Least, task.CalibrationRows);
    }
}
