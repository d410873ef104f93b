using Governance.Audit.Data;

namespace Governance.Audit.Copies;

/// <summary>Finds what control models are to learn in the data.</summary>
internal static class LabelledRows
{
    private const int FewestRows = 60;

    /// <summary>The labelled rows; null where the data has no label that fits the model, or too few rows.</summary>
    /// <exception cref="InputException">The label was named, and is not there or does not fit.</exception>
    public static TrainingRows? Read(CopyQuestion question, CopyParty model, FeatureScale scale)
    {
        if (scale.Width == 0 || question.Data.Rows < FewestRows || Column(question, model) is not Column label)
        {
            return null;
        }

        string[]? classes = model.IsRegression ? null
            : model.Classes is { } named && Fits(label, named) ? [.. named]
            : [.. Levels(label).Order(StringComparer.Ordinal)];
        int[] rows = [.. Enumerable.Range(0, label.Count).Where(row => !label.IsMissing(row) && (classes is not null || double.IsFinite(label.Number(row))))];
        if (rows.Length < FewestRows || classes is { Length: < 2 or > 100 })
        {
            return null;
        }

        double[] features = scale.Apply(model.Encode(question.Data));
        double[] targets = classes is null
            ? Standard([.. Enumerable.Range(0, label.Count).Select(label.Number)], rows)
            : [.. Enumerable.Range(0, label.Count).Select(row => (double)Array.IndexOf(classes, label.Text(row)))];
        return new TrainingRows(features, scale.Width, targets, classes?.Length ?? 0).Take(rows);
    }

    /// <summary>Limits of trees that were trained on scaled features, as their order alone: only whole trees are compared.</summary>
    public static IReadOnlyList<TreeSplits> InUnits(IReadOnlyList<TreeSplits> trees, FeatureScale scale) =>
        [.. trees.Select(tree => tree with
        {
            Features = [.. tree.Features.Select(feature => feature < 0 ? -1 : scale.OffsetOf(feature))],
            Thresholds = [.. tree.Thresholds.Select((limit, i) => tree.Features[i] < 0 ? 0 : scale.Unscaled(tree.Features[i], limit))],
        })];

    private static Column? Column(CopyQuestion question, CopyParty model)
    {
        if (question.Label is string named)
        {
            return question.Data.Need(named);
        }

        if (question.Encoding?.Label?.Column is string known)
        {
            return question.Data.Find(known);
        }

        // A column that the model does not read and that holds its classes and nothing else.
        Column[] fitting = model.IsRegression || model.Classes is not { Count: > 1 } classes ? []
            : [.. question.Data.Columns.Where(column => !model.Columns.Contains(column.Name) && Fits(column, classes))];
        return fitting.Length == 1 ? fitting[0] : null;
    }

    private static bool Fits(Column column, IReadOnlyList<string> classes)
    {
        HashSet<string> levels = Levels(column);
        return levels.Count > 1 && levels.Count <= classes.Count && levels.IsSubsetOf(classes);
    }

    private static HashSet<string> Levels(Column column)
    {
        HashSet<string> levels = new(StringComparer.Ordinal);
        for (int row = 0; row < column.Count && levels.Count <= 200; row++)
        {
            if (column.Text(row) is string text)
            {
                levels.Add(text);
            }
        }

        return levels;
    }

    // Correlations do not see a target's unit; training does.
    private static double[] Standard(double[] values, int[] rows)
    {
        double mean = rows.Average(row => values[row]);
        double deviation = Math.Sqrt(rows.Average(row => (values[row] - mean) * (values[row] - mean)));
        return [.. values.Select(value => deviation == 0 ? 0 : (value - mean) / deviation)];
    }
}
