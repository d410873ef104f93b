namespace Governance.Audit.Statistics.Resampling;

/// <summary>Figures of a sample, with what resampling says of them.</summary>
public sealed class BootstrapResult
{
    private readonly double[] draws;
    private readonly Influence[] influences;
    private readonly BootstrapOptions options;

    internal BootstrapResult(double[] estimates, double[] draws, Influence[] influences, BootstrapOptions options)
    {
        Estimates = estimates;
        this.draws = draws;
        this.influences = influences;
        this.options = options;
    }

    /// <summary>Shape [figures]: of the sample itself; NaN where undefined.</summary>
    public IReadOnlyList<double> Estimates { get; }

    /// <summary>How many resamples there were.</summary>
    public int Resamples => options.Resamples;

    /// <summary>The interval of a figure by the method and level asked for; null where it has none (<see cref="BootstrapInterval.Of"/>).</summary>
    /// <param name="figure">Its index.</param>
    public Interval? Interval(int figure) =>
        BootstrapInterval.Of(Estimates[figure], Draws(figure), influences[figure], options.Level, options.Method);

    /// <summary>The interval of one figure less another, both computed from the same resamples.</summary>
    /// <param name="first">The index of the one.</param>
    /// <param name="second">The index of the other.</param>
    /// <remarks>Percentile alone: the two may share rows, so that their influences do not add up.</remarks>
    public Interval? Difference(int first, int second)
    {
        double[] ours = Draws(first);
        double[] theirs = Draws(second);
        for (int i = 0; i < ours.Length; i++)
        {
            ours[i] -= theirs[i];
        }

        return BootstrapInterval.Of(Estimates[first] - Estimates[second], ours, default, options.Level, BootstrapMethod.Percentile);
    }

    /// <summary>The standard deviation of a figure's resamples: its standard error. NaN with fewer than two that have it.</summary>
    /// <param name="figure">Its index.</param>
    public double StandardError(int figure)
    {
        MeanEstimate mean = default;
        int known = 0;
        foreach (double draw in Draws(figure))
        {
            if (!double.IsNaN(draw))
            {
                mean.Add(draw, 1);
                known++;
            }
        }

        return known < 2 ? double.NaN : Math.Sqrt(mean.Variance * known / (known - 1));
    }

    /// <summary>Shape [resamples]: the values of a figure in the order of the resamples, NaN where it had none.</summary>
    /// <param name="figure">Its index.</param>
    public double[] Draws(int figure)
    {
        int width = Estimates.Count;
        double[] own = new double[options.Resamples];
        for (int i = 0; i < own.Length; i++)
        {
            own[i] = draws[(i * width) + figure];
        }

        return own;
    }

    /// <summary>Shape [resamples, figures], row-major.</summary>
    internal double[] AllDraws => draws;

    /// <summary>Shape [figures]: how much single rows move each.</summary>
    internal Influence[] AllInfluences => influences;
}
