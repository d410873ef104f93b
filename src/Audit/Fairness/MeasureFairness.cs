using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Audit.Performance;

namespace Governance.Audit.Fairness;

/// <summary>Measures how predictions treat groups: from columns to a report. Pure and deterministic.</summary>
/// <remarks>
/// Rates are weighted shares. A rate of a group without rows to take it of is undefined there, never 0, and the report
/// names the group. A row without a label counts towards selection rates and mean scores alone; a row without a group
/// counts overall but in no group. With <c>Positive</c> the class that TPR, FPR and PPV refer to and <c>Favourable</c> the
/// wanted outcome, <c>selection_rate</c> and <c>favourable_…</c> refer to the latter.
/// </remarks>
public static class MeasureFairness
{
    /// <summary>The most sets of protected columns, single ones and intersections, that one audit measures.</summary>
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
        (Table kept, MeasuredRows rows) = ReadMeasuredRows.From(table, columns, options.Task, warn);
        Levels[] attributes = [.. options.Protected.Select(name => Levels.Of(kept.Need(name)))];
        Levels? control = options.Control.Count == 0 ? null : Crossed([.. options.Control.Select(name => Levels.Of(kept.Need(name)))]);
        FairnessReport report = Measure(rows, attributes, control, options, warn, cancellationToken);
        Column[] features = OtherColumns(kept, columns, options);
        return report with
        {
            Attributes = [.. report.Attributes.Select(attribute => attribute with
            {
                Proxies = options.Proxies && attributes.FirstOrDefault(levels => levels.Name == attribute.Attribute) is Levels single
                    ? ProxySearch.Run(features, single, options.Level, options.Seed, cancellationToken) : null,
            })],
            Consistency = options.Neighbours > 0 && rows is BinaryRows binary ? Alike(features, binary, options, cancellationToken) : null,
            Slices = [.. Slices(kept, rows, attributes, control, options, cancellationToken)],
        };
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
        CancellationToken cancellationToken) =>
        Measure(new BinaryRows(decisions, true), attributes, null, options, warn, cancellationToken);

    private static FairnessReport Measure(
        MeasuredRows rows, IReadOnlyList<Levels> attributes, Levels? control, FairnessOptions options, Action<AuditWarning> warn,
        CancellationToken cancellationToken)
    {
        CheckFairness.Options(rows, attributes, options);
        GroupFigures overall = rows.Count([], [""])[0];
        MeasureAttribute measure = new(rows, overall, options, warn);
        List<AttributeFairness> measured = [];
        foreach (IReadOnlyList<Levels> members in AttributeSets.Of(attributes, options.Intersections, warn))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Levels groups = Crossed(members);
            AttributeFairness attribute = measure.Run(groups, members, cancellationToken);
            measured.Add(control is null ? attribute : attribute with { Stratified = StratifiedTests.Of(rows, groups, control, options) });
        }

        return new FairnessReport
        {
            Positive = rows.Positive,
            Favourable = rows.Favourable,
            Task = options.Task,
            Interval = options.Interval,
            Attributes = measured,
            Overall = Overall(rows, overall, options, cancellationToken),
            SkippedRows = new SkippedRows(MissingGroup(rows.Rows, attributes), rows.MissingLabels),
            Inequality = rows is BinaryRows { HasDecisions: true } binary ? OutcomeInequality.Of(binary.Decisions) : null,
        };
    }

    private static GroupMetrics Overall(MeasuredRows rows, GroupFigures overall, FairnessOptions options, CancellationToken cancellationToken)
    {
        GroupBootstrap? bootstrap = options.Interval == FairnessInterval.Wilson ? null
            : rows.Bootstrap(new int[rows.Rows], [""], MeasureAttribute.Bootstrapped(options), cancellationToken);
        return overall.ToMetrics((metric, figure) => bootstrap?.Of(0, metric, figure.Value) ?? figure.Interval(options.Level));
    }

    // The same questions within each level of the control columns, and within each cohort.
    private static IEnumerable<FairnessSlice> Slices(
        Table table, MeasuredRows rows, Levels[] attributes, Levels? control, FairnessOptions options, CancellationToken cancellationToken)
    {
        FairnessOptions own = options with { Control = [], Cohorts = new Dictionary<string, string>() };
        for (int level = 0; level < (control?.Names.Count ?? 0); level++)
        {
            int[] inside = [.. Enumerable.Range(0, table.Rows).Where(row => Code(control!, row) == level)];
            yield return new FairnessSlice($"control: {control!.Name}={control.Names[level]}", Slice(inside));
        }

        foreach ((string name, string condition) in options.Cohorts)
        {
            int[] inside = Cohort.Parse(condition).Rows(table);
            yield return inside.Length > 0
                ? new FairnessSlice($"cohort: {name}", Slice(inside))
                : throw new InputException($"No row fulfils the condition of the cohort '{name}': {condition}.");
        }

        // Warnings of small groups would repeat in each slice; the slice itself names them.
        FairnessReport Slice(int[] inside)
        {
            Table part = table.Take(inside);
            Levels[] known = [.. attributes.Select(attribute => Levels.Of(part.Need(attribute.Name))).Where(levels => levels.Names.Count > 0)];
            FairnessOptions slice = own with
            {
                Protected = [.. known.Select(levels => levels.Name)],
                ReferenceGroups = own.ReferenceGroups.Where(pair => known.Any(levels => levels.Name == pair.Key && levels.IndexOf(pair.Value) >= 0))
                    .ToDictionary(pair => pair.Key, pair => pair.Value),
            };
            return Measure(rows.Take(inside), known, null, slice, _ => { }, cancellationToken);
        }
    }

    private static int Code(Levels levels, int row) => levels.Codes[row];

    private static Levels Crossed(IReadOnlyList<Levels> members) => members.Count == 1 ? members[0] : Levels.Cross(members);

    private static Column[] OtherColumns(Table table, DecisionColumns columns, FairnessOptions options)
    {
        HashSet<string?> used = [columns.Label, columns.Prediction, columns.Score, columns.Weight, .. options.Protected];
        return [.. table.Columns.Where(column => !used.Contains(column.Name))];
    }

    private static ConsistencyReport? Alike(Column[] features, BinaryRows rows, FairnessOptions options, CancellationToken cancellationToken)
    {
        int[] drawn = FeatureRows.Sample([.. Enumerable.Range(0, rows.Rows)], Consistency.MostRows, options.Seed);
        if (!rows.HasDecisions || drawn.Length < options.Neighbours || features.Length == 0
            || FeatureRows.Make([.. features.Select(column => column.Take(drawn))]) is not { } numbers)
        {
            return null;
        }

        double[] predictions = Array.ConvertAll(drawn, row => (double)rows.Decisions.Prediction[row]);
        return Consistency.Of(numbers.Values, predictions, options.Neighbours, options.Level, rows.Rows, cancellationToken);
    }

    private static int MissingGroup(int rows, IReadOnlyList<Levels> attributes)
    {
        int missing = 0;
        for (int row = 0; row < rows; row++)
        {
            foreach (Levels attribute in attributes)
            {
                if (attribute.Codes[row] < 0)
                {
                    missing++;
                    break;
                }
            }
        }

        return missing;
    }
}
