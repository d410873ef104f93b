namespace Governance.Audit.Statistics.Resampling;

/// <summary>How a bootstrap is run.</summary>
public sealed record BootstrapOptions
{
    /// <summary>The fewest resamples that give an interval.</summary>
    public const int FewestResamples = 20;

    /// <summary>The most resamples of one run.</summary>
    public const int MostResamples = 100_000;

    /// <summary>How often the rows are drawn anew; 1,000 by default.</summary>
    public int Resamples { get; init; } = 1_000;

    /// <summary>The confidence level, above 0 and below 1; 0.95 by default.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>The seed of the draws. Resample i has a stream of its own, so that threads change nothing.</summary>
    public int Seed { get; init; }

    /// <summary>How an interval is read off the resamples.</summary>
    public BootstrapMethod Method { get; init; } = BootstrapMethod.Bca;

    /// <summary>How many resamples are computed at once, at least 1. The results do not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Refuses options outside their ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is.</exception>
    public void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Resamples, FewestResamples);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Resamples, MostResamples);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        NormalQuantile.ThrowIfNoLevel(Level);
    }
}

/// <summary>How an interval is read off resamples.</summary>
public enum BootstrapMethod
{
    /// <summary>The quantiles (1 − level) / 2 and (1 + level) / 2 of the resamples.</summary>
    Percentile,

    /// <summary>Bias-corrected and accelerated: quantiles moved by the resamples' bias and the estimate's skewness.</summary>
    Bca,
}
