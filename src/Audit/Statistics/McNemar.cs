using MathNet.Numerics.Distributions;

namespace Governance.Audit.Statistics;

/// <summary>Whether two classifiers that judged the same rows are right equally often.</summary>
/// <remarks>
/// McNemar (1947), Psychometrika 12, 153–157: only rows that one got right and the other wrong speak. The exact test is
/// binomial with one half; the mid-p variant counts the observed split half (Fagerland, Lydersen and Laake 2013, BMC Medical
/// Research Methodology 13, 91) and is neither as timid as the exact one nor as bold as χ² with few rows.
/// </remarks>
/// <param name="OnlyFirst">Rows that only the first got right.</param>
/// <param name="OnlySecond">Rows that only the second got right.</param>
public readonly record struct McNemar(long OnlyFirst, long OnlySecond)
{
    // From here on the normal approximation of the binomial is good to three digits and faster.
    private const long MostExact = 100_000;

    /// <summary>Rows on which exactly one is right.</summary>
    public long Discordant => OnlyFirst + OnlySecond;

    /// <summary>χ² = (b − c)² / (b + c) without continuity correction; NaN without a discordant row.</summary>
    public double ChiSquare => Discordant == 0
        ? double.NaN
        : (double)(OnlyFirst - OnlySecond) * (OnlyFirst - OnlySecond) / Discordant;

    /// <summary>The two-sided exact p value, in (0, 1]; 1 without a discordant row.</summary>
    public double ExactP => Discordant == 0 ? 1 : Discordant > MostExact ? Normal() : Math.Min(1, 2 * Tail());

    /// <summary>The two-sided mid-p value, in (0, 1]; 1 without a discordant row.</summary>
    public double MidP => Discordant == 0 ? 1
        : Discordant > MostExact ? Normal()
        : OnlyFirst == OnlySecond ? 1 - Point()
        : Math.Min(1, (2 * Tail()) - Point());

    private double Tail() => Binomial.CDF(0.5, (int)Discordant, Math.Min(OnlyFirst, OnlySecond));

    private double Point() => Binomial.PMF(0.5, (int)Discordant, (int)OnlyFirst);

    private double Normal() => NormalQuantile.TwoSidedP(Math.Sqrt(ChiSquare));
}
