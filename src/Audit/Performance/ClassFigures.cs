namespace Governance.Audit.Performance;

/// <summary>The figures of each class against all the others.</summary>
internal static class ClassFigures
{
    /// <summary>Precision, recall, F1 and area of each class, with intervals.</summary>
    public static IReadOnlyList<ClassScores> Of(ClassMetrics metrics, OutcomeCell[][] cells, double level)
    {
        List<ClassScores> classes = [];
        for (int k = 0; k < cells.Length; k++)
        {
            OutcomeCell actual = default;
            OutcomeCell predicted = default;
            for (int other = 0; other < cells.Length; other++)
            {
                actual += cells[k][other];
                predicted += cells[other][k];
            }

            ScoreSheet sheet = new(actual.Rows);
            OutcomeCell either = predicted;
            for (int other = 0; other < cells.Length; other++)
            {
                either += other == k ? default : cells[k][other];
            }

            Rate jaccard = Rate.Of(cells[k][k], either);
            sheet.Put("precision", Rate.Of(cells[k][k], predicted), "", level);
            sheet.Put("recall", Rate.Of(cells[k][k], actual), "", level);
            sheet.Put("f1", 2 * jaccard.Value / (1 + jaccard.Value), "", jaccard.Wilson(level) is { } own
                ? new Statistics.Interval(2 * own.Low / (1 + own.Low), 2 * own.High / (1 + own.High))
                : null);
            if (metrics.Data.Probability is double[][] probability)
            {
                AucEstimate[] area = new AucEstimate[1];
                RocAuc.Compute(metrics.Orders[k], probability[k], metrics.Truths[k], metrics.Data.Weight, [], area);
                sheet.Put("roc_auc", area[0].Area, "", area[0].DeLong(level));
            }

            classes.Add(new ClassScores(metrics.Data.Classes[k], actual.Rows, sheet.Metrics, sheet.Intervals));
        }

        return classes;
    }
}
