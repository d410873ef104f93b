namespace Governance.Audit.Fairness;

/// <summary>Predictions of one kind of task on rows, as far as group fairness needs to know them.</summary>
/// <remarks>One of <see cref="BinaryRows"/>, <see cref="MulticlassRows"/> and <see cref="RegressionRows"/>.</remarks>
internal abstract class MeasuredRows
{
    private protected MeasuredRows()
    {
    }

    /// <summary>The class that rates refer to; empty where no class is singled out.</summary>
    public abstract string Positive { get; }

    /// <summary>The outcome that a person wants; empty where none is known.</summary>
    public abstract string Favourable { get; }

    /// <summary>The number of rows.</summary>
    public abstract int Rows { get; }

    /// <summary>Shape [rows]; empty where every row counts 1.</summary>
    public abstract ReadOnlySpan<double> Weight { get; }

    /// <summary>Whether rows have weights of their own.</summary>
    public bool IsWeighted => !Weight.IsEmpty;

    /// <summary>How many rows lack a label.</summary>
    public abstract int MissingLabels { get; }

    /// <summary>Whether there are binary decisions: selection rates and odds.</summary>
    public virtual bool HasDecisions => false;

    /// <summary>Whether the favourable_… figures repeat those of the positive class, and need no tests of their own.</summary>
    public virtual bool FavourableRepeats => true;

    /// <summary>The figures, in the order of reports.</summary>
    public abstract IReadOnlyList<string> Metrics { get; }

    /// <summary>The named summaries: each gives NAME_difference and, of figures that are not signed, NAME_ratio.</summary>
    public abstract IReadOnlyList<(string Name, string Metric)> Parities { get; }

    /// <summary>The figures that are tested between groups.</summary>
    public abstract IReadOnlyList<string> Tested { get; }

    /// <summary>Whether a figure can be below 0, so that ratios of it mean nothing.</summary>
    public virtual bool IsSigned(string metric) => false;

    /// <summary>Measures groups.</summary>
    /// <param name="codes">Shape [rows]: the group's index, -1 for none; empty for one group.</param>
    /// <param name="names">The groups' names.</param>
    public abstract IReadOnlyList<GroupFigures> Count(ReadOnlySpan<int> codes, IReadOnlyList<string> names);

    /// <summary>Why a group lacks a figure, as the end of a sentence.</summary>
    public abstract string Reason(string metric);

    /// <summary>The same predictions with only these rows, in this order.</summary>
    public abstract MeasuredRows Take(ReadOnlySpan<int> rows);

    /// <summary>The same rows with other weights.</summary>
    /// <param name="weights">Shape [rows], finite and at least 0. Kept, not copied.</param>
    public abstract MeasuredRows Reweighted(double[] weights);

    /// <summary>Resamples the figures of groups and of all rows.</summary>
    /// <param name="codes">Shape [rows]: the group's index, -1 for none.</param>
    /// <param name="names">The groups' names.</param>
    /// <param name="options">Resamples, seed, level, method and interval.</param>
    /// <param name="cancellationToken">Stops between resamples.</param>
    public virtual GroupBootstrap Bootstrap(
        int[] codes, IReadOnlyList<string> names, Statistics.Resampling.BootstrapOptions options, CancellationToken cancellationToken) =>
        RowBootstrap.Run(this, codes, names, options, cancellationToken);
}
