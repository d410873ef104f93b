using Governance.Audit.Data;
using Governance.Audit.Performance;
using Governance.Audit.Statistics;

namespace Governance.Audit.Fairness;

/// <summary>Measures how a binary decision treats groups: from columns to a report. Pure and deterministic.</summary>
/// <remarks>
/// Rates are weighted shares. A rate of a group without rows to take it of is undefined there, never 0, and the report
/// names the group. A row without a label counts towards selection rates and mean scores alone; a row without a group
/// counts overall but in no group. With <c>Positive</c> the class that TPR, FPR and PPV refer to and <c>Favourable</c> the
/// wanted outcome, <c>selection_rate</c> and <c>favourable_…</c> refer to the latter.
/// </remarks>
public static class MeasureFairness
{
    /// <summary>The most intersections of protected columns measured at once.</summary>
    public const int MostIntersections = 64;

    /// <summary>Reads the columns of a table and measures.</summary>
    /// <param name="table">Readable rows, at least one.</param>
    /// <param name="columns">Which columns hold labels, predictions, scores and weights.</param>
    /// <param name="options">Protected columns and how they are compared.</param>
    /// <param name="warn">Receives what a reader of the report must know.</param>
    /// <param name="cancellationToken">Stops between attributes.</param>
    /// <exception cref="InputException">A column is missing or cannot serve, or a class or group does not occur.</exception>
    public static FairnessReport Run(
        Table table, DecisionColumns columns, FairnessOptions options, Action<AuditWarning> warn, CancellationToken cancellationToken)
    {
        DecisionTable read = ReadDecisions.From(table, columns, warn);
        Levels[] attributes = [.. options.Protected.Select(name => Levels.Of(read.Table.Need(name)))];
        return Run(read.Decisions, attributes, options, warn, cancellationToken);
    }

    /// <summary>Measures decisions by attributes of the same rows.</summary>
    /// <param name="decisions">Labels, predictions, scores and weights.</param>
    /// <param name="attributes">The protected attributes, in the order of <see cref="FairnessOptions.Protected"/>.</param>
    /// <param name="options">How they are compared.</param>
    /// <param name="warn">Receives what a reader of the report must know.</param>
    /// <param name="cancellationToken">Stops between attributes.</param>
    /// <exception cref="InputException">No rows, no attribute, or a reference group that does not occur.</exception>
    public static FairnessReport Run(
        BinaryDecisions decisions, IReadOnlyList<Levels> attributes, FairnessOptions options, Action<AuditWarning> warn,
        CancellationToken cancellationToken)
    {
        CheckOptions(decisions, attributes, options);
        int[] order = RankOrder.Ascending(decisions.Score);
        GroupOutcomes overall = Count(decisions, order, [], [""])[0];
        List<AttributeFairness> measured = [];
        foreach (IReadOnlyList<Levels> members in Sets(attributes, options.Intersections))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Levels groups = members.Count == 1 ? members[0] : Levels.Cross(members);
            IReadOnlyList<GroupOutcomes> counted = Count(decisions, order, groups.Codes, groups.Names);
            measured.Add(MeasureAttribute.Of(groups.Name, members, counted, overall, decisions, options, warn));
        }

        return new FairnessReport
        {
            Positive = decisions.Positive,
            Favourable = decisions.Favourable,
            Attributes = measured,
            Overall = overall.ToMetrics(options.Level, !decisions.Score.IsEmpty),
            SkippedRows = Skipped(decisions, attributes),
        };
    }

    private static void CheckOptions(BinaryDecisions decisions, IReadOnlyList<Levels> attributes, FairnessOptions options)
    {
        if (decisions.Rows == 0)
        {
            throw new InputException("There are no rows to measure.");
        }

        if (attributes.Count == 0 || attributes.DistinctBy(attribute => attribute.Name).Count() < attributes.Count)
        {
            throw new InputException("Name at least one protected column, and each once.");
        }

        if (attributes.FirstOrDefault(attribute => attribute.Names.Count == 0) is Levels empty)
        {
            throw new InputException($"The protected column '{empty.Name}' is empty.") { Column = empty.Name };
        }

        if (!(options.Level > 0 && options.Level < 1))
        {
            throw new InputException("The level of intervals must lie between 0 and 1.");
        }

        if (options.MinGroup < 0)
        {
            throw new InputException("The least rows of a group cannot be negative.");
        }

        if (options.Intersections && attributes.Count > 6)
        {
            throw new InputException($"More than {MostIntersections} intersections: name at most six protected columns.");
        }

        foreach ((string column, string group) in options.ReferenceGroups)
        {
            Levels known = attributes.FirstOrDefault(attribute => attribute.Name == column)
                ?? throw new InputException($"The reference group '{column}={group}' is of no protected column.");
            if (known.IndexOf(group) < 0)
            {
                throw new InputException($"The reference group '{group}' does not occur in '{column}'.") { Column = column };
            }
        }
    }

    // Single attributes first, then pairs, then triples, each in the order asked for.
    private static IEnumerable<IReadOnlyList<Levels>> Sets(IReadOnlyList<Levels> attributes, bool intersections) =>
        Enumerable.Range(1, (1 << attributes.Count) - 1)
            .Select(mask => attributes.Where((_, i) => (mask >> i & 1) == 1).ToArray())
            .Where(set => set.Length == 1 || intersections)
            .OrderBy(set => set.Length);

    private static GroupOutcomes[] Count(
        BinaryDecisions decisions, ReadOnlySpan<int> order, ReadOnlySpan<int> codes, IReadOnlyList<string> names)
    {
        Outcomes[] outcomes = new Outcomes[names.Count];
        CountOutcomes.Compute(decisions.Label, decisions.Prediction, decisions.Weight, codes, outcomes);
        AucEstimate[] areas = new AucEstimate[names.Count];
        RocAuc.Compute(order, decisions.Score, decisions.Label, decisions.Weight, codes, areas);
        MeanEstimate[] means = new MeanEstimate[names.Count];
        for (int row = 0; row < decisions.Score.Length; row++)
        {
            int code = codes.IsEmpty ? 0 : codes[row];
            if (code >= 0 && !double.IsNaN(decisions.Score[row]))
            {
                means[code].Add(decisions.Score[row], decisions.Weight.IsEmpty ? 1 : decisions.Weight[row]);
            }
        }

        return [.. names.Select((name, i) =>
            new GroupOutcomes(name, outcomes[i], decisions.FavourableIsPositive, means[i], areas[i]))];
    }

    private static SkippedRows Skipped(BinaryDecisions decisions, IReadOnlyList<Levels> attributes)
    {
        int missingGroup = 0;
        for (int row = 0; row < decisions.Rows; row++)
        {
            foreach (Levels attribute in attributes)
            {
                if (attribute.Codes[row] < 0)
                {
                    missingGroup++;
                    break;
                }
            }
        }

        return new SkippedRows(missingGroup, decisions.Label.Count((sbyte)-1));
    }
}
