using Governance.Audit.Data;

namespace Governance.Audit.Performance;

/// <summary>Predictions of any kind of task with what was true, to measure on all rows or on some.</summary>
internal abstract class PredictionSample(PerformanceOptions options)
{
    /// <summary>How they are measured.</summary>
    protected PerformanceOptions Options { get; } = options;

    /// <summary>binary, multiclass or regression.</summary>
    public abstract string Task { get; }

    /// <summary>The positive class of a binary task, else null.</summary>
    public virtual string? Positive => null;

    /// <summary>The number of rows.</summary>
    public abstract int Rows { get; }

    /// <summary>The same with only these rows, in this order.</summary>
    public abstract PredictionSample Take(int[] rows);

    /// <summary>The metrics of these rows.</summary>
    /// <param name="cancellationToken">Stops between resamples.</param>
    public abstract ScoreSheet Measure(CancellationToken cancellationToken);

    /// <summary>The strata that parts are drawn in: the classes, or one for numbers.</summary>
    public abstract int Stratum(int row);

    /// <summary>Predictions that know nothing of a row, each with its name and what it says.</summary>
    /// <param name="training">What is known of the outcome's distribution from elsewhere; null takes these rows.</param>
    public abstract IEnumerable<(string Name, string Says, PredictionSample Sample)> Baselines(PredictionSample? training);

    /// <summary>Outcomes of other rows, such as the training data's, for <see cref="Baselines"/>; what is predicted of them has no meaning.</summary>
    /// <param name="label">The label's column, without a missing cell.</param>
    public abstract PredictionSample Outcomes(Column label);

    /// <summary>How much each row moves each metric that has an influence, shape [rows]; computed when it is asked for, not kept.</summary>
    public abstract IReadOnlyDictionary<string, Func<double[]>> Influences();

    /// <summary>Shape [rows]; empty for 1 each.</summary>
    public abstract ReadOnlySpan<double> Weight { get; }

    /// <summary>The names and the computation of all metrics as functions of the rows' weights.</summary>
    public abstract (IReadOnlyList<string> Names, WeightedMetrics Compute) Weighted();
}
