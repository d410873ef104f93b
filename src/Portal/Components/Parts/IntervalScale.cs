using System.Globalization;

namespace Governance.Portal.Components.Parts;

/// <summary>Where a value stands in an interval cell, in percent of the column's width.</summary>
/// <param name="Min">The value at the left edge.</param>
/// <param name="Max">The value at the right edge; above <paramref name="Min"/>.</param>
public readonly record struct IntervalScale(double Min, double Max)
{
    /// <summary>A scale that shows all finite values, with a twentieth of their range free at both ends.</summary>
    /// <param name="values">Estimates, ends of intervals and limits; NaN and null are passed over.</param>
    public static IntervalScale Around(IEnumerable<double?> values)
    {
        double[] finite = [.. values.Where(value => value is double number && double.IsFinite(number)).Select(value => value!.Value)];
        if (finite.Length == 0)
        {
            return new IntervalScale(0, 1);
        }

        double low = finite.Min();
        double high = finite.Max();
        double margin = high > low ? (high - low) / 20 : Math.Max(Math.Abs(high) / 20, 0.05);
        return new IntervalScale(low - margin, high + margin);
    }

    /// <summary>Two to six round values inside the scale, for the head of the column.</summary>
    public IReadOnlyList<double> Ticks()
    {
        double raw = (Max - Min) / 4;
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = power * ((raw / power) switch { < 1.4 => 1, < 3 => 2, < 7 => 5, _ => 10 });
        List<double> ticks = [];
        const double rounding = 1e-9; // 0.6 / 0.2 is a little less than 3
        for (long at = (long)Math.Ceiling((Min / step) - rounding); at <= (Max / step) + rounding; at++)
        {
            ticks.Add(at * step);
        }

        return ticks;
    }

    /// <summary>The place of a value as an SVG percentage; values outside the scale stand at its edge.</summary>
    public string At(double value) => Percent(Fraction(value));

    /// <summary>The width between two values as an SVG percentage.</summary>
    public string Width(double from, double to) => Percent(Math.Max(0, Fraction(to) - Fraction(from)));

    private double Fraction(double value) => Math.Clamp((value - Min) / (Max - Min), 0, 1);

    private static string Percent(double fraction) =>
        (100 * fraction).ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
