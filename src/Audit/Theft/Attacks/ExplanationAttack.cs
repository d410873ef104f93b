using Governance.Audit.Answers.Policy;

namespace Governance.Audit.Theft.Attacks;

/// <summary>Reads a model off a few explanations of rows that show each level and two places of each number.</summary>
internal sealed class ExplanationAttack : IAttack
{
    public string Name => "explanations";

    public string Sentence => "Reads the terms of an additive model off a few explanations, of rows that show each level and each number twice.";

    public QueryKind? Needs => QueryKind.Explain;

    public int Accounts => 1;

    public string? Misfit(QuerySpace space, int classes) =>
        classes > 2 ? "Explanations of several classes are not attacked." : null;

    public CopiedModel Run(Thief thief, CancellationToken cancellationToken)
    {
        int count = Math.Max(2, thief.Space.Columns.Max(column => column.Levels.Count));
        float[][] rows = [.. Enumerable.Range(0, count).Select(_ => new float[thief.Space.Width])];
        for (int i = 0; i < count; i++)
        {
            foreach (QueryColumn column in thief.Space.Columns)
            {
                if (column.IsNumeric)
                {
                    rows[i][column.Offset] = column.Legal(Place(column, i, count));
                }
                else
                {
                    column.SetLevel(rows[i], (column.Mode + i) % column.Levels.Count);
                }
            }
        }

        thief.Taken.Ask(rows, QueryKind.Explain, cancellationToken);
        return AttributionCopies.Additive(thief.Taken) is CopiedModel copy
            ? TrainCopies.WithThreshold(copy, thief.Taken)
            : TrainCopies.Best(thief.Taken, [], thief.Seed, cancellationToken);
    }

    // The middle of the data, and one place that differs from it.
    private static double Place(QueryColumn column, int row, int count)
    {
        double place = column.Quantile(0.2 + (0.6 * row / (count - 1)));
        return row == count - 1 && place == column.Quantile(0.2) ? column.Values[^1] : place;
    }
}
