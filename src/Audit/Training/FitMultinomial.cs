namespace Governance.Audit.Training;

/// <summary>Logistic regression of several classes by Newton steps, with a ridge penalty.</summary>
/// <remarks>
/// Minimises Σ w·loss + ½·penalty·|coefficients|² over one linear form a class; the intercepts are free. A constant added
/// to all classes changes no probability, so that the forms are told apart by their sum over the classes, which is 0
/// (Hastie, Tibshirani and Friedman, "The Elements of Statistical Learning", 2nd edition, section 18.3.2). scikit-learn's
/// C is 1 / penalty. O(rows · (classes · features)²) a step.
/// </remarks>
public static class FitMultinomial
{
    /// <summary>Fits the model.</summary>
    /// <param name="rows">Features without missing values.</param>
    /// <param name="targets">Shape [rows]: the class as 0, 1, … classes - 1.</param>
    /// <param name="classes">At least 2.</param>
    /// <param name="penalty">Not negative; 0 for none, with which separable data have no finite optimum.</param>
    /// <param name="cancellationToken">Ends the fit.</param>
    /// <exception cref="ArgumentException">A feature is missing, a target is no class, or the penalty is negative.</exception>
    public static MultinomialModel Run(
        TrainingRows rows, ReadOnlySpan<double> targets, int classes, double penalty, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(penalty);
        int[] codes = rows.CheckClasses(targets, classes);
        ScaledFeatures scaled = ScaledFeatures.Of(rows);
        int size = rows.Features + 1;
        NewtonResult found = NewtonDescent.Run(
            classes * size, (at, gradient, hessian) => Evaluate(scaled, codes, classes, penalty, at, gradient, hessian), cancellationToken);
        double[] intercepts = new double[classes];
        double[][] coefficients = new double[classes][];
        for (int k = 0; k < classes; k++)
        {
            coefficients[k] = new double[rows.Features];
            intercepts[k] = scaled.Unscale(found.Solution.AsSpan(k * size, size), coefficients[k]);
        }

        return new MultinomialModel(rows.Names, intercepts, coefficients, found.Converged, found.Steps);
    }

    // Entry k · size + i is coefficient i of class k, i = 0 being the intercept.
    private static double Evaluate(
        ScaledFeatures scaled, int[] codes, int classes, double penalty, double[] solution, double[] gradient, double[] hessian)
    {
        int all = solution.Length;
        int size = all / classes;
        Array.Clear(gradient);
        Array.Clear(hessian);
        double[] x = new double[size];
        double[] p = new double[classes];
        x[0] = 1;
        double sum = 0;
        double mass = 0;
        for (int row = 0; row < codes.Length; row++)
        {
            double weight = scaled.Rows.Weights[row];
            if (weight == 0)
            {
                continue;
            }

            scaled.Fill(row, x.AsSpan(1));
            sum += weight * Loss(solution, x, codes[row], p);
            mass += weight;
            for (int k = 0; k < classes; k++)
            {
                double slope = weight * (p[k] - (codes[row] == k ? 1 : 0));
                for (int i = 0; i < size; i++)
                {
                    gradient[(k * size) + i] += slope * x[i];
                }

                for (int other = 0; other <= k; other++)
                {
                    double curve = weight * p[k] * ((k == other ? 1 : 0) - p[other]);
                    AddBlock(hessian.AsSpan((k * size * all) + (other * size)), all, x, curve, k == other);
                }
            }
        }

        return sum + Penalise(scaled, classes, penalty, mass, solution, gradient, hessian);
    }

    // The loss of a row in nats; leaves the probabilities in p.
    private static double Loss(double[] solution, double[] x, int code, double[] p)
    {
        for (int k = 0; k < p.Length; k++)
        {
            p[k] = 0;
            for (int i = 0; i < x.Length; i++)
            {
                p[k] += solution[(k * x.Length) + i] * x[i];
            }
        }

        double largest = p.Max();
        double total = 0;
        foreach (double logit in p)
        {
            total += Math.Exp(logit - largest);
        }

        double loss = largest + Math.Log(total) - p[code];
        LogisticFunction.Softmax(p);
        return loss;
    }

    private static void AddBlock(Span<double> block, int stride, double[] x, double curve, bool isDiagonal)
    {
        for (int i = 0; i < x.Length; i++)
        {
            double part = curve * x[i];
            int end = isDiagonal ? i + 1 : x.Length;
            for (int j = 0; j < end; j++)
            {
                block[(i * stride) + j] += part * x[j];
            }
        }
    }

    private static double Penalise(
        ScaledFeatures scaled, int classes, double penalty, double mass, double[] solution, double[] gradient, double[] hessian)
    {
        int all = solution.Length;
        int size = all / classes;
        double sum = 0;
        for (int k = 0; k < classes; k++)
        {
            for (int i = 0; i < size; i++)
            {
                int at = (k * size) + i;
                double own = i == 0 ? 0 : penalty / (scaled.Scales[i - 1] * scaled.Scales[i - 1]);
                sum += own * solution[at] * solution[at] / 2;
                gradient[at] += own * solution[at];
                hessian[(at * all) + at] += own;

                // The direction in which all classes move alike is flat; the gradient has no part in it, so this only
                // keeps the step out of it.
                for (int other = 0; other <= k; other++)
                {
                    hessian[(at * all) + (other * size) + i] += mass / (classes * classes);
                }
            }
        }

        return sum;
    }
}
