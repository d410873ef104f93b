using Governance.Audit.Statistics;

namespace Governance.Audit.Fairness;

/// <summary>How far apart the groups' values of one figure lie.</summary>
/// <remarks>
/// Groups that do not have the figure are left out; the report names them. Intervals are simultaneous: each pair gets an
/// interval at the same critical value z, chosen so that all hold at once, and then the largest true difference is at least
/// the largest lower end and at most the largest upper end. Unlike a percentile bootstrap of max − min, which is never
/// below 0, this covers 0 when the groups are alike.
/// </remarks>
internal sealed class FigureSpread
{
    private readonly (string Group, Figure Figure)[] defined;
    private readonly Figure overall;
    private readonly Comparison relativeTo;

    /// <summary>Gathers a figure's values.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="overall">All rows.</param>
    /// <param name="metric">The figure's name.</param>
    /// <param name="relativeTo">What differences and ratios are taken between.</param>
    public FigureSpread(IEnumerable<GroupFigures> groups, GroupFigures overall, string metric, Comparison relativeTo)
    {
        defined = [.. groups.Select(group => (group.Name, group[metric])).Where(pair => pair.Item2.IsDefined)];
        this.overall = overall[metric];
        this.relativeTo = relativeTo;
        (Difference, Ratio) = (double.NaN, double.NaN);
        if (defined.Length == 0)
        {
            return;
        }

        (Lowest, Highest) = (defined.MinBy(pair => pair.Figure.Value), defined.MaxBy(pair => pair.Figure.Value));
        if (relativeTo == Comparison.Overall)
        {
            Furthest = defined.MaxBy(pair => Math.Abs(pair.Figure.Value - this.overall.Value)).Group;
            Difference = defined.Max(pair => Math.Abs(pair.Figure.Value - this.overall.Value));
            Ratio = defined.Min(pair => Math.Min(pair.Figure.Value / this.overall.Value, this.overall.Value / pair.Figure.Value));
        }
        else
        {
            Difference = Highest.Figure.Value - Lowest.Figure.Value;
            Ratio = Lowest.Figure.Value / Highest.Figure.Value;
        }
    }

    /// <summary>How many groups have the figure.</summary>
    public int Groups => defined.Length;

    /// <summary>The group with the least value, where any is defined.</summary>
    public (string Group, Figure Figure) Lowest { get; }

    /// <summary>The group with the greatest value, where any is defined.</summary>
    public (string Group, Figure Figure) Highest { get; }

    /// <summary>Relative to all rows: the group furthest from them; else null.</summary>
    public string? Furthest { get; }

    /// <summary>max − min over the groups, or the largest distance to all rows, at least 0; NaN where no group has the figure.</summary>
    public double Difference { get; }

    /// <summary>min / max over the groups, or the smallest ratio with all rows either way round; NaN for 0 / 0 and where no group has the figure.</summary>
    public double Ratio { get; }

    /// <summary>How many comparisons the summary is made of: one a pair of groups, or one a group relative to all rows.</summary>
    public int Comparisons => relativeTo == Comparison.Overall ? defined.Length : defined.Length * (defined.Length - 1) / 2;

    /// <summary>The interval of <see cref="Difference"/>; null where no comparison has one.</summary>
    /// <param name="z">The critical value at which all comparisons hold at once.</param>
    public Interval? DifferenceInterval(double z)
    {
        Interval? worst = null;
        foreach (Interval pair in Differences(z))
        {
            // |difference| lies between the end nearer 0 (0 where the interval holds it) and the end further away.
            double near = Math.Max(0, Math.Max(pair.Low, -pair.High));
            double far = Math.Max(pair.High, -pair.Low);
            worst = worst is Interval known ? new Interval(Math.Max(known.Low, near), Math.Max(known.High, far)) : new Interval(near, far);
        }

        return worst;
    }

    /// <summary>The interval of <see cref="Ratio"/> between groups, cut at 1; null for 0 / 0, relative to all rows, and where no pair has one.</summary>
    /// <param name="z">The critical value at which all comparisons hold at once.</param>
    public Interval? RatioInterval(double z)
    {
        if (double.IsNaN(Ratio) || relativeTo == Comparison.Overall)
        {
            return null;
        }

        Interval? worst = null;
        foreach ((Figure a, Figure b) in Pairs())
        {
            (Figure high, Figure low) = a.Value >= b.Value ? (a, b) : (b, a);
            if (high.Value > 0 && FigurePair.Ratio(low, high, z) is Interval pair)
            {
                Interval own = new(Math.Min(pair.Low, 1 / pair.High), Math.Min(1, pair.High));
                worst = worst is Interval known ? new Interval(Math.Min(known.Low, own.Low), Math.Min(known.High, own.High)) : own;
            }
        }

        return worst;
    }

    private IEnumerable<Interval> Differences(double z) => relativeTo == Comparison.Overall
        ? defined.Select(pair => FromAll(pair.Figure, z)).OfType<Interval>()
        : Pairs().Select(pair => FigurePair.Difference(pair.A, pair.B, z)).OfType<Interval>();

    private IEnumerable<(Figure A, Figure B)> Pairs() =>
        from i in Enumerable.Range(0, defined.Length)
        from j in Enumerable.Range(i + 1, defined.Length - i - 1)
        select (defined[i].Figure, defined[j].Figure);

    // A group is part of all rows: its distance to them is its distance to the other rows times their part. Shares without
    // weights alone, because only their parts are known.
    private Interval? FromAll(Figure group, double z)
    {
        double rest = overall.Rows - group.Rows;
        if (group.Kind != FigureKind.Share || group.Rows != group.Count || overall.Rows != overall.Count || !(rest > 0))
        {
            return null;
        }

        double others = Math.Clamp(((overall.Value * overall.Rows) - (group.Value * group.Rows)) / rest, 0, 1);
        Interval pair = NewcombeInterval.ComputeAt(group.Value, group.Rows, others, rest, z);
        double part = rest / overall.Rows;
        return new Interval(pair.Low * part, pair.High * part);
    }
}
