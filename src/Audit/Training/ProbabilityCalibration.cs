namespace Governance.Audit.Training;

/// <summary>Isotonic curves that turn a classifier's probabilities into calibrated ones.</summary>
/// <param name="Curves">
/// Of two classes one curve, from the second class's probability to the calibrated one; of more, a curve for each class
/// against the rest, after which a row is divided by its sum.
/// </param>
/// <remarks>Zadrozny and Elkan, "Transforming classifier scores into accurate multiclass probability estimates", KDD 2002.</remarks>
public sealed record ProbabilityCalibration(IReadOnlyList<IsotonicCurve> Curves)
{
    /// <summary>The number of classes, at least 2.</summary>
    public int Classes => Curves.Count == 1 ? 2 : Curves.Count;

    /// <summary>Fits the curves. Give it predictions of rows that the model was not trained on, or they flatter it.</summary>
    /// <param name="probabilities">Shape [rows, classes], row-major, each in [0, 1].</param>
    /// <param name="targets">Shape [rows]: the class as 0, 1, … classes - 1.</param>
    /// <param name="classes">At least 2.</param>
    /// <param name="weights">Shape [rows], not negative, not all zero; empty for 1 each.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, a target is no class, or a probability lies outside [0, 1].</exception>
    public static ProbabilityCalibration Fit(
        ReadOnlySpan<double> probabilities, ReadOnlySpan<double> targets, int classes, ReadOnlySpan<double> weights)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        if (probabilities.Length != targets.Length * classes)
        {
            throw new ArgumentException($"Expected {classes} probabilities a row.", nameof(probabilities));
        }

        foreach (double probability in probabilities)
        {
            if (probability is not (>= 0 and <= 1))
            {
                throw new ArgumentException("A probability lies outside 0 to 1.", nameof(probabilities));
            }
        }

        IsotonicCurve[] curves = new IsotonicCurve[classes == 2 ? 1 : classes];
        double[] x = new double[targets.Length];
        double[] y = new double[targets.Length];
        for (int curve = 0; curve < curves.Length; curve++)
        {
            int own = classes == 2 ? 1 : curve;
            for (int row = 0; row < x.Length; row++)
            {
                if (targets[row] != (int)targets[row] || targets[row] < 0 || targets[row] >= classes)
                {
                    throw new ArgumentException($"Expected targets 0 to {classes - 1}.", nameof(targets));
                }

                // Knots are floats, because the exported graph reads them as such.
                x[row] = (float)probabilities[(row * classes) + own];
                y[row] = targets[row] == own ? 1 : 0;
            }

            curves[curve] = IsotonicRegression.Fit(x, y, weights);
        }

        return new ProbabilityCalibration(curves);
    }

    /// <summary>Calibrates one row.</summary>
    /// <param name="probabilities">Shape [classes].</param>
    /// <returns>Shape [classes]; the sum is 1. Where every curve says 0, all classes alike.</returns>
    public double[] Apply(ReadOnlySpan<double> probabilities)
    {
        if (Curves.Count == 1)
        {
            double second = Curves[0].At((float)probabilities[1]);
            return [1 - second, second];
        }

        double[] calibrated = new double[Curves.Count];
        for (int k = 0; k < calibrated.Length; k++)
        {
            calibrated[k] = Curves[k].At((float)probabilities[k]);
        }

        double sum = calibrated.Sum();
        return [.. calibrated.Select(value => sum > 0 ? value / sum : 1.0 / calibrated.Length)];
    }
}
