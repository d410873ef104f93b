namespace Governance.Audit.Drift.Sequential;

/// <summary>An e-detector over p values.</summary>
/// <remarks>
/// A p value turns into a bet of expectation at most 1 by the mixture of all power bets κ p^(κ−1): (1 − p + p ln p) / (p ln² p)
/// (Vovk and Wang, "E-values: calibration, combination and applications", Annals of Statistics 49, 2021, section 2). The
/// Shiryaev–Roberts sum M ← (M + 1) · e grows on average by at most 1 a look, so that it needs A looks on average to reach A.
/// </remarks>
internal sealed class PValueStatistic : ISequentialStatistic
{
    public double Value { get; private set; }

    public void Add(double x) => Value = (Value + 1) * Bet(Math.Clamp(x, 1e-300, 1));

    public void Reset() => Value = 0;

    // By its series where p is near 1, where the formula is 0 / 0.
    private static double Bet(double p)
    {
        double log = Math.Log(p);
        return log > -1e-4 ? 0.5 - (log / 6) : (1 - p + (p * log)) / (p * log * log);
    }
}
