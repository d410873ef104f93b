using Governance.Audit.Explanations.Linear;
using Governance.Audit.Explanations.Methods;

namespace Governance.Audit.Explanations.Trees;

/// <summary>Puts what trees and what the rest of a model give to players together into the rows of a report.</summary>
internal static class ForestRun
{
    /// <summary>Rows and base value.</summary>
    /// <param name="task">The task.</param>
    /// <param name="trees">The values by trees.</param>
    /// <param name="pairs">The interactions by trees; null where not asked for.</param>
    /// <param name="functions">The rest of the model for the rows, shape [rows, outputs, players + 1].</param>
    /// <param name="means">The rest's means over the background, shape [outputs, players + 1].</param>
    public static AttributionResult Join(AttributionTask task, TreeAttributions trees, TreeAttributions? pairs, double[] functions, double[] means)
    {
        int players = task.Players.Count;
        int outputs = trees.BaseValue.Count;
        double[] baseValue = [.. trees.BaseValue.Select((value, output) => value + Sum(means.AsSpan(output * (players + 1), players + 1)))];
        ExplainedRow[] rows = new ExplainedRow[task.Rows.Rows];
        for (int row = 0; row < rows.Length; row++)
        {
            double[] values = new double[outputs * players];
            double[] prediction = new double[outputs];
            for (int output = 0; output < outputs; output++)
            {
                prediction[output] = trees.Prediction(row, output);
                trees.Values(row, output).CopyTo(values.AsSpan(output * players));
            }

            LinearShapley.Add(functions.AsSpan(row * means.Length, means.Length), means, values, prediction);
            rows[row] = new RowAttribution
            {
                Prediction = prediction,
                Values = values,
                Interactions = pairs is null ? null : Table(pairs, row, outputs, players),
            }.ToRow(task, row, baseValue);
        }

        return new AttributionResult { Rows = rows, BaseValue = baseValue, Evaluations = 0 };
    }

    private static double[] Table(TreeAttributions pairs, int row, int outputs, int players)
    {
        double[] table = new double[outputs * players * players];
        for (int output = 0; output < outputs; output++)
        {
            for (int i = 0; i < players; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    double index = pairs.Interaction(row, output, i, j);
                    table[(((output * players) + i) * players) + j] = index;
                    table[(((output * players) + j) * players) + i] = index;
                }
            }
        }

        return table;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }
}
