using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Runs;

namespace Governance.Audit.Ensembles;

/// <summary>Measures in an audit whether a version's own output of disagreement goes with its errors.</summary>
internal static class MeasureEnsemble
{
    /// <summary>The number of bins that evidence has.</summary>
    private const int Bins = 5;

    /// <summary>Measures, where the graph has such an output and the rows have labels; else null.</summary>
    /// <param name="predictor">The version.</param>
    /// <param name="encoder">Turns the rows into its inputs.</param>
    /// <param name="scored">The evaluation rows with what the version said.</param>
    /// <param name="level">The confidence level.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static DisagreementReport? Of(
        OnnxPredictor predictor, RowEncoder encoder, ScoredTable scored, double level, CancellationToken cancellationToken)
    {
        if (predictor.Signature.Outputs.All(output => output.Name != EnsembleOutputs.Disagreement || output.Role != OutputRole.Other)
            || scored.Label is not string label || scored.Table.Find(label) is not Column truth)
        {
            return null;
        }

        int[] labelled = [.. Enumerable.Range(0, scored.Table.Rows).Where(row => !truth.IsMissing(row))];
        if (labelled.Length == 0)
        {
            return null;
        }

        Table rows = labelled.Length == scored.Table.Rows ? scored.Table : scored.Table.Take(labelled);
        double[] apart = Apart(predictor, encoder, rows, cancellationToken);
        if (!Array.TrueForAll(apart, double.IsFinite))
        {
            return null;
        }

        if (scored.IsRegression)
        {
            double[] said = Performance.NumberCells.Read(rows, scored.Prediction);
            double[] values = Performance.NumberCells.Read(rows, label);
            return MeasureDisagreement.OfNumbers(apart, [.. said.Zip(values, (one, other) => Math.Abs(one - other))], Bins, level);
        }

        Levels decided = Levels.Of(rows.Need(scored.Prediction));
        Levels classes = Levels.Of(rows.Need(label));
        bool[] wrong = [.. Enumerable.Range(0, rows.Rows).Select(row => classes.IndexOf(decided.Names[decided.Codes[row]]) != classes.Codes[row])];
        return MeasureDisagreement.OfDecisions(apart, wrong, Bins, level);
    }

    // Of several classes the one on which the members are furthest apart speaks for the row.
    private static double[] Apart(OnnxPredictor predictor, RowEncoder encoder, Table rows, CancellationToken cancellationToken)
    {
        double[] apart = new double[rows.Rows];
        for (int start = 0; start < apart.Length; start += ScoreBlocks.Rows)
        {
            int count = Math.Min(ScoreBlocks.Rows, apart.Length - start);
            Table block = count == apart.Length ? rows : rows.Take([.. Enumerable.Range(start, count)]);
            OutputValues said = predictor.Predict(encoder.Encode(block), EnsembleOutputs.Disagreement, cancellationToken);
            for (int row = 0; row < count; row++)
            {
                apart[start + row] = said.Numbers.AsSpan(row * said.Width, said.Width).ToArray().Max();
            }
        }

        return apart;
    }
}
