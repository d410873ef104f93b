using System.Globalization;
using Governance.Audit.Data;

namespace Governance.Audit.Performance;

/// <summary>A table and its decisions, of the same rows.</summary>
/// <param name="Table">The rows that have a prediction.</param>
/// <param name="Decisions">Their labels, predictions, scores and weights.</param>
public sealed record DecisionTable(Table Table, BinaryDecisions Decisions);

/// <summary>Reads the columns of a binary decision.</summary>
public static class ReadDecisions
{
    private static readonly string[] UsualPositives = ["1", "true", "yes"];

    /// <summary>Reads labels, predictions, scores and weights. Rows without a prediction are left out, with a warning.</summary>
    /// <param name="table">Readable rows.</param>
    /// <param name="columns">Which columns hold what.</param>
    /// <param name="warn">Receives what a reader of the result must know.</param>
    /// <exception cref="InputException">A column is missing or holds something else, or a class does not occur.</exception>
    public static DecisionTable From(Table table, DecisionColumns columns, Action<AuditWarning> warn)
    {
        if (columns.Prediction is null && (columns.Score is null || columns.Threshold is null))
        {
            throw new InputException("Predictions are needed: name a prediction column, or a score column and a threshold.");
        }

        Levels labels = Levels.Of(table.Need(columns.Label));
        Levels? predictions = columns.Prediction is null ? null : Levels.Of(table.Need(columns.Prediction));
        CheckPredictions(labels, predictions);
        string positive = PositiveOf(labels, predictions, columns.Positive);
        string favourable = FavourableOf(labels, predictions, positive, columns.Favourable);
        if (labels.Names.Count > 2)
        {
            warn(new AuditWarning(
                "more-than-two-classes",
                $"'{columns.Label}' has {labels.Names.Count} classes; '{positive}' is counted against all the others.", Column: columns.Label));
        }

        double[]? score = columns.Score is null ? null : NumberCells.ReadScores(table, columns.Score);
        double[]? weight = columns.Weight is null ? null : NumberCells.ReadWeights(table, columns.Weight);
        sbyte[] prediction = predictions is null
            ? Array.ConvertAll(score!, value => double.IsNaN(value) ? (sbyte)-1 : (sbyte)(value >= columns.Threshold ? 1 : 0))
            : Codes(predictions, positive);
        int[] kept = [.. Enumerable.Range(0, table.Rows).Where(row => prediction[row] >= 0)];
        if (kept.Length < table.Rows)
        {
            warn(new AuditWarning(
                "missing-prediction", $"{table.Rows - kept.Length} rows have no prediction and are left out.",
                Column: columns.Prediction ?? columns.Score));
        }

        string[] others = [.. labels.Names.Union(predictions?.Names ?? []).Where(name => name != positive)];
        BinaryDecisions all = new(positive, favourable, Codes(labels, positive), [.. prediction.Select(code => Math.Max(code, (sbyte)0))], score, weight)
        {
            Negative = others.Length == 1 ? others[0] : $"not {positive}",
        };
        return kept.Length == table.Rows ? new DecisionTable(table, all) : new DecisionTable(table.Take(kept), all.Take(kept));
    }

    private static void CheckPredictions(Levels labels, Levels? predictions)
    {
        string? stranger = labels.Names.Count < 2 ? null : predictions?.Names.FirstOrDefault(name => labels.IndexOf(name) < 0);
        if (stranger is not null)
        {
            throw new InputException(
                $"The prediction column '{predictions!.Name}' holds '{stranger}', which is no class of '{labels.Name}' ({Listed(labels.Names)}).")
            {
                Column = predictions.Name,
            };
        }
    }

    private static string PositiveOf(Levels labels, Levels? predictions, string? asked)
    {
        Levels known = labels.Names.Count > 0 || predictions is null ? labels : predictions;
        if (asked is not null)
        {
            return Occurring(asked, labels, predictions, "positive class");
        }

        if (known.Names.Count == 0)
        {
            throw new InputException($"The column '{labels.Name}' has no values.") { Column = labels.Name };
        }

        string[] usual = [.. UsualPositives.Where(value => known.IndexOf(value) >= 0)];
        return usual.Length == 1
            ? usual[0]
            : throw new InputException(
                $"Which class of '{labels.Name}' is positive? Name it with --positive: {Listed(known.Names)}.") { Column = labels.Name };
    }

    private static string FavourableOf(Levels labels, Levels? predictions, string positive, string? asked)
    {
        string favourable = asked is null ? positive : Occurring(asked, labels, predictions, "favourable outcome");
        return favourable == positive || labels.Names.Count <= 2
            ? favourable
            : throw new InputException(
                $"'{labels.Name}' has {labels.Names.Count} classes; the favourable outcome must then be the positive class '{positive}'.");
    }

    // A class that occurs nowhere is a slip of the pen, unless only one class occurs at all: then it may be the other one.
    private static string Occurring(string asked, Levels labels, Levels? predictions, string what)
    {
        foreach (Levels? levels in (Levels?[])[labels, predictions])
        {
            if (levels is not null && levels.IndexOf(asked) is >= 0 and int index)
            {
                return levels.Names[index];
            }
        }

        string[] all = [.. labels.Names.Union(predictions?.Names ?? [])];
        return all.Length < 2
            ? asked
            : throw new InputException($"The {what} '{asked}' does not occur in '{labels.Name}' ({Listed(all)}).") { Column = labels.Name };
    }

    private static sbyte[] Codes(Levels levels, string positive)
    {
        int index = levels.IndexOf(positive);
        sbyte[] codes = new sbyte[levels.Codes.Length];
        for (int row = 0; row < codes.Length; row++)
        {
            codes[row] = levels.Codes[row] < 0 ? (sbyte)-1 : (sbyte)(levels.Codes[row] == index ? 1 : 0);
        }

        return codes;
    }

    private static string Listed(IReadOnlyList<string> names) => names.Count == 0
        ? "it has no values"
        : string.Join(", ", names.Take(8).Select(name => $"'{name.ToString(CultureInfo.InvariantCulture)}'")) + (names.Count > 8 ? ", …" : "");
}
