using Governance.Audit.Explanations.Sampling;

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
    private const int MostSteps = 100;

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
        int size = rows.Features + 1;
        double[] solution = new double[size];
        double[] gradient = new double[size];
        double[] hessian = new double[size * size];
        double objective = Evaluate(scaled, rows.Weights, targets, penalty, solution, gradient, hessian);
        double last = double.PositiveInfinity;
        for (int step = 1; step <= MostSteps; step++)
        {
            if (!SymmetricSystem.Factor(hessian, size))
            {
                // Columns that repeat each other, or weights that have died out: a ridge as small as the arithmetic allows.
                objective = Evaluate(scaled, rows.Weights, targets, penalty, solution, gradient, hessian);
                AddToDiagonal(hessian, size, 1e-9);
                if (!SymmetricSystem.Factor(hessian, size))
                {
                    return Model(rows, scaled, solution, false, step);
                }
            }

            double[] change = [.. gradient];
            SymmetricSystem.Solve(hessian, size, change);
            double decrement = 0;
            for (int i = 0; i < size; i++)
            {
                decrement += change[i] * gradient[i];
            }

            // Newton's steps shrink quadratically; once they stop shrinking, what is left is rounding.
            double scale = Math.Max(1, objective);
            if (decrement <= 1e-20 * scale || (decrement <= 1e-12 * scale && decrement >= last / 2))
            {
                Subtract(solution, change, 1, solution);
                return Model(rows, scaled, solution, true, step);
            }

            last = decrement;
            double before = objective + (1e-12 * scale);
            double length = 1;
            double[] tried = new double[size];
            do
            {
                Subtract(solution, change, length, tried);
                objective = Evaluate(scaled, rows.Weights, targets, penalty, tried, gradient, hessian);
                length /= 2;
            }
            while (!(objective <= before) && length > 1e-10);

            if (!(objective <= before))
            {
                return Model(rows, scaled, solution, false, step);
            }

            solution = tried;
        }

        return Model(rows, scaled, solution, false, MostSteps);
    }

    // The objective; fills its gradient and the lower triangle of its Hessian. Entry 0 is the intercept.
    private static double Evaluate(
        ScaledFeatures scaled, double[] weights, ReadOnlySpan<double> targets, double penalty,
        double[] solution, double[] gradient, double[] hessian)
    {
        int size = solution.Length;
        Array.Clear(gradient);
        Array.Clear(hessian);
        double[] x = new double[size];
        x[0] = 1;
        double sum = 0;
        for (int row = 0; row < targets.Length; row++)
        {
            double weight = weights[row];
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

    private static void Subtract(double[] from, double[] change, double length, double[] result)
    {
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = from[i] - (length * change[i]);
        }
    }

    private static void AddToDiagonal(double[] matrix, int size, double share)
    {
        double largest = 0;
        for (int i = 0; i < size; i++)
        {
            largest = Math.Max(largest, matrix[(i * size) + i]);
        }

        for (int i = 0; i < size; i++)
        {
            matrix[(i * size) + i] += share * (largest > 0 ? largest : 1);
        }
    }

    private static LogisticModel Model(TrainingRows rows, ScaledFeatures scaled, double[] solution, bool converged, int steps)
    {
        double[] coefficients = new double[rows.Features];
        double intercept = solution[0];
        for (int feature = 0; feature < coefficients.Length; feature++)
        {
            coefficients[feature] = solution[feature + 1] / scaled.Scales[feature];
            intercept -= coefficients[feature] * scaled.Means[feature];
        }

        return new LogisticModel(rows.Names, intercept, coefficients, converged, steps);
    }
}
