using Governance.Audit.Explanations.Sampling;

namespace Governance.Audit.Training;

/// <summary>A smooth convex objective: its value, and where asked for its derivatives.</summary>
/// <param name="at">Shape [size]: the point.</param>
/// <param name="gradient">Shape [size], overwritten.</param>
/// <param name="hessian">Shape [size, size] row-major, of which the lower triangle is overwritten.</param>
internal delegate double ConvexObjective(double[] at, double[] gradient, double[] hessian);

/// <summary>Where Newton's steps ended.</summary>
/// <param name="Solution">Shape [size].</param>
/// <param name="Converged">Whether it is the minimum to working precision.</param>
/// <param name="Steps">Steps taken.</param>
internal readonly record struct NewtonResult(double[] Solution, bool Converged, int Steps);

/// <summary>Newton's method from zero; a step is halved until the objective falls.</summary>
/// <remarks>Boyd and Vandenberghe, "Convex Optimization", 2004, algorithm 9.5.</remarks>
internal static class NewtonDescent
{
    private const int MostSteps = 100;

    /// <summary>Minimises an objective. O(size^3) a step besides the objective.</summary>
    public static NewtonResult Run(int size, ConvexObjective evaluate, CancellationToken cancellationToken)
    {
        double[] solution = new double[size];
        double[] gradient = new double[size];
        double[] hessian = new double[size * size];
        double objective = evaluate(solution, gradient, hessian);
        double last = double.PositiveInfinity;
        for (int step = 1; step <= MostSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!SymmetricSystem.Factor(hessian, size, cancellationToken: cancellationToken))
            {
                // Columns that repeat each other, or weights that have died out: a ridge as small as the arithmetic allows.
                objective = evaluate(solution, gradient, hessian);
                AddToDiagonal(hessian, size, 1e-9);
                if (!SymmetricSystem.Factor(hessian, size, cancellationToken: cancellationToken))
                {
                    return new NewtonResult(solution, false, step);
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
                return new NewtonResult(Moved(solution, change, 1), true, step);
            }

            last = decrement;
            double before = objective + (1e-12 * scale);
            double length = 1;
            double[] tried;
            do
            {
                tried = Moved(solution, change, length);
                objective = evaluate(tried, gradient, hessian);
                length /= 2;
            }
            while (!(objective <= before) && length > 1e-10);

            if (!(objective <= before))
            {
                return new NewtonResult(solution, false, step);
            }

            solution = tried;
        }

        return new NewtonResult(solution, false, MostSteps);
    }

    private static double[] Moved(double[] from, double[] change, double length)
    {
        double[] moved = new double[from.Length];
        for (int i = 0; i < moved.Length; i++)
        {
            moved[i] = from[i] - (length * change[i]);
        }

        return moved;
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
}
