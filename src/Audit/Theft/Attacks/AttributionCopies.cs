using Governance.Audit.Training;
using Governance.Audit.Training.Trees;

namespace Governance.Audit.Theft.Attacks;

/// <summary>Copies from explanations: what each column adds, learned by itself and added up.</summary>
/// <remarks>
/// Of an additive model a Shapley value is the column's own term less its mean (Lundberg and Lee, NeurIPS 2017, corollary 1),
/// so a few explanations are the model. Oksuz, Halimi and Ayday, "AUTOLYCUS", PoPETs 2024, for other models.
/// </remarks>
internal static class AttributionCopies
{
    /// <summary>A sum of one term a column: a slope for a number, a value for each level that was seen.</summary>
    /// <returns>Null where no answer has attributions, or for several classes.</returns>
    public static CopiedModel? Additive(TakenAnswers taken)
    {
        int[] rows = Explained(taken);
        if (rows.Length == 0)
        {
            return null;
        }

        QuerySpace space = taken.Oracle.Space;
        double[] form = new double[space.Width + 1];
        for (int c = 0; c < space.Columns.Count; c++)
        {
            QueryColumn column = space.Columns[c];
            double[] values = [.. rows.Select(row => taken.Answers[row].Attribution![c])];
            if (column.IsNumeric)
            {
                form[column.Offset + 1] = Slope([.. rows.Select(row => (double)taken.Rows[row][column.Offset])], values);
                continue;
            }

            foreach (IGrouping<int, double> level in rows.Zip(values).GroupBy(pair => column.LevelOf(taken.Rows[pair.First]), pair => pair.Second))
            {
                form[column.Offset + level.Key + 1] = level.Average();
            }
        }

        (double shift, double factor) = Fit(taken, row => CopyOf(form, row));
        return CopiedModel.Linear("attributions added", [[shift, .. form.Skip(1).Select(value => factor * value)]], taken.Oracle.Classes);
    }

    /// <summary>A sum of boosted trees, one ensemble a column, each of all columns.</summary>
    /// <param name="taken">Answers with attributions.</param>
    /// <param name="seed">Of the trees.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null where no answer has attributions, or for several classes.</returns>
    public static CopiedModel? Grown(TakenAnswers taken, int seed, CancellationToken cancellationToken)
    {
        int[] rows = Explained(taken);
        if (rows.Length == 0)
        {
            return null;
        }

        TrainingRows learn = new(taken.Oracle.Space.Names, [.. rows.SelectMany(row => taken.Rows[row])]);
        TreesModel[] parts =
        [
            .. Enumerable.Range(0, taken.Oracle.Space.Columns.Count).Select(column => FitTrees.Run(
                learn, [.. rows.Select(row => taken.Answers[row].Attribution![column])],
                new BoostedTreesOptions
                {
                    Task = TreesTask.Regression, Classes = 1, Rounds = 60, MostLeaves = 8, LeastRows = 3, Seed = seed,
                },
                cancellationToken)),
        ];
        double Sum(float[] row) => parts.Sum(part => part.Predict(row)[0]);
        (double shift, double factor) = Fit(taken, Sum);
        int classes = taken.Oracle.Classes;
        return new CopiedModel("trees of attributions", row => Scores(shift + (factor * Sum(row)), classes));
    }

    private static int[] Explained(TakenAnswers taken) => taken.Oracle.Classes > 2
        ? []
        : [.. Enumerable.Range(0, taken.Count).Where(row => taken.Answers[row].Attribution is not null)];

    // The mean is not explained, and of signs and levels the unit is not: both come from the predictions beside them.
    private static (double Shift, double Factor) Fit(TakenAnswers taken, Func<float[], double> sum)
    {
        double[] sums = [.. taken.Rows.Select(sum)];
        bool inUnits = taken.Answers.All(answer => answer.Attribution is null || answer.InUnits);
        if (taken.Oracle.Classes == 1)
        {
            double[] values = [.. taken.Answers.Select(answer => answer.Scores![0])];
            double slope = inUnits ? 1 : Slope(sums, values);
            return (values.Average() - (slope * sums.Average()), slope);
        }

        double[] shares = [.. taken.Answers.Select(answer => RowTargets.Shares(answer, 2)[1])];
        if (inUnits && taken.HasScores)
        {
            double[] weights = [.. shares.Select(share => Math.Max(1e-12, share * (1 - share)))];
            double[] shifts = [.. shares.Select((share, i) => Math.Log(Clamp(share) / (1 - Clamp(share))) - sums[i])];
            return (shifts.Zip(weights, (shift, weight) => shift * weight).Sum() / weights.Sum(), 1);
        }

        LogisticModel fit = FitLogistic.Run(new TrainingRows(["sum"], [.. sums.Select(value => (float)value)]), shares, taken.HasScores ? 1e-6 : 1e-2);
        return (fit.Intercept, inUnits ? 1 : fit.Coefficients[0]);
    }

    private static double Clamp(double share) => Math.Clamp(share, 1e-7, 1 - 1e-7);

    private static double[] Scores(double sum, int classes)
    {
        double positive = LogisticFunction.At(sum);
        return classes == 1 ? [sum] : [1 - positive, positive];
    }

    private static double CopyOf(double[] form, float[] row)
    {
        double sum = 0;
        for (int i = 0; i < row.Length; i++)
        {
            sum += form[i + 1] * row[i];
        }

        return sum;
    }

    private static double Slope(double[] x, double[] y)
    {
        (double meanX, double meanY) = (x.Average(), y.Average());
        double square = x.Sum(value => (value - meanX) * (value - meanX));
        return square <= 0 ? 0 : x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / square;
    }
}
