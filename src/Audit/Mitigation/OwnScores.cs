using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;

namespace Governance.Audit.Mitigation;

/// <summary>Rows with the scores that someone says a model gave them.</summary>
/// <param name="Table">The rows, of which the model's columns may be missing.</param>
/// <param name="Scores">Shape [rows]: of the positive class.</param>
/// <param name="Warn">Told where the scores cannot be compared.</param>
public sealed record GivenScores(Table Table, IReadOnlyList<double> Scores, Action<AuditWarning> Warn);

/// <summary>Holds scores of a file against those of the model that thresholds shall be put behind.</summary>
internal static class OwnScores
{
    // Scores in files are often rounded; thresholds lie midway between scores, so what matters is that they mean the same.
    private const double Rounding = 1e-3;
    private const int MostRows = 10_000;

    /// <summary>Runs the model on the first rows and compares.</summary>
    /// <exception cref="InputException">The scores are others.</exception>
    public static void Check(byte[] file, ModelEncoding encoding, GroupThresholds step, GivenScores rows, CancellationToken cancellationToken)
    {
        using OnnxPredictor predictor = OnnxPredictor.Load(
            file, new PredictorOptions { Provider = "cpu", RunLimit = TimeSpan.FromMinutes(2) }, cancellationToken);
        RowEncoder encoder = new(predictor.Signature, encoding);
        if (encoder.Columns.FirstOrDefault(column => rows.Table.Find(column) is null) is string missing)
        {
            rows.Warn(new AuditWarning(
                "scores-not-checked", $"The data lacks the column '{missing}' of the model, so nobody checked that the scores are the model's own.", Column: missing));
            return;
        }

        Table head = rows.Table.Head(MostRows);
        DecisionRule rule = new(predictor.Signature, encoding with { GroupThresholds = null }, step.Positive);
        double[]? own = rule.Decide(predictor.Predict(encoder.Encode(head), cancellationToken)).Scores;
        for (int row = 0; row < head.Rows; row++)
        {
            if (own is null || Math.Abs(own[row] - rows.Scores[row]) > Rounding)
            {
                throw new InputException(
                    $"The scores are not this model's: {head.Place(row)} has {rows.Scores[row]}, the model gives {own?[row] ?? double.NaN} for the class '{step.Positive}'.")
                {
                    Line = head.Line(row),
                };
            }
        }
    }
}
