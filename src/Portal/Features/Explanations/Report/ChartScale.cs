namespace Governance.Portal.Features.Explanations.Report;

/// <summary>A linear axis with round ticks.</summary>
internal sealed class ChartScale
{
    private const int WantedTicks = 5;
    private readonly double low;
    private readonly double high;
    private readonly double left;
    private readonly double right;

    /// <summary>Lays an axis over values.</summary>
    /// <param name="values">What must be on it; finite ones count.</param>
    /// <param name="left">Where it begins on the page.</param>
    /// <param name="right">Where it ends.</param>
    public ChartScale(IEnumerable<double> values, double left, double right)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        low = finite.DefaultIfEmpty(0).Min();
        high = finite.DefaultIfEmpty(1).Max();
        if (!(high > low))
        {
            (low, high) = (low - (Math.Abs(low) > 0 ? Math.Abs(low) / 2 : 0.5), high + (Math.Abs(high) > 0 ? Math.Abs(high) / 2 : 0.5));
        }

        this.left = left;
        this.right = right;
    }

    /// <summary>Round numbers on the axis.</summary>
    public IReadOnlyList<double> Ticks
    {
        get
        {
            double raw = (high - low) / WantedTicks;
            double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
            double step = ((double[])[1, 2, 2.5, 5, 10]).First(times => times * power >= raw - 1e-12) * power;
            List<double> ticks = [];
            for (double at = Math.Ceiling((low / step) - 1e-9); at * step <= high + (1e-9 * step); at++)
            {
                ticks.Add(at * step);
            }

            return ticks;
        }
    }

    /// <summary>The place of a value on the page.</summary>
    public double At(double value) => left + ((Math.Clamp(value, low, high) - low) / (high - low) * (right - left));

    /// <summary>Draws ticks with their numbers, and the axis title.</summary>
    public void Draw(Svg svg, double top, double bottom, string title)
    {
        double power = Math.Floor(Math.Log10(Math.Max(Math.Abs(low), Math.Abs(high)) + double.Epsilon));
        string format = power is < -4 or > 6 ? "0.#e+0" : "#,0.####";
        foreach (double tick in Ticks)
        {
            svg.Line(At(tick), top, At(tick), bottom, Math.Abs(tick) < 1e-12 ? "zero" : "grid");
            svg.Text(At(tick), bottom + 14, (Math.Abs(tick) < 1e-12 ? 0 : tick).ToString(format, System.Globalization.CultureInfo.InvariantCulture).Replace('-', '−'), "middle", "tick");
        }

        svg.Text((left + right) / 2, bottom + 31, title, "middle", "tick");
    }
}
