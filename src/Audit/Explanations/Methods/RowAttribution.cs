namespace Governance.Audit.Explanations.Methods;

/// <summary>The values of one row as flat arrays, the form in which kernels compute.</summary>
public sealed record RowAttribution
{
    /// <summary>Shape [outputs]: the model's output for the row, in the units of the link.</summary>
    public required double[] Prediction { get; init; }

    /// <summary>Shape [outputs, players].</summary>
    public required double[] Values { get; init; }

    /// <summary>Shape [outputs, players]; null where nothing was sampled or no honest error is known.</summary>
    public double[]? StandardErrors { get; init; }

    /// <summary>Half the width of a 95 % interval in standard errors: a quantile of Student's or the normal distribution.</summary>
    public double Quantile { get; init; } = 1.959963984540054;

    /// <summary>
    /// Shape [outputs, players, players], or null: the Shapley interaction index of order 2 in full, not halved;
    /// symmetric, 0 on the diagonal. (shap's matrix holds half of it off the diagonal, and on the diagonal the value
    /// less the sum of those halves.)
    /// </summary>
    public double[]? Interactions { get; init; }

    /// <summary>As an entry of a report.</summary>
    /// <param name="task">The task.</param>
    /// <param name="row">The row's place among the task's rows.</param>
    /// <param name="baseValue">Shape [outputs].</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public ExplainedRow ToRow(AttributionTask task, int row, ReadOnlySpan<double> baseValue)
    {
        int players = task.Players.Count;
        int outputs = baseValue.Length;
        if (Prediction.Length != outputs || Values.Length != outputs * players
            || (StandardErrors is not null && StandardErrors.Length != Values.Length)
            || (Interactions is not null && Interactions.Length != Values.Length * players))
        {
            throw new ArgumentException("Values, errors and interactions must fit the outputs and players.", nameof(baseValue));
        }

        double[] residual = new double[outputs];
        for (int output = 0; output < outputs; output++)
        {
            double sum = 0;
            foreach (double value in Values.AsSpan(output * players, players))
            {
                sum += value;
            }

            residual[output] = Prediction[output] - baseValue[output] - sum;
        }

        return new ExplainedRow
        {
            Row = task.RowIndex(row),
            Prediction = Prediction,
            Values = Split(Values, players),
            StandardErrors = StandardErrors is null ? null : Split(StandardErrors, players),
            Interval = StandardErrors is null ? null : Intervals(StandardErrors, players),
            AdditivityResidual = residual,
            Interactions = Interactions is null ? null : [.. Split(Interactions, players * players).Select(table => Split(table, players))],
        };
    }

    private double[][][] Intervals(double[] errors, int players)
    {
        double[][][] intervals = new double[errors.Length / players][][];
        for (int output = 0; output < intervals.Length; output++)
        {
            intervals[output] = new double[players][];
            for (int player = 0; player < players; player++)
            {
                double value = Values[(output * players) + player];
                double half = Quantile * errors[(output * players) + player];
                intervals[output][player] = [value - half, value + half];
            }
        }

        return intervals;
    }

    private static double[][] Split(double[] flat, int width)
    {
        double[][] rows = new double[flat.Length / width][];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = flat.AsSpan(row * width, width).ToArray();
        }

        return rows;
    }
}
