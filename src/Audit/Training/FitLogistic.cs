namespace Governance.Audit.Training;

/// <summary>Logistic regression by iteratively re-weighted least squares, with a ridge penalty.</summary>
/// <remarks>
/// Minimises Σ w·loss + ½·penalty·|coefficients|²; the intercept is free. Newton steps (McCullagh and Nelder,
/// "Generalized Linear Models", 2nd edition, section 2.5) on features scaled to unit variance, the penalty kept in the
/// features' own units; a step is halved until the objective falls. scikit-learn's C is 1 / penalty. O(rows ·
/// features²) a step.
/// </remarks>
public static class FitLogistic
{
    /// <summary>Fits the model.</summary>
    /// <param name="rows">Features without missing values.</param>
    /// <param name="targets">Shape [rows]: the share of positives in a row, in [0, 1]; usually 0 or 1.</param>
    /// <param name="penalty">Not negative; 0 for none, with which separable data have no finite optimum.</param>
    /// <exception cref="ArgumentException">A feature is missing, a target outside [0, 1], or the penalty negative.</exception>
    public static LogisticModel Run(TrainingRows rows, ReadOnlySpan<double> targets, double penalty)
    {
        rows.CheckTargets(targets);
        ArgumentOutOfRangeException.ThrowIfNegative(penalty);
        foreach (double target in targets)
        {
            if (target is < 0 or > 1)
            {
                throw new ArgumentException("A target lies outside 0 to 1.", nameof(targets));
            }
        }

        ScaledFeatures scaled = ScaledFeatures.Of(rows);
        double[] kept = targets.ToArray();
        NewtonResult found = NewtonDescent.Run(
            rows.Features + 1, (at, gradient, hessian) => Evaluate(scaled, kept, penalty, at, gradient, hessian), CancellationToken.None);
        return Model(rows, scaled, found);
    }

    // The objective; fills its gradient and the lower triangle of its Hessian. Entry 0 is the intercept.
    private static double Evaluate(
        ScaledFeatures scaled, double[] targets, double penalty, double[] solution, double[] gradient, double[] hessian)
    {
        int size = solution.Length;
        Array.Clear(gradient);
        Array.Clear(hessian);
        double[] x = new double[size];
        x[0] = 1;
        double sum = 0;
        for (int row = 0; row < targets.Length; row++)
        {
            double weight = scaled.Rows.Weights[row];
            if (weight == 0)
            {
                continue;
            }

            scaled.Fill(row, x.AsSpan(1));
            double z = 0;
            for (int i = 0; i < size; i++)
            {
                z += solution[i] * x[i];
            }

            double probability = LogisticFunction.At(z);
            double slope = weight * (probability - targets[row]);
            double curve = weight * probability * (1 - probability);
            sum += weight * LogisticFunction.Loss(z, targets[row]);
            for (int i = 0; i < size; i++)
            {
                gradient[i] += slope * x[i];
                double part = curve * x[i];
                for (int j = 0; j <= i; j++)
                {
                    hessian[(i * size) + j] += part * x[j];
                }
            }
        }

        for (int i = 1; i < size; i++)
        {
            // The coefficient in the feature's own unit is the scaled one divided by the scale.
            double own = penalty / (scaled.Scales[i - 1] * scaled.Scales[i - 1]);
            sum += own * solution[i] * solution[i] / 2;
            gradient[i] += own * solution[i];
            hessian[(i * size) + i] += own;
        }

        return sum;
    }

    private static LogisticModel Model(TrainingRows rows, ScaledFeatures scaled, NewtonResult found)
    {
        double[] coefficients = new double[rows.Features];
        double intercept = scaled.Unscale(found.Solution, coefficients);
        return new LogisticModel(rows.Names, intercept, coefficients, found.Converged, found.Steps);
    }
}
