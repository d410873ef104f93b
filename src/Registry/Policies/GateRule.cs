namespace Governance.Registry.Policies;

/// <summary>Judges a measured value against a gate by its interval. Pure.</summary>
public static class GateRule
{
    /// <summary>Meets if the interval lies wholly inside, breaches if wholly outside, else inconclusive.</summary>
    /// <param name="gate">The limit.</param>
    /// <param name="value">The estimate, or null where it is undefined.</param>
    /// <param name="low">The interval's lower end, or null where there is none.</param>
    /// <param name="high">The interval's upper end, or null where there is none.</param>
    /// <param name="rows">The sample size behind the estimate.</param>
    /// <param name="enoughRows">False where a group is below the policy's smallest size: then always inconclusive.</param>
    public static GateJudgement Judge(Gate gate, double? value, double? low, double? high, long rows, bool enoughRows)
    {
        if (value is not double estimate || low is not double least || high is not double most)
        {
            return new GateJudgement(GateVerdict.Inconclusive, null);
        }

        if (enoughRows && least >= (gate.AtLeast ?? double.NegativeInfinity) && most <= (gate.AtMost ?? double.PositiveInfinity))
        {
            return new GateJudgement(GateVerdict.Meets, null);
        }

        if (enoughRows && (most < gate.AtLeast || least > gate.AtMost))
        {
            return new GateJudgement(GateVerdict.Breaches, null);
        }

        return new GateJudgement(GateVerdict.Inconclusive, NeededRows(gate, estimate, least, most, rows));
    }

    // An interval's half-width shrinks with the square root of n, so it stops short of the limit at
    // n · (half-width towards the limit / distance to the limit)². No n decides an estimate on the limit itself.
    private static long? NeededRows(Gate gate, double estimate, double low, double high, long rows)
    {
        double limit = gate.AtLeast is double least && (gate.AtMost is null || estimate - least < gate.AtMost - estimate)
            ? least
            : gate.AtMost ?? double.NaN;
        double halfWidth = estimate >= limit ? Scaled(estimate) - Scaled(low) : Scaled(high) - Scaled(estimate);
        double distance = Math.Abs(Scaled(estimate) - Scaled(limit));
        double needed = Math.Ceiling(rows * Math.Pow(halfWidth / distance, 2));
        return double.IsFinite(needed) && needed is > 0 and < 1e12 ? Math.Max((long)needed, rows) : null;

        double Scaled(double x) => gate.Scale == GateScale.Logarithmic ? Math.Log(x) : x;
    }
}

/// <summary>A verdict and, where it is inconclusive, about how many rows would decide.</summary>
/// <param name="Verdict">What the interval says.</param>
/// <param name="NeededRows">At the measured value and group shares; null where decided or where no number would do.</param>
public sealed record GateJudgement(GateVerdict Verdict, long? NeededRows);
