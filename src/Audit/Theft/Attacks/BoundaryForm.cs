using Governance.Audit.Training;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Governance.Audit.Theft.Attacks;

/// <summary>A linear copy from points on the boundary: the plane that passes nearest to all of them.</summary>
internal static class BoundaryForm
{
    /// <summary>Fits a plane.</summary>
    /// <param name="points">Shape [points][width]: rows at which the answer turns.</param>
    /// <param name="taken">Answers, which give the plane its sides and its steepness.</param>
    /// <returns>Null where there are fewer points than unknowns less one.</returns>
    public static CopiedModel? Of(IReadOnlyList<float[]> points, TakenAnswers taken)
    {
        QuerySpace space = taken.Oracle.Space;
        if (points.Count < space.Unknowns - 1)
        {
            return null;
        }

        LinearDesign design = new(space);
        Matrix<double> lines = Matrix<double>.Build.Dense(points.Count, design.Size);
        double[] line = new double[design.Size];
        for (int i = 0; i < points.Count; i++)
        {
            design.Fill(points[i], line);
            lines.SetRow(i, line);
        }

        // The direction in which the points spread least is the normal of the plane.
        Evd<double> spread = lines.TransposeThisAndMultiply(lines).Evd(Symmetricity.Symmetric);
        double[] normal = design.Form([.. spread.EigenVectors.Column(0)]);
        float[] heights = [.. taken.Rows.Select(row => (float)Height(normal, row))];
        double scale = Math.Max(1e-12, Math.Sqrt(heights.Average(height => (double)height * height)));
        double[] shares = [.. taken.Answers.Select(answer => RowTargets.Shares(answer, 2)[1])];

        // The plane says where the answer turns, not how steeply: that is fitted to the answers, and is a guess with labels alone.
        LogisticModel slope = FitLogistic.Run(new TrainingRows(["height"], [.. heights.Select(height => (float)(height / scale))]), shares, taken.HasScores ? 1e-6 : 1e-2);
        double factor = slope.Coefficients[0] / scale;
        return CopiedModel.Linear("boundary", [[.. normal.Select(value => factor * value)]], 2);
    }

    private static double Height(double[] normal, float[] row)
    {
        double sum = normal[0];
        for (int i = 0; i < row.Length; i++)
        {
            sum += normal[i + 1] * row[i];
        }

        return sum;
    }
}
