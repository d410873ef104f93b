namespace Governance.Audit.Drift.Noise;

/// <summary>Values that a statistic took where nothing had changed, in ascending order.</summary>
/// <param name="Ascending">Shape [draws], at least one.</param>
internal sealed record NullSample(double[] Ascending)
{
    /// <summary>Sorts the values of draws.</summary>
    public static NullSample Of(double[] draws)
    {
        Array.Sort(draws);
        return new NullSample(draws);
    }

    /// <summary>The value that the statistic passes with a probability of at most <paramref name="alpha"/>.</summary>
    /// <remarks>
    /// The order statistic one standard error of the simulation above the plain quantile, so that a stream of random
    /// numbers that is used again and again does not make one level of false alarms too large. Beyond the draws, the
    /// largest is extended like the tail of a normal law.
    /// </remarks>
    /// <param name="alpha">In (0, 1).</param>
    public double Quantile(double alpha)
    {
        int draws = Ascending.Length;
        double error = Math.Sqrt(draws * alpha * (1 - alpha));
        double place = ((1 - alpha) * (draws + 1)) + Math.Min(error, alpha * draws / 2);
        return alpha * (draws + 1) >= 1
            ? Ascending[Math.Clamp((int)Math.Ceiling(place) - 1, 0, draws - 1)]
            : Ascending[^1] * Math.Sqrt(Math.Log(1 / alpha) / Math.Log(draws + 1));
    }

    /// <summary>The share of draws, the observed value among them, that are at least as large.</summary>
    /// <param name="observed">The statistic.</param>
    public double PValue(double observed)
    {
        int place = Array.BinarySearch(Ascending, observed * (1 - 1e-12));
        place = place < 0 ? ~place : place;
        while (place > 0 && Ascending[place - 1] >= observed * (1 - 1e-12))
        {
            place--;
        }

        return (1.0 + Ascending.Length - place) / (1.0 + Ascending.Length);
    }
}
