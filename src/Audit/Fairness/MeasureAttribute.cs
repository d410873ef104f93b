using Governance.Audit.Data;
using Governance.Audit.Statistics;
using Governance.Audit.Statistics.Resampling;

namespace Governance.Audit.Fairness;

/// <summary>Measures the groups of one attribute: its part of the report.</summary>
/// <param name="rows">The predictions.</param>
/// <param name="overall">All rows.</param>
/// <param name="options">How groups are compared.</param>
/// <param name="warn">Receives what a reader of the report must know.</param>
internal sealed class MeasureAttribute(MeasuredRows rows, GroupFigures overall, FairnessOptions options, Action<AuditWarning> warn)
{
    /// <summary>Measures.</summary>
    /// <param name="levels">The groups.</param>
    /// <param name="members">The attributes that they are combinations of; one for a single attribute.</param>
    /// <param name="cancellationToken">Stops between resamples.</param>
    public AttributeFairness Run(Levels levels, IReadOnlyList<Levels> members, CancellationToken cancellationToken)
    {
        IReadOnlyList<GroupFigures> groups = rows.Count(levels.Codes, levels.Names);
        GroupFigures? reference = Reference(members, groups);
        GroupFigures? compared = reference ?? Largest(levels.Name, groups);
        GroupBootstrap? bootstrap = Resampled(levels, cancellationToken);
        CriticalValues critical = new(options.Level, bootstrap);
        string[] small = [.. groups.Where(IsSmall).Select(group => group.Name)];
        UndefinedMetric[] few = [.. FewEvents(groups)];
        WarnOfGroups(levels.Name, groups, small);
        FairnessSummary summary = FairnessSummary.Of(_ => groups, overall, reference, rows, options, critical, 1);
        return new AttributeFairness
        {
            Attribute = levels.Name,
            Groups = [.. groups.Select((group, i) => group.ToMetrics((metric, figure) => IntervalOf(bootstrap, i, metric, figure)))],
            Summary = summary.Values,
            SummaryIntervals = summary.Intervals,
            SmallGroups = small,
            SupportedSummary = small.Length == 0 && few.Length == 0 ? null : Supported(groups, reference).Values,
            FewEvents = few,
            Spreads = [.. rows.Metrics.Select(metric => Spread(groups, metric, critical)).OfType<MetricSpread>()],
            Tests = new GroupComparisons(groups, rows, options, bootstrap).Against(compared),
            Undefined = [.. Undefined(groups), .. summary.Undefined],
            Impact = options.CategoryShare is double share ? CategoryImpact.Of(groups, rows.Rows, share) : null,
            Data = DataBalance.Of(groups, rows, levels, options.Level),
            Inequality = rows is BinaryRows { HasDecisions: true } binary ? GroupInequality.Of(binary.Decisions, levels) : null,
        };
    }

    /// <summary>The interval of a figure: the bootstrap's where it has one, else the closed form.</summary>
    private Interval? IntervalOf(GroupBootstrap? bootstrap, int group, string metric, Figure figure) =>
        bootstrap?.Of(group, metric, figure.Value) ?? figure.Interval(options.Level);

    private GroupBootstrap? Resampled(Levels levels, CancellationToken cancellationToken) => options.Interval == FairnessInterval.Wilson
        ? null
        : rows.Bootstrap(levels.Codes.ToArray(), levels.Names, Bootstrapped(options), cancellationToken);

    /// <summary>The bootstrap that options ask for.</summary>
    public static BootstrapOptions Bootstrapped(FairnessOptions options) => new()
    {
        Resamples = options.Resamples,
        Level = options.Level,
        Seed = options.Seed,
        Threads = options.Threads,
        Method = options.Interval == FairnessInterval.Bca ? BootstrapMethod.Bca : BootstrapMethod.Percentile,
    };

