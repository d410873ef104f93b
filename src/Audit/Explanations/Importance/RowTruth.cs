using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Performance;

namespace Governance.Audit.Explanations.Importance;

/// <summary>What was true of the rows, and how far decisions are from it by a metric.</summary>
public sealed class RowTruth
{
    private readonly ImportanceMetric metric;
    private readonly IReadOnlyList<string> classes;
    private readonly int positive;
    private readonly int[] codes;
    private readonly double[] values;

    private RowTruth(ImportanceMetric metric, IReadOnlyList<string> classes, int positive, int[] codes, double[] values)
    {
        this.metric = metric;
        this.classes = classes;
        this.positive = positive;
        this.codes = codes;
        this.values = values;
    }

    /// <summary>Reads the truth of rows.</summary>
    /// <param name="label">The column with it.</param>
    /// <param name="table">Names rows in refusals.</param>
    /// <param name="rule">What the model decides.</param>
    /// <param name="decisions">Its decisions about the same rows.</param>
    /// <param name="metric">The metric.</param>
    /// <exception cref="InputException">The metric does not fit the model, or the column holds what the model never says.</exception>
    public static RowTruth Read(Column label, Table table, DecisionRule rule, Decisions decisions, ImportanceMetric metric)
    {
        if (rule.IsRegression != (metric == ImportanceMetric.Rmse))
        {
            throw new InputException(rule.IsRegression
                ? "The model predicts a value: the metric is rmse."
                : "rmse is a metric of values, and the model predicts classes: take accuracy, roc_auc, log_loss or brier.");
        }

        if (rule.IsRegression)
        {
            return new RowTruth(metric, [], -1, [], Numbers(label, table));
        }

        int count = decisions.Probabilities is { } all ? all.Length / decisions.Predicted!.Length : 0;
        IReadOnlyList<string> classes = rule.Classes ?? [.. decisions.Predicted!.Distinct().Order(StringComparer.Ordinal)];
        int positive = rule.Positive is null ? -1 : classes.ToList().IndexOf(rule.Positive);
        if (metric == ImportanceMetric.RocAuc && (positive < 0 || decisions.Scores is null))
        {
            throw new InputException("roc_auc needs scores of one positive class: name it with --positive, or take another metric.");
        }

        if (metric is ImportanceMetric.LogLoss or ImportanceMetric.Brier && (count == 0 || decisions.Probabilities!.Any(p => p is < 0 or > 1)))
        {
            throw new InputException($"{metric.Name()} needs probabilities, and the model gives none: take accuracy.");
        }

        return new RowTruth(metric, classes, positive, Codes(label, table, classes), []);
    }

    /// <summary>Decisions about the same rows, scored.</summary>
    public ScoredRows Score(Decisions decisions) => metric switch
    {
        ImportanceMetric.Rmse => ScoredRows.OfLosses(metric, [.. values.Select((truth, row) => Square(decisions.Values![row] - truth))]),
        ImportanceMetric.Accuracy => ScoredRows.OfLosses(metric, [.. codes.Select((code, row) => decisions.Predicted![row] == classes[code] ? 0.0 : 1.0)]),
        ImportanceMetric.RocAuc => ScoredRows.OfScores(decisions.Scores!, [.. codes.Select(code => (sbyte)(code == positive ? 1 : 0))]),
        _ => ScoredRows.OfLosses(metric, [.. codes.Select((code, row) => Loss(decisions.Probabilities!, row, code))]),
    };

    private double Loss(double[] probabilities, int row, int code)
    {
        ReadOnlySpan<double> own = probabilities.AsSpan(row * classes.Count, classes.Count);
        if (metric == ImportanceMetric.LogLoss)
        {
            return -Math.Log(Math.Clamp(own[code], ProbabilityLoss.Clip, 1 - ProbabilityLoss.Clip));
        }

        // Of two classes the usual Brier score, of more the sum over all of them.
        if (classes.Count == 2)
        {
            return Square(1 - own[code]);
        }

        double sum = 0;
        for (int i = 0; i < own.Length; i++)
        {
            sum += Square(own[i] - (i == code ? 1 : 0));
        }

        return sum;
    }

    private static double Square(double x) => x * x;

    private static double[] Numbers(Column label, Table table)
    {
        double[] numbers = new double[label.Count];
        for (int row = 0; row < numbers.Length; row++)
        {
            numbers[row] = label.Number(row);
            if (!double.IsFinite(numbers[row]))
            {
                throw new InputException($"{table.Place(row)}, column '{label.Name}': the true value is no number.") { Column = label.Name };
            }
        }

        return numbers;
    }

    private static int[] Codes(Column label, Table table, IReadOnlyList<string> classes)
    {
        Dictionary<string, int> place = [];
        for (int i = 0; i < classes.Count; i++)
        {
            place[classes[i]] = i;
        }

        int[] codes = new int[label.Count];
        for (int row = 0; row < codes.Length; row++)
        {
            string? text = label.Text(row);
            codes[row] = text is not null && place.TryGetValue(text, out int code) ? code
                : throw new InputException(text is null
                    ? $"{table.Place(row)}, column '{label.Name}': the true class is missing."
                    : $"{table.Place(row)}, column '{label.Name}': '{text}' is none of the model's classes {string.Join(", ", classes.Take(12))}.")
                {
                    Column = label.Name,
                };
        }

        return codes;
    }
}
