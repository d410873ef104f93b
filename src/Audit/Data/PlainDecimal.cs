using System.Globalization;

namespace Governance.Audit.Data;

/// <summary>Reads plain decimal numbers: an optional minus, ASCII digits, an optional fraction, an optional exponent.</summary>
/// <remarks>
/// Not numbers: "nan", "inf", hex, digits of other scripts, a leading plus, blanks, group separators, and values that
/// a double cannot hold at all (1e400, 1e-400).
/// </remarks>
public static class PlainDecimal
{
    private const ulong Exact = 1UL << 53;

    private static readonly double[] Tens = [.. Enumerable.Range(0, 23).Select(power => double.Parse($"1e{power}"))];

    /// <summary>Reads a number that stays itself as a number.</summary>
    /// <param name="text">The cell, UTF-8.</param>
    /// <param name="value">Correctly rounded.</param>
    /// <returns>
    /// False also for what would be changed: "01234" (an identifier with a leading zero) and whole numbers that a
    /// double rounds (beyond 2^53).
    /// </returns>
    public static bool TryParseFaithful(ReadOnlySpan<byte> text, out double value) => TryParse(text, faithful: true, out value);

    /// <summary>Reads a number in plain decimal notation, leading zeros allowed, long integers rounded.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value) => TryParse(text, faithful: false, out value);

    /// <summary>Reads a number in plain decimal notation, leading zeros allowed, long integers rounded.</summary>
    public static bool TryParse(string text, out double value)
    {
        value = 0;
        return text.Length <= 400 && TryParse(System.Text.Encoding.UTF8.GetBytes(text), faithful: false, out value);
    }

    private static bool TryParse(ReadOnlySpan<byte> text, bool faithful, out double value)
    {
        value = 0;
        int at = text.Length > 0 && text[0] == (byte)'-' ? 1 : 0;
        bool negative = at == 1;
        int wholeStart = at;
        ulong mantissa = 0;
        int digits = 0;
        int leading = 0;
        for (; at < text.Length && IsDigit(text[at]); at++)
        {
            Push(text[at], ref mantissa, ref digits);
        }

        int whole = at - wholeStart;
        leading = whole > 1 && text[wholeStart] == (byte)'0' ? 1 : 0;
        int fraction = 0;
        bool point = at < text.Length && text[at] == (byte)'.';
        if (point)
        {
            int from = ++at;
            for (; at < text.Length && IsDigit(text[at]); at++)
            {
                Push(text[at], ref mantissa, ref digits);
            }

            fraction = at - from;
        }

        if (whole + fraction == 0 || (faithful && leading > 0))
        {
            return false;
        }

        int exponent = 0;
        bool scientific = at < text.Length && (text[at] | 0x20) == 'e';
        if (scientific && !TryExponent(text, ref at, out exponent))
        {
            return false;
        }

        if (at != text.Length)
        {
            return false;
        }

        int scale = exponent - fraction;
        if (digits <= 19 && mantissa <= Exact && Math.Abs(scale) < Tens.Length)
        {
            // Clinger's fast path: both factors are exact doubles, so the one operation rounds correctly.
            double magnitude = scale < 0 ? mantissa / Tens[-scale] : mantissa * Tens[scale];
            value = negative ? -magnitude : magnitude;
            return true;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) || double.IsInfinity(value)
            || (value == 0 && (mantissa != 0 || digits > 19)))
        {
            return false;
        }

        return !faithful || point || scientific || (digits <= 19 && SurvivesWhole(mantissa));
    }

    private static bool SurvivesWhole(ulong whole) => whole < 1UL << 63 && (ulong)(double)whole == whole;

    private static bool TryExponent(ReadOnlySpan<byte> text, ref int at, out int exponent)
    {
        exponent = 0;
        at++;
        bool negative = at < text.Length && text[at] == (byte)'-';
        if (at < text.Length && text[at] is (byte)'-' or (byte)'+')
        {
            at++;
        }

        int from = at;
        for (; at < text.Length && IsDigit(text[at]); at++)
        {
            exponent = Math.Min(99_999, (exponent * 10) + (text[at] - '0'));
        }

        exponent = negative ? -exponent : exponent;
        return at > from;
    }

    private static void Push(byte digit, ref ulong mantissa, ref int digits)
    {
        // Leading zeros do not count; beyond 19 digits the general parser decides, so the mantissa may stop there.
        if (digits < 19)
        {
            mantissa = (mantissa * 10) + (ulong)(digit - '0');
        }

        digits += mantissa == 0 ? 0 : 1;
    }

    private static bool IsDigit(byte symbol) => (uint)(symbol - '0') <= 9;
}
