namespace Governance.Audit.Training;

/// <summary>Linear regression by least squares, with a ridge penalty.</summary>
/// <remarks>
/// Minimises ½·Σ w·(intercept + Σ coefficient·feature − target)² + ½·penalty·|coefficients|²; the intercept is free (Hoerl and
/// Kennard, "Ridge regression", Technometrics 12 (1970) 55–67). One Newton step on features scaled to unit variance, the
/// penalty kept in the features' own units. O(rows · features²).
/// </remarks>
public static class FitLinear
{
    /// <summary>Fits the model.</summary>
    /// <param name="rows">Features without missing values.</param>
    /// <param name="targets">Shape [rows]: finite.</param>
    /// <param name="penalty">Not negative; with 0 repeated columns share their coefficient in no certain way.</param>
    /// <exception cref="ArgumentException">A feature is missing, a target no finite number, or the penalty negative.</exception>
    public static LinearModel Run(TrainingRows rows, ReadOnlySpan<double> targets, double penalty)
    {
        rows.CheckTargets(targets);
        ArgumentOutOfRangeException.ThrowIfNegative(penalty);
        ScaledFeatures scaled = ScaledFeatures.Of(rows);
        double[] goals = targets.ToArray();
        NewtonResult found = NewtonDescent.Run(
            rows.Features + 1, (at, gradient, hessian) => Evaluate(scaled, goals, penalty, at, gradient, hessian), CancellationToken.None);
        double[] coefficients = new double[rows.Features];
        double intercept = scaled.Unscale(found.Solution, coefficients);
        return new LinearModel(rows.Names, intercept, coefficients);
    }

    // The objective; fills its gradient and the lower triangle of its Hessian. Entry 0 is the intercept.
    private static double Evaluate(ScaledFeatures scaled, double[] goals, double penalty, double[] solution, double[] gradient, double[] hessian)
    {
        int size = solution.Length;
        Array.Clear(gradient);
        Array.Clear(hessian);
        double[] x = new double[size];
        x[0] = 1;
        double sum = 0;
        for (int row = 0; row < goals.Length; row++)
        {
            double weight = scaled.Rows.Weights[row];
            scaled.Fill(row, x.AsSpan(1));
            double error = -goals[row];
            for (int i = 0; i < size; i++)
            {
                error += solution[i] * x[i];
            }

            sum += weight * error * error / 2;
            for (int i = 0; i < size; i++)
            {
                gradient[i] += weight * error * x[i];
                for (int j = 0; j <= i; j++)
                {
                    hessian[(i * size) + j] += weight * x[i] * x[j];
                }
            }
        }

        for (int i = 1; i < size; i++)
        {
            double own = penalty / (scaled.Scales[i - 1] * scaled.Scales[i - 1]);
            sum += own * solution[i] * solution[i] / 2;
            gradient[i] += own * solution[i];
            hessian[(i * size) + i] += own;
        }

        return sum;
    }
}

/// <summary>A fitted linear regression: value = intercept + Σ coefficient · feature.</summary>
/// <param name="Features">Shape [features]: the names.</param>
/// <param name="Intercept">In the unit of the target.</param>
/// <param name="Coefficients">Shape [features], in the unit of the target a unit of the feature.</param>
public sealed record LinearModel(IReadOnlyList<string> Features, double Intercept, IReadOnlyList<double> Coefficients)
{
    /// <summary>The number predicted.</summary>
    /// <param name="row">Shape [features]; no missing values.</param>
    public double Predict(ReadOnlySpan<float> row)
    {
        double sum = Intercept;
        for (int feature = 0; feature < row.Length; feature++)
        {
            sum += Coefficients[feature] * row[feature];
        }

        return sum;
    }
}
