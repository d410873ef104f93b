using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations.Importance;
using Governance.Audit.Inference;

namespace Governance.Audit.Slices;

/// <summary>Scores rows with a model and reads what is measured of each.</summary>
public static class ScoreSliceRows
{
    /// <summary>Scores. An answer that is no number is a wrong one; where losses are measured, such rows are not counted.</summary>
    /// <param name="predictor">The model.</param>
    /// <param name="rule">How its outputs become decisions.</param>
    /// <param name="encoder">How rows become its inputs.</param>
    /// <param name="table">Rows with a label each (<see cref="KnownLabels"/>).</param>
    /// <param name="label">The column with what was true.</param>
    /// <param name="metric">What is measured; null takes the error rate, of a regression the squared error.</param>
    /// <param name="weights">Shape [rows]; null for 1 each.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="InputException">Model, rows, label and metric do not fit each other.</exception>
    public static SliceRows Run(
        IPredictor predictor, DecisionRule rule, RowEncoder encoder, Table table, string label, SliceMetric? metric, double[]? weights,
        CancellationToken cancellationToken)
    {
        SliceMetric measured = metric ?? (rule.IsRegression ? SliceMetric.SquaredError : SliceMetric.ErrorRate);
        ImportanceMetric loss = measured switch
        {
            SliceMetric.LogLoss => ImportanceMetric.LogLoss,
            SliceMetric.SquaredError => rule.IsRegression ? ImportanceMetric.Rmse : ImportanceMetric.Brier,
            _ => ImportanceMetric.Accuracy,
        };
        bool oneSided = measured is SliceMetric.FalsePositiveRate or SliceMetric.FalseNegativeRate;
        if (rule.IsRegression && measured != SliceMetric.SquaredError)
        {
            throw new InputException("The model predicts a value: the metric is squared_error.");
        }

        if (oneSided && rule.Positive is null)
        {
            throw new InputException($"{measured.Name()} needs a positive class: name it with --positive.");
        }

        InputBatch batch = encoder.Encode(table);
        Decisions decisions = rule.Decide(predictor.Predict(batch, cancellationToken), table, batch);
        Column truth = table.Need(label);
        double[] losses = RowTruth.Read(truth, table, rule, decisions, loss).Score(decisions).Losses.ToArray();
        for (int row = 0; measured.IsRate() && row < losses.Length; row++)
        {
            // No answer is a wrong one; of losses such rows are not counted.
            bool silent = decisions.Scores is { } scores && double.IsNaN(scores[row]);
            bool isPositive = truth.Text(row) == rule.Positive;
            bool saidPositive = decisions.Predicted![row] == rule.Positive;
            losses[row] = oneSided && isPositive != (measured == SliceMetric.FalseNegativeRate) ? double.NaN
                : silent ? 1
                : oneSided ? (isPositive == saidPositive ? 0 : 1)
                : losses[row];
        }

        return new SliceRows
        {
            Metric = measured,
            Losses = losses,
            Weights = weights,
            Strata = rule.IsRegression
                ? SliceStrata.Quarters([.. Enumerable.Range(0, table.Rows).Select(truth.Number)])
                : Levels.Of(truth).Codes.ToArray(),
            StratifiedBy = rule.IsRegression ? "quarters of the label" : "label",
            Used = [label],
            Positive = rule.IsRegression ? null : rule.Positive,
        };
    }
}
