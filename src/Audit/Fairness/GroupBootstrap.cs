using Governance.Audit.Statistics;
using Governance.Audit.Statistics.Resampling;

namespace Governance.Audit.Fairness;

/// <summary>The resampled figures of an attribute's groups and of all rows, drawn together.</summary>
/// <param name="metrics">The figures' names, in the order of the draws.</param>
/// <param name="groups">How many groups; the last place is that of all rows.</param>
/// <param name="draws">Shape [resamples, groups + 1, metrics].</param>
/// <param name="influences">Shape [groups + 1, metrics].</param>
/// <param name="options">How they were drawn.</param>
internal sealed class GroupBootstrap(
    IReadOnlyList<string> metrics, int groups, double[] draws, Influence[] influences, BootstrapOptions options)
{
    /// <summary>Of more groups every pair would be too many; Bonferroni's value serves them.</summary>
    private const int MostPaired = 64;

    private readonly Dictionary<string, int> index =
        metrics.Select((metric, i) => (metric, i)).ToDictionary(pair => pair.metric, pair => pair.i, StringComparer.Ordinal);

    /// <summary>The interval of a group's figure; null where the resamples give none.</summary>
    /// <param name="group">Its index; the number of groups for all rows.</param>
    /// <param name="metric">The figure.</param>
    /// <param name="estimate">Its value.</param>
    public Interval? Of(int group, string metric, double estimate) => !index.TryGetValue(metric, out int m)
        ? null
        : BootstrapInterval.Of(estimate, Column(group, m), influences[Place(group, m)], options.Level, options.Method);

    /// <summary>
    /// The interval of one group's figure less another's; null as well where either never varies, as a share of 0 or 1 does
    /// not: resamples know nothing of its uncertainty then.
    /// </summary>
    public Interval? Difference(int a, int b, string metric, double estimate)
    {
        if (!index.TryGetValue(metric, out int m))
        {
            return null;
        }

        double[] ours = Column(a, m);
        double[] theirs = Column(b, m);
        if (!Varies(ours) || !Varies(theirs))
        {
            return null;
        }

        for (int i = 0; i < ours.Length; i++)
        {
            ours[i] -= theirs[i];
        }

        Influence influence = influences[Place(a, m)].Minus(influences[Place(b, m)]);
        return BootstrapInterval.Of(estimate, ours, influence, options.Level, options.Method);
    }

    /// <summary>The interval of one group's figure divided by another's, on the logarithm.</summary>
    public Interval? Ratio(int a, int b, string metric, double first, double second)
    {
        if (!index.TryGetValue(metric, out int m) || !(first > 0 && second > 0))
        {
            return null;
        }

        double[] ours = Column(a, m);
        double[] theirs = Column(b, m);
        if (!Varies(ours) || !Varies(theirs))
        {
            return null;
        }

        for (int i = 0; i < ours.Length; i++)
        {
            ours[i] = ours[i] > 0 && theirs[i] > 0 ? Math.Log(ours[i] / theirs[i]) : double.NaN;
        }

        Influence influence = influences[Place(a, m)].Times(1 / first).Minus(influences[Place(b, m)].Times(1 / second));
        Interval? logarithm = BootstrapInterval.Of(Math.Log(first / second), ours, influence, options.Level, options.Method);
        return logarithm is Interval known ? new Interval(Math.Exp(known.Low), Math.Exp(known.High)) : null;
    }

    /// <summary>The interval of the mean of two figures' differences between two groups, as average odds are.</summary>
    public Interval? MeanDifference(int a, int b, string one, string other, double estimate)
    {
        if (!index.TryGetValue(one, out int m) || !index.TryGetValue(other, out int n))
        {
            return null;
        }

        (double[] ours, double[] theirs, double[] ours2, double[] theirs2) = (Column(a, m), Column(b, m), Column(a, n), Column(b, n));
        if (!(Varies(ours) && Varies(theirs) && Varies(ours2) && Varies(theirs2)))
        {
            return null;
        }

        for (int i = 0; i < ours.Length; i++)
        {
            ours[i] = (ours[i] - theirs[i] + ours2[i] - theirs2[i]) / 2;
        }

        return BootstrapInterval.Of(estimate, ours, default, options.Level, BootstrapMethod.Percentile);
    }

    /// <summary>
    /// The quantile, at the level, of the largest standardised deviation over all pairs of groups and all these figures;
    /// null with too many groups or where no pair varies.
    /// </summary>
    public double? LargestDeviation(IReadOnlyList<string> together, bool logarithmic)
    {
        if (groups > MostPaired || together.Any(metric => !index.ContainsKey(metric)))
        {
            return null;
        }

        double[] largest = new double[options.Resamples];
        bool varies = false;
        foreach (string metric in together)
        {
            double[][] columns = [.. Enumerable.Range(0, groups).Select(group => Centred(Column(group, index[metric]), logarithmic))];
            double[] variances = [.. columns.Select(Variance)];
            for (int a = 0; a < groups; a++)
            {
                for (int b = a + 1; b < groups; b++)
                {
                    double scale = Math.Sqrt(variances[a] + variances[b]);
                    if (scale > 0 && variances[a] > 0 && variances[b] > 0)
                    {
                        varies = true;
                        Raise(largest, columns[a], columns[b], scale);
                    }
                }
            }
        }

        Array.Sort(largest);
        return varies ? Quantiles.OfSorted(largest, options.Level) : null;
    }

    private static void Raise(double[] largest, double[] a, double[] b, double scale)
    {
        for (int i = 0; i < largest.Length; i++)
        {
            double deviation = Math.Abs(a[i] - b[i]) / scale;
            largest[i] = deviation > largest[i] ? deviation : largest[i];
        }
    }

    // Deviations from the resamples' own mean; a resample without the figure deviates by NaN, which is never larger.
    private static double[] Centred(double[] column, bool logarithmic)
    {
        double sum = 0;
        int known = 0;
        for (int i = 0; i < column.Length; i++)
        {
            column[i] = !logarithmic ? column[i] : column[i] > 0 ? Math.Log(column[i]) : double.NaN;
            if (!double.IsNaN(column[i]))
            {
                sum += column[i];
                known++;
            }
        }

        for (int i = 0; i < column.Length; i++)
        {
            column[i] -= sum / known;
        }

        return column;
    }

    // NaN where under 90 % of the resamples have the figure: such a group has no say.
    private static double Variance(double[] centred)
    {
        double sum = 0;
        int known = 0;
        foreach (double value in centred)
        {
            if (!double.IsNaN(value))
            {
                sum += value * value;
                known++;
            }
        }

        return known >= BootstrapInterval.LeastDefined * centred.Length ? sum / (known - 1) : double.NaN;
    }

    private static bool Varies(double[] column)
    {
        double first = Array.Find(column, value => !double.IsNaN(value));
        return Array.Exists(column, value => value != first && !double.IsNaN(value));
    }

    private int Place(int group, int metric) => (group * metrics.Count) + metric;

    private double[] Column(int group, int metric)
    {
        int width = (groups + 1) * metrics.Count;
        double[] own = new double[options.Resamples];
        for (int i = 0; i < own.Length; i++)
        {
            own[i] = draws[(i * width) + Place(group, metric)];
        }

        return own;
    }
}
