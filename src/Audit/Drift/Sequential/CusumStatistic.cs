namespace Governance.Audit.Drift.Sequential;

/// <summary>The larger of two cumulative sums of standardised values, up and down, with a slack of half a standard deviation.</summary>
internal sealed class CusumStatistic : ISequentialStatistic
{
    private const double Slack = 0.5;

    private readonly double mean;
    private readonly double deviation;
    private double above;
    private double below;

    /// <summary>Takes level and scale from a reference.</summary>
    /// <param name="reference">At least 2 values.</param>
    public CusumStatistic(ReadOnlySpan<double> reference)
    {
        double sum = 0;
        foreach (double value in reference)
        {
            sum += value;
        }

        mean = sum / reference.Length;
        double squares = 0;
        foreach (double value in reference)
        {
            squares += (value - mean) * (value - mean);
        }

        deviation = Math.Sqrt(squares / (reference.Length - 1));
    }

    public double Value => Math.Max(above, below);

    public void Add(double x)
    {
        // A reference that is constant makes any other value an alarm.
        double z = deviation > 0 ? (x - mean) / deviation : x == mean ? 0 : double.PositiveInfinity * Math.Sign(x - mean);
        above = Math.Max(0, above + z - Slack);
        below = Math.Max(0, below - z - Slack);
    }

    public void Reset() => (above, below) = (0, 0);
}
