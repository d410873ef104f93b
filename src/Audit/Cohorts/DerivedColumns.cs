using Governance.Audit.Data;
using Governance.Audit.Runs;

namespace Governance.Audit.Cohorts;

/// <summary>Columns that conditions can name beside those of the data: what the model said of a row, and whether it was right.</summary>
/// <remarks>
/// Two classes: <c>@score</c> (probability of the positive class), <c>@predicted</c>, <c>@actual</c>, <c>@error</c>
/// (yes or no), <c>@outcome</c> (true positive, false positive, true negative, false negative). Several classes: the same
/// without <c>@outcome</c>; <c>@score</c> is the probability of the predicted class. Regression: <c>@value</c>,
/// <c>@actual</c>, <c>@residual</c> (actual less predicted). Without a label, or where it is missing, what needs it is missing.
/// A column of the data with such a name goes first.
/// </remarks>
public static class DerivedColumns
{
    /// <summary>What their names begin with.</summary>
    public const char Sign = '@';

    /// <summary>The score of the positive class, or of the predicted one of several.</summary>
    public const string Score = "@score";

    /// <summary>The predicted class.</summary>
    public const string Predicted = "@predicted";

    /// <summary>The true outcome.</summary>
    public const string Actual = "@actual";

    /// <summary>Whether the predicted class is another than the true one: yes or no.</summary>
    public const string Error = "@error";

    /// <summary>true positive, false positive, true negative or false negative.</summary>
    public const string Outcome = "@outcome";

    /// <summary>The predicted number.</summary>
    public const string Value = "@value";

    /// <summary>The true number less the predicted one.</summary>
    public const string Residual = "@residual";

    /// <summary>All of them, in the order in which they are offered.</summary>
    public static readonly IReadOnlyList<string> All = [Score, Predicted, Actual, Error, Outcome, Value, Residual];

    private static readonly string[] Outcomes = ["true negative", "false positive", "false negative", "true positive"];

    /// <summary>Those that tell of the true outcome.</summary>
    public static bool TellsLabel(string column) => column is Actual or Error or Outcome or Residual;

    /// <summary>The scored rows with these columns behind them.</summary>
    public static Table Of(ScoredTable scored)
    {
        ArgumentNullException.ThrowIfNull(scored);
        Table table = scored.Table;
        Column? label = scored.Label is null ? null : table.Find(scored.Label);
        IEnumerable<Column> columns = scored.IsRegression
            ? Numbers((NumberColumn)table.Need(scored.Prediction), label)
            : Classes(scored, (TextColumn)table.Need(scored.Prediction), label);
        return columns.Where(column => table.Find(column.Name) is null).Aggregate(table, (with, column) => with.With(column));
    }

    /// <summary>Why a condition cannot name one of these columns; null where it can.</summary>
    /// <param name="column">One of <see cref="All"/>.</param>
    /// <param name="scored">The rows.</param>
    public static string? Refusal(string column, ScoredTable scored)
    {
        ArgumentNullException.ThrowIfNull(scored);
        bool labelled = scored.Label is not null && scored.Table.Find(scored.Label) is not null;
        return column switch
        {
            _ when TellsLabel(column) && !labelled => $"{column} needs the true outcome, and nobody says which column of the data holds it.",
            Value or Residual when !scored.IsRegression => $"{column} is there for models that predict a number; this one predicts a class.",
            Score or Predicted or Error or Outcome when scored.IsRegression => $"{column} is there for models that predict a class; this one predicts a number.",
            Score when scored.Scores.Count == 0 => "@score is not there: the model gives a class without a score.",
            Outcome when scored.Positive is null => "@outcome is there for two classes, one of them positive; take @error, @predicted and @actual.",
            _ => null,
        };
    }

    private static IEnumerable<Column> Numbers(NumberColumn predicted, Column? label)
    {
        yield return new NumberColumn(Value, predicted.Values.ToArray());
        if (label is not null)
        {
            double[] actual = [.. Enumerable.Range(0, label.Count).Select(label.Number)];
            double[] residual = [.. actual.Select((value, row) => value - predicted.Values[row])];
            yield return new NumberColumn(Actual, actual);
            yield return new NumberColumn(Residual, residual);
        }
    }

    private static IEnumerable<Column> Classes(ScoredTable scored, TextColumn predicted, Column? label)
    {
        if (scored.Scores.Count > 0)
        {
            yield return new NumberColumn(Score, Scores(scored, predicted));
        }

        yield return new TextColumn(Predicted, predicted.Codes.ToArray(), [.. predicted.Levels]);
        if (label is null)
        {
            yield break;
        }

        string?[] actual = [.. Enumerable.Range(0, label.Count).Select(label.Text)];
        bool?[] wrong = [.. actual.Select((truth, row) => truth is null || predicted.IsMissing(row) ? (bool?)null : truth != predicted.Text(row))];
        yield return TextColumn.Of(Actual, actual);
        yield return new TextColumn(Error, [.. wrong.Select(each => each is null ? -1 : each.Value ? 0 : 1)], ["yes", "no"]);
        if (scored.Positive is string positive)
        {
            int[] codes = [.. wrong.Select((each, row) => each is null ? -1 : ((actual[row] == positive) ? 2 : 0) + (predicted.Text(row) == positive ? 1 : 0))];
            yield return new TextColumn(Outcome, codes, Outcomes);
        }
    }

    private static double[] Scores(ScoredTable scored, TextColumn predicted)
    {
        if (scored.Scores.Count == 1)
        {
            return ((NumberColumn)scored.Table.Need(scored.Scores[0])).Values.ToArray();
        }

        NumberColumn[] columns = [.. scored.Scores.Select(name => (NumberColumn)scored.Table.Need(name))];
        int[] place = [.. predicted.Levels.Select(level => scored.Classes?.ToList().IndexOf(level) ?? -1)];
        double[] scores = new double[predicted.Count];
        for (int row = 0; row < scores.Length; row++)
        {
            int at = predicted.IsMissing(row) ? -1 : place[predicted.Codes[row]];
            scores[row] = at < 0 ? double.NaN : columns[at].Values[row];
        }

        return scores;
    }
}
