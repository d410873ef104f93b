using Governance.Audit.Data;
using Governance.Audit.Performance;
using Governance.Audit.Runs;

namespace Governance.Portal.Features.Performance;

/// <summary>The rows of a cohort with labels, decisions and the score of one class: what sliders and curves are computed from. Pure.</summary>
/// <param name="Table">The readable rows that have a prediction.</param>
/// <param name="Decisions">Of the same rows, as the version decides them; labels are -1 throughout where nobody knows any.</param>
/// <param name="InUse">The cut that the version decides by; null where it decides otherwise, such as by the largest of several scores.</param>
/// <param name="Classes">What may be asked about: the classes where there are several, else the positive one alone.</param>
internal sealed record LiveScores(Table Table, BinaryDecisions Decisions, double? InUse, IReadOnlyList<string> Classes)
{
    /// <summary>Whether any row has a label.</summary>
    public bool HasLabels { get; } = Decisions.Label.ContainsAny((sbyte)0, (sbyte)1);

    /// <summary>Whether all scores are probabilities, so that they can be compared with shares.</summary>
    public bool AreProbabilities { get; } = Within(Decisions.Score);

    /// <summary>The least and the greatest score; both 0 without any.</summary>
    public (double Low, double High) Range { get; } = Ends(Decisions.Score);

    /// <summary>Whom the favourable decisions are of where the version decides among several classes; null else.</summary>
    public string? Against => Classes.Count > 1
        ? $"The version decides among {Classes.Count} classes. Here “{Decisions.Positive}” stands against all others and counts as favourable."
        : null;

    /// <summary>Reads the rows.</summary>
    /// <param name="scored">The evaluation rows with what the model said.</param>
    /// <param name="rows">The cohort's rows; null for all.</param>
    /// <param name="asked">Of several classes the one that is asked about; null or unknown for the first.</param>
    /// <exception cref="InputException">There is no score to cut, said in a sentence.</exception>
    public static LiveScores Of(ScoredTable scored, int[]? rows, string? asked)
    {
        if (scored.IsRegression)
        {
            throw new InputException("This version predicts a number and no class, so there is no score to cut. Its errors are under Residuals.");
        }

        IReadOnlyList<string> classes = scored.Positive is string positive ? [positive] : scored.Classes ?? [];
        if (scored.Scores.Count == 0 || classes.Count == 0 || (scored.Positive is null && scored.Scores.Count != classes.Count))
        {
            throw new InputException("This version names a class and gives no scores, so no cut can be moved.");
        }

        string chosen = asked is not null && classes.Contains(asked) ? asked : classes[0];
        string score = scored.Positive is null ? scored.Scores[classes.ToList().IndexOf(chosen)] : scored.Scores[0];
        string favourable = scored.Positive is null ? chosen : scored.Favourable ?? chosen;
        Table table = rows is null ? scored.Table : scored.Table.Take(rows);
        DecisionTable read = scored.Label is string label && table.Find(label) is Column truth && !Enumerable.Range(0, truth.Count).All(truth.IsMissing)
            ? ReadDecisions.From(
                table,
                new DecisionColumns { Label = label, Prediction = scored.Prediction, Score = score, Weight = scored.Weight, Positive = chosen, Favourable = favourable },
                _ => { })
            : new DecisionTable(table, Unlabelled(table, scored, chosen, favourable, score));
        return new LiveScores(read.Table, read.Decisions, classes.Count > 1 ? null : scored.Threshold ?? 0.5, classes);
    }

    private static BinaryDecisions Unlabelled(Table table, ScoredTable scored, string positive, string favourable, string score)
    {
        Column predicted = table.Need(scored.Prediction);
        sbyte[] labels = new sbyte[table.Rows];
        Array.Fill(labels, (sbyte)-1);
        return new BinaryDecisions(
            positive, favourable, labels, [.. Enumerable.Range(0, table.Rows).Select(row => (sbyte)(predicted.Text(row) == positive ? 1 : 0))],
            [.. Enumerable.Range(0, table.Rows).Select(table.Need(score).Number)], null);
    }

    private static bool Within(ReadOnlySpan<double> scores)
    {
        foreach (double score in scores)
        {
            if (score is < 0 or > 1)
            {
                return false;
            }
        }

        return true;
    }

    private static (double Low, double High) Ends(ReadOnlySpan<double> scores)
    {
        (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (double score in scores)
        {
            if (!double.IsNaN(score))
            {
                (low, high) = (Math.Min(low, score), Math.Max(high, score));
            }
        }

        return low <= high ? (low, high) : (0, 0);
    }
}