    private GroupFigures? Reference(IReadOnlyList<Levels> members, IReadOnlyList<GroupFigures> groups)
    {
        if (members.Any(member => !options.ReferenceGroups.ContainsKey(member.Name)))
        {
            return null;
        }

        // Within a slice of the data the reference group may be missing.
        int[] indexes = [.. members.Select(member => member.IndexOf(options.ReferenceGroups[member.Name]))];
        string? joined = indexes.Contains(-1) ? null : string.Join('|', members.Select((member, i) => member.Names[indexes[i]]));
        return groups.FirstOrDefault(group => group.Name == joined);
    }

    private GroupFigures? Largest(string name, IReadOnlyList<GroupFigures> groups)
    {
        if (groups.Count <= GroupComparisons.MostPaired)
        {
            return null;
        }

        GroupFigures largest = groups.MaxBy(group => group.Rows)!;
        warn(new AuditWarning(
            "reference-group-chosen",
            $"'{name}' has {groups.Count} groups; each is compared with the largest, '{largest.Name}', instead of each pair.",
            Column: name));
        return largest;
    }

    private bool IsSmall(GroupFigures group) => group.Rows < options.MinGroup;

    // Groups below the least rows or events of a figure have no say in its supported summary.
    private FairnessSummary Supported(IReadOnlyList<GroupFigures> groups, GroupFigures? reference) => FairnessSummary.Of(
        metric => groups.Where(group => !IsSmall(group) && !HasFewEvents(group[metric])), overall,
        reference is not null && !IsSmall(reference) ? reference : null, rows, options, new CriticalValues(options.Level, null), 2);

    private bool HasFewEvents(Figure figure) => figure.Kind == FigureKind.Share && figure.IsDefined && figure.Count < options.MinEvents;

    private IEnumerable<UndefinedMetric> FewEvents(IReadOnlyList<GroupFigures> groups)
    {
        foreach (string metric in rows.Tested)
        {
            string[] few = [.. groups.Where(group => !IsSmall(group) && HasFewEvents(group[metric])).Select(group => group.Name)];
            if (few.Length > 0)
            {
                yield return new UndefinedMetric(metric, few, $"it counts over fewer than {options.MinEvents} rows of the group");
            }
        }
    }

    private MetricSpread? Spread(IReadOnlyList<GroupFigures> groups, string metric, CriticalValues critical)
    {
        FigureSpread spread = new(groups, overall, metric, options.RelativeTo);
        if (!double.IsFinite(spread.Difference))
        {
            return null;
        }

        bool hasRatio = double.IsFinite(spread.Ratio) && spread.Lowest.Figure.Value >= 0;
        return new MetricSpread(
            metric, new GroupValue(spread.Lowest.Group, spread.Lowest.Figure.Value),
            new GroupValue(spread.Highest.Group, spread.Highest.Figure.Value), spread.Furthest, spread.Difference,
            Ends(spread.DifferenceInterval(critical.Of(spread.Comparisons, false, metric))), hasRatio ? spread.Ratio : null,
            hasRatio ? Ends(spread.RatioInterval(critical.Of(spread.Comparisons, true, metric))) : null);
    }

    private static double[]? Ends(Interval? interval) =>
        interval is Interval known && double.IsFinite(known.Low) && double.IsFinite(known.High) ? known.ToArray() : null;

    private void WarnOfGroups(string name, IReadOnlyList<GroupFigures> groups, string[] small)
    {
        if (groups.Count < 2)
        {
            warn(new AuditWarning("single-group", $"'{name}' has only one group: there is nothing to compare it with.", Column: name));
        }

        if (small.Length > 0)
        {
            string listed = string.Join(", ", small.Take(5).Select(group => $"'{group}'")) + (small.Length > 5 ? $" and {small.Length - 5} more" : "");
            warn(new AuditWarning(
                "small-group",
                $"'{name}' has groups of fewer than {options.MinGroup} rows ({listed}): figures that hinge on them are inconclusive.", Column: name));
        }
    }

    private IEnumerable<UndefinedMetric> Undefined(IReadOnlyList<GroupFigures> groups)
    {
        foreach (string metric in rows.Metrics)
        {
            string[] without = [.. groups.Where(group => !group[metric].IsDefined).Select(group => group.Name)];
            if (without.Length > 0)
            {
                yield return new UndefinedMetric(metric, without, rows.Reason(metric));
            }
        }
    }
}
