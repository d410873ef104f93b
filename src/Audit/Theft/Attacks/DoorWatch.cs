using Governance.Audit.Theft.Detection;

namespace Governance.Audit.Theft.Attacks;

/// <summary>The detectors of a simulated front door: one for each account, and one for all accounts together.</summary>
internal sealed class DoorWatch(WatchCalibration calibration, int accounts)
{
    private readonly TrafficWatch[] own = [.. Enumerable.Range(0, accounts).Select(_ => new TrafficWatch(calibration))];
    private readonly TrafficWatch pooled = new(calibration, TrafficWatch.SharedLevel);

    /// <summary>Learns what honest questions look like; null where there are too few rows.</summary>
    /// <param name="space">The rows as they are written.</param>
    /// <param name="rows">Shape [rows][width]: the owner's reference rows.</param>
    /// <param name="answers">The model's answers to them.</param>
    /// <param name="seed">Of the calibration.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static WatchCalibration? Calibrate(
        QuerySpace space, float[][] rows, VictimAnswers answers, int seed, CancellationToken cancellationToken) =>
        rows.Length < WatchReference.LeastRows ? null : WatchCalibration.Fit(
            new WatchReference(
                [.. rows.SelectMany(row => row)], space.Width, [.. answers.Scores.Select(Margin)],
                [.. space.Columns.Select(column => Enumerable.Range(column.Offset, column.Width).ToArray())]),
            seed, cancellationToken);

    /// <summary>Whether an alarm leaves labels alone to an account.</summary>
    public bool Restricts(int account) => own[account].Reading.IsAlarm || pooled.Reading.IsAlarm;

    /// <summary>Looks at a question.</summary>
    public WatchedRow Look(float[] row, double[] scores) => calibration.Look(row, Margin(scores));

    /// <summary>Observes a question.</summary>
    /// <returns>Whether there is an alarm now.</returns>
    public bool Observe(int account, WatchedRow looked)
    {
        bool alarm = own[account].Observe(looked, knownRow: false).IsAlarm;
        return (accounts > 1 && pooled.Observe(looked, knownRow: false).IsAlarm) || alarm;
    }

    // Half the lead of the first class over the second: for two classes the distance of the probability from one half.
    private static double Margin(double[] scores)
    {
        if (scores.Length < 2)
        {
            return double.NaN;
        }

        double[] sorted = [.. scores.OrderDescending().Take(2)];
        return (sorted[0] - sorted[1]) / 2;
    }
}
