namespace Governance.Audit.Performance;

/// <summary>True and predicted numbers of the same rows.</summary>
/// <param name="Truth">Shape [rows], finite.</param>
/// <param name="Predicted">Shape [rows], finite.</param>
/// <param name="Lower">Shape [rows]: the lower end of a prediction interval; null for none.</param>
/// <param name="Upper">Shape [rows]: the upper end; null for none.</param>
/// <param name="Weight">Shape [rows], finite and at least 0; empty for 1 each.</param>
public sealed record NumberPredictions(double[] Truth, double[] Predicted, double[]? Lower, double[]? Upper, double[] Weight)
{
    /// <summary>The same with only these rows, in this order.</summary>
    public NumberPredictions Take(int[] rows) => new(
        Taken(Truth, rows), Taken(Predicted, rows), Lower is null ? null : Taken(Lower, rows), Upper is null ? null : Taken(Upper, rows),
        Weight.Length == 0 ? Weight : Taken(Weight, rows));

    private static double[] Taken(double[] values, int[] rows) => Array.ConvertAll(rows, row => values[row]);
}
