using Governance.Audit.Data;
using Governance.Audit.Runs;

namespace Governance.Audit.Cases;

/// <summary>What the model decided on each row, in a word. Never changed once made.</summary>
/// <remarks>Values of a regression are no kinds of decisions: whether they lie in the higher or the lower half is.</remarks>
public sealed class CaseDecisions
{
    private readonly Column prediction;
    private readonly Column? score;
    private readonly double? middle;

    private CaseDecisions(Column prediction, Column? score, double? middle)
    {
        this.prediction = prediction;
        this.score = score;
        this.middle = middle;
    }

    /// <summary>The decision of a row, from 0.</summary>
    public string this[int row] => middle is double value
        ? prediction.Number(row) >= value ? NearestCases.Higher : NearestCases.Lower
        : prediction.Text(row) ?? "nothing";

    /// <summary>The middle of all predicted values; null for classes.</summary>
    public double? Middle => middle;

    /// <summary>Reads them from scored rows.</summary>
    public static CaseDecisions Of(ScoredTable scored)
    {
        ArgumentNullException.ThrowIfNull(scored);
        Column prediction = scored.Table.Need(scored.Prediction);
        if (!scored.IsRegression)
        {
            return new CaseDecisions(prediction, scored.Scores.Count == 1 ? scored.Table.Need(scored.Scores[0]) : null, null);
        }

        double[] sorted = [.. Enumerable.Range(0, prediction.Count).Select(prediction.Number).Where(double.IsFinite).Order()];
        return new CaseDecisions(prediction, prediction, sorted.Length == 0 ? 0 : sorted[sorted.Length / 2]);
    }

    /// <summary>The positive class's probability or the predicted value of a row; null where the model gives neither.</summary>
    public double? ScoreOf(int row) => score is not null && !score.IsMissing(row) ? score.Number(row) : null;
}
