using System.Globalization;

namespace Governance.Registry.Ledger;

/// <summary>Numbers as ECMAScript prints them. Source: ECMA-262, Number::toString, as RFC 8785 §3.2.2.3 asks.</summary>
internal static class EcmaScriptNumber
{
    /// <summary>The shortest text that reads back as the same double.</summary>
    /// <param name="value">Finite; minus zero prints as 0.</param>
    public static string Format(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        // .NET gives the same shortest digits; only the layout differs: digits d1…dk with value 0.d1…dk × 10^point.
        (string digits, int point) = Split(Math.Abs(value).ToString("R", CultureInfo.InvariantCulture));
        string sign = value < 0 ? "-" : "";
        int count = digits.Length;

        if (point is > 0 and <= 21)
        {
            return count <= point
                ? sign + digits + new string('0', point - count)
                : sign + digits[..point] + "." + digits[point..];
        }

        if (point is > -6 and <= 0)
        {
            return sign + "0." + new string('0', -point) + digits;
        }

        int exponent = point - 1;
        string mantissa = count == 1 ? digits : digits[..1] + "." + digits[1..];
        return $"{sign}{mantissa}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}";
    }

    private static (string Digits, int Point) Split(string text)
    {
        int mark = text.IndexOf('E');
        int exponent = mark < 0 ? 0 : int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string mantissa = mark < 0 ? text : text[..mark];
        int dot = mantissa.IndexOf('.');
        string all = dot < 0 ? mantissa : mantissa.Remove(dot, 1);
        int point = (dot < 0 ? mantissa.Length : dot) + exponent;
        string trimmed = all.TrimStart('0');
        point -= all.Length - trimmed.Length;
        return (trimmed.TrimEnd('0'), point);
    }
}
