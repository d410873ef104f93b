using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Theft.Detection;

namespace Governance.Audit.Answers;

/// <summary>Tells rows that resemble no reference row: by the conformal p value of their distance from all of them.</summary>
/// <remarks>
/// Below one in a thousand a row is unusual. That can be told with at least a thousand rows to rank among, which takes two
/// thousand reference rows; with fewer none is. Source: security brief, section 7.3.
/// </remarks>
internal sealed class UsualRows
{
    private const double LeastP = 0.001;
    private const int MostRows = 20_000;

    private readonly WatchCalibration calibration;

    private UsualRows(WatchCalibration calibration) => this.calibration = calibration;

    /// <summary>Learns what is usual; null where there are too few reference rows, or rows are not numbers alone.</summary>
    /// <param name="model">With its reference rows.</param>
    public static UsualRows? Of(HostedModel model)
    {
        if (model.Reference?.Data.Table.Head(MostRows) is not Table table)
        {
            return null;
        }

        InputBatch batch = model.Encoder.Encode(table);
        float[][] rows = [.. Enumerable.Range(0, batch.Rows).Select(row => EncodedRow.Of(batch, row)).Where(row => !Array.Exists(row, float.IsInfinity))];
        if (rows.Length / 2 < 1 / LeastP || rows[0].Length == 0)
        {
            return null;
        }

        double[] margins = new double[rows.Length];
        Array.Fill(margins, double.NaN);
        int[][] columns = [.. model.Encoder.Slots.Select((slot, at) => (slot.Column, at)).GroupBy(pair => pair.Column, pair => pair.at).Select(group => group.ToArray())];
        return new UsualRows(WatchCalibration.Fit(
            new WatchReference([.. rows.SelectMany(row => row)], rows[0].Length, margins, columns), seed: 1, CancellationToken.None));
    }

    /// <summary>Which rows are unusual.</summary>
    public bool[] Unusual(InputBatch batch) =>
        [.. Enumerable.Range(0, batch.Rows).Select(row => calibration.OutlierP(EncodedRow.Of(batch, row)) < LeastP)];
}
