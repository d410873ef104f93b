using Governance.Audit.Data;

namespace Governance.Audit.CrossValidation;

/// <summary>Out-of-fold predictions as a table that <c>governance performance --fold fold</c> reads.</summary>
internal static class OutOfFoldTable
{
    /// <summary>The rows tried in these folds with fold, prediction and scores behind their own columns.</summary>
    public static Table Of(LearnedTarget target, IReadOnlyList<TrialResult> folds)
    {
        int[] rows = [.. folds.SelectMany(fold => fold.Rows)];
        int[] order = [.. Enumerable.Range(0, rows.Length).OrderBy(i => rows[i])];
        double[] number = [.. folds.SelectMany(fold => fold.Rows.Select(_ => (double)fold.Fold.Fold))];
        double[][] said = [.. folds.SelectMany(fold => fold.Said)];
        Table tried = target.Table.Take(Array.ConvertAll(order, i => rows[i]));
        List<Column> columns = [.. tried.Columns, new NumberColumn(Free("fold"), Array.ConvertAll(order, i => number[i]))];
        if (target.Classes.Count == 0)
        {
            columns.Add(new NumberColumn(Free("prediction"), Array.ConvertAll(order, i => said[i][0])));
            return new Table(columns);
        }

        double threshold = target.Options.Threshold ?? 0.5;
        columns.Add(TextColumn.Of(Free("prediction"), Array.ConvertAll(order, i => target.Positive is null
            ? target.Classes[LearnedTarget.Highest(said[i])]
            : target.Classes[said[i][1] >= threshold ? 1 : 0])));
        for (int k = target.Positive is null ? 0 : 1; k < target.Classes.Count; k++)
        {
            int own = k;
            columns.Add(new NumberColumn(Free(target.Positive is null ? $"score {target.Classes[k]}" : "score"), Array.ConvertAll(order, i => said[i][own])));
        }

        return new Table(columns);

        string Free(string name)
        {
            while (tried.Find(name) is not null)
            {
                name += "'";
            }

            return name;
        }
    }
}
