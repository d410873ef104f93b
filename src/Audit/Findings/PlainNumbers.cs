using System.Globalization;

namespace Governance.Audit.Findings;

/// <summary>Numbers as people read them: a true minus, grouped thousands, an interval and n beside the estimate.</summary>
public static class PlainNumbers
{
    /// <summary>Three decimals below 100, fewer above; "undefined" for null and NaN.</summary>
    public static string Value(double? value) => value is not double number || !double.IsFinite(number)
        ? "undefined"
        : Minus(Math.Abs(number) switch
        {
            >= 10_000 => number.ToString("N0", CultureInfo.InvariantCulture),
            >= 100 => number.ToString("N1", CultureInfo.InvariantCulture),
            > 0 and < 0.0005 => number.ToString("0.0e+0", CultureInfo.InvariantCulture),
            _ => number.ToString("N3", CultureInfo.InvariantCulture),
        });

    /// <summary>Like <see cref="Value"/>, with a plus before what is above zero.</summary>
    public static string Signed(double? value) => value > 0 ? "+" + Value(value) : Value(value);

    /// <summary>Such as "0.734 [0.704, 0.765]", or the value alone where there is no interval.</summary>
    public static string WithInterval(double? value, IReadOnlyList<double>? interval) => interval is null
        ? Value(value)
        : $"{Value(value)} [{Value(interval[0])}, {Value(interval[1])}]";

    /// <summary>Such as "1,902".</summary>
    public static string Count(long count) => Minus(count.ToString("N0", CultureInfo.InvariantCulture));

    /// <summary>Such as "26.7 %", from a share in [0, 1].</summary>
    public static string Percent(double share) => Minus((100 * share).ToString("N1", CultureInfo.InvariantCulture)) + " %";

    /// <summary>A limit as policies write it: at least two decimals, such as "0.80".</summary>
    public static string Limit(double limit) => Minus(limit.ToString("0.00##", CultureInfo.InvariantCulture));

    /// <summary>A p value: "&lt; 0.001" below that, "–" for null.</summary>
    public static string Probability(double? p) => p switch
    {
        null => "–",
        < 0.001 => "< 0.001",
        double value => value.ToString("0.000", CultureInfo.InvariantCulture),
    };

    private static string Minus(string number) => number.Replace('-', '−');
}
