using Governance.Audit.Explanations.Sampling;
using Governance.Audit.Training;

namespace Governance.Audit.Ensembles;

/// <summary>Fits one coefficient a member, not negative and for all classes alike: P(class) ∝ Π p(member, class)^coefficient.</summary>
/// <remarks>
/// Minimises Σ loss + ½·penalty·|w|² over w ≥ 0, which is convex. Breiman ("Stacked Regressions", Machine Learning 24, 1996) found
/// that coefficients have to be kept from falling below 0 for a stack to gain reliably on its members; Ting and Witten ("Issues in
/// Stacked Generalization", JAIR 10, 1999) stack class probabilities and give a class its own coefficients, which is the full form.
/// With M members there are M numbers to learn whatever the number of classes. Solved by projected Newton steps (Bertsekas,
/// "Projected Newton Methods for Optimization Problems with Simple Constraints", SIAM Journal on Control and Optimization 20, 1982).
/// O(rows · classes · members²) a step.
/// </remarks>
internal static class FitShared
{
    private const int MostSteps = 200;
    private const double Slope = 1e-4;

    /// <summary>Fits the coefficients.</summary>
    /// <param name="probabilities">Shape [members][rows · classes], row-major, of rows that no member was trained on.</param>
    /// <param name="truth">Shape [rows]: the class, from 0.</param>
    /// <param name="classes">The number of classes, at least 2.</param>
    /// <param name="penalty">The ridge penalty, not negative.</param>
    /// <param name="cancellationToken">Ends the fit.</param>
    /// <returns>Shape [members], none negative; whether it is the optimum to working precision; the steps taken.</returns>
    public static (double[] Coefficients, bool Converged, int Steps) Run(
        IReadOnlyList<double[]> probabilities, ReadOnlySpan<double> truth, int classes, double penalty, CancellationToken cancellationToken)
    {
        int members = probabilities.Count;
        double[][] logs = [.. probabilities.Select(member => Array.ConvertAll(member, StackedFeatures.Log))];
        int[] codes = Array.ConvertAll(truth.ToArray(), code => (int)code);
        double[] at = [.. Enumerable.Repeat(1.0 / members, members)];
        double[] gradient = new double[members];
        double[] hessian = new double[members * members];
        double objective = Evaluate(logs, codes, classes, penalty, at, gradient, hessian);
        for (int step = 1; step <= MostSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double left = at.Zip(gradient, (value, slope) => Math.Abs(value - Math.Max(0, value - slope))).Max();
            if (left <= 1e-9 * codes.Length)
            {
                return (at, true, step);
            }

            bool[] bound = [.. at.Zip(gradient, (value, slope) => value <= Math.Min(1e-6, left) && slope > 0)];
            double[] change = Direction(hessian, gradient, bound);
            if (Move(at, change, gradient, bound, objective) is not double[] moved)
            {
                return (at, false, step); // rounding is all that is left
            }

            at = moved;
            objective = Evaluate(logs, codes, classes, penalty, at, gradient, hessian);
        }

        return (at, false, MostSteps);

        double[]? Move(double[] from, double[] change, double[] slopes, bool[] bound, double before)
        {
            double[] spare = new double[members];
            double[] square = new double[members * members];
            for (double length = 1; length > 1e-12; length /= 2)
            {
                double[] tried = [.. from.Zip(change, (value, move) => Math.Max(0, value - (length * move)))];
                double gain = 0;
                for (int i = 0; i < members; i++)
                {
                    gain += slopes[i] * (bound[i] ? from[i] - tried[i] : length * change[i]);
                }

                if (Evaluate(logs, codes, classes, penalty, tried, spare, square) <= before - (Slope * gain))
                {
                    return tried;
                }
            }

            return null;
        }
    }

    /// <summary>The same coefficients as a model of the features that a stacked graph reads.</summary>
    /// <param name="coefficients">Shape [members].</param>
    /// <param name="names">The features' names.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="positive">Of two classes the place of the one whose log-odds are read.</param>
    /// <param name="converged">Whether the fit reached its optimum.</param>
    /// <param name="steps">Steps taken.</param>
    public static MultinomialModel Model(
        IReadOnlyList<double> coefficients, IReadOnlyList<string> names, int classes, int positive, bool converged, int steps)
    {
        // What is added to all classes alike changes no probability: each feature's coefficients sum to 0 over the classes.
        double[][] forms = [.. Enumerable.Range(0, classes).Select(k => classes == 2
            ? coefficients.Select(own => (k == positive ? own : -own) / 2).ToArray()
            : coefficients.SelectMany(own => Enumerable.Range(0, classes).Select(of => own * ((of == k ? 1 : 0) - (1.0 / classes)))).ToArray())];
        return new MultinomialModel(names, new double[classes], forms, converged, steps);
    }

    // Newton's step among the members that may move; the others go straight down their own slope, and end at 0.
    private static double[] Direction(double[] hessian, double[] gradient, bool[] bound)
    {
        int members = gradient.Length;
        double[] matrix = new double[members * members];
        double largest = Enumerable.Range(0, members).Max(i => hessian[(i * members) + i]);
        for (int i = 0; i < members; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                matrix[(i * members) + j] = i == j ? hessian[(i * members) + j] + (1e-12 * Math.Max(largest, 1e-300))
                    : bound[i] || bound[j] ? 0 : hessian[(i * members) + j];
            }
        }

        double[] change = [.. gradient];
        if (SymmetricSystem.Factor(matrix, members))
        {
            SymmetricSystem.Solve(matrix, members, change);
        }

        return change;
    }

    private static double Evaluate(
        double[][] logs, int[] codes, int classes, double penalty, double[] at, double[] gradient, double[] hessian)
    {
        int members = at.Length;
        double sum = 0;
        double[] p = new double[classes];
        double[] mean = new double[members];
        for (int i = 0; i < members; i++)
        {
            sum += penalty * at[i] * at[i] / 2;
            gradient[i] = penalty * at[i];
        }

        Array.Clear(hessian);
        for (int row = 0; row < codes.Length; row++)
        {
            int from = row * classes;
            for (int k = 0; k < classes; k++)
            {
                p[k] = 0;
                for (int i = 0; i < members; i++)
                {
                    p[k] += at[i] * logs[i][from + k];
                }
            }

            double largest = p.Max();
            double own = p[codes[row]];
            sum += largest + Math.Log(p.Sum(value => Math.Exp(value - largest))) - own;
            LogisticFunction.Softmax(p);
            for (int i = 0; i < members; i++)
            {
                mean[i] = 0;
                for (int k = 0; k < classes; k++)
                {
                    mean[i] += p[k] * logs[i][from + k];
                }

                gradient[i] += mean[i] - logs[i][from + codes[row]];
                for (int j = 0; j <= i; j++)
                {
                    double product = 0;
                    for (int k = 0; k < classes; k++)
                    {
                        product += p[k] * (logs[i][from + k] - mean[i]) * (logs[j][from + k] - mean[j]);
                    }

                    hessian[(i * members) + j] += product;
                }
            }
        }

        for (int i = 0; i < members; i++)
        {
            hessian[(i * members) + i] += penalty;
        }

        return sum;
    }
}
