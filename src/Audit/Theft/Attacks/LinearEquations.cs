using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Governance.Audit.Theft.Attacks;

/// <summary>A linear model solved for from answers: one equation a question and class.</summary>
/// <remarks>
/// Tramèr et al., "Stealing machine learning models via prediction APIs", USENIX Security 2016, section 4.1: the log of the
/// odds of a linear model is linear in the row. Rounded answers are taken at their value and weighted by p(1 - p), the
/// slope with which rounding moves the log-odds less. Fewer equations than unknowns give the smallest solution.
/// </remarks>
internal static class LinearEquations
{
    // Against the scaled unknowns of order 1: far below what single precision tells, enough to make any system solvable.
    private const double Ridge = 1e-7;
    private const double Exact = 1e-9;

    /// <summary>Solves.</summary>
    /// <param name="taken">Answers with scores; those without are left out.</param>
    /// <param name="rows">Which of them.</param>
    /// <returns>As <see cref="CopiedModel.Form"/>.</returns>
    public static double[][] Solve(TakenAnswers taken, IReadOnlyList<int> rows)
    {
        int[] known = [.. rows.Where(row => taken.Answers[row].Scores is not null)];
        int classes = taken.Oracle.Classes;
        double least = Step(known.Select(row => taken.Answers[row])) / 4;
        double[][] shares = [.. known.Select(row => classes == 1
            ? taken.Answers[row].Scores!
            : [.. RowTargets.Shares(taken.Answers[row], classes).Select(share => Math.Clamp(share, least, 1 - least))])];
        LinearDesign design = new(taken.Oracle.Space);
        float[][] asked = [.. known.Select(row => taken.Rows[row])];
        return classes == 1
            ? [design.Form(Least(design, asked, [.. shares.Select(share => share[0])], null))]
            : [.. Enumerable.Range(1, classes - 1).Select(k => design.Form(Least(
                design, asked,
                [.. shares.Select(share => Math.Log(share[k] / share[0]))],
                [.. shares.Select(share => share[k] * share[0] / (share[k] + share[0]))])))];
    }

    /// <summary>Solves for a form whose values are known exactly.</summary>
    /// <param name="space">The space.</param>
    /// <param name="rows">Shape [rows][width].</param>
    /// <param name="values">Shape [rows].</param>
    /// <returns>Shape [1 + width], the constant first.</returns>
    public static double[] Solve(QuerySpace space, IReadOnlyList<float[]> rows, double[] values)
    {
        LinearDesign design = new(space);
        return design.Form(Least(design, rows, values, null));
    }

    /// <summary>The step on which probabilities were rounded, as their decimals show; <see cref="Exact"/> for none.</summary>
    private static double Step(IEnumerable<OracleAnswer> answers)
    {
        double[] scores = [.. answers.SelectMany(answer => answer.Scores!).Where(double.IsFinite)];
        return Array.TrueForAll(scores, score => Math.Abs((score * 10) - Math.Round(score * 10)) < 1e-9) ? 0.1
            : Array.TrueForAll(scores, score => Math.Abs((score * 100) - Math.Round(score * 100)) < 1e-9) ? 0.01
            : Exact;
    }

    private static double[] Least(LinearDesign design, IReadOnlyList<float[]> rows, double[] targets, double[]? weights)
    {
        int size = design.Size;
        Matrix<double> x = Matrix<double>.Build.Dense(rows.Count + size, size);
        Vector<double> y = Vector<double>.Build.Dense(rows.Count + size);
        double[] line = new double[size];
        for (int i = 0; i < rows.Count; i++)
        {
            double weight = weights?[i] ?? 1;
            design.Fill(rows[i], line);
            for (int j = 0; j < size; j++)
            {
                x[i, j] = weight * line[j];
            }

            y[i] = weight * targets[i];
        }

        double scale = rows.Count == 0 || weights is null ? 1 : Math.Sqrt(weights.Average(weight => weight * weight));
        for (int j = 0; j < size; j++)
        {
            x[rows.Count + j, j] = Ridge * scale;
        }

        return x.QR(QRMethod.Thin).Solve(y).ToArray();
    }
}
