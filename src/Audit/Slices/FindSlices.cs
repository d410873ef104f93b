using Governance.Audit.Data;
using Governance.Audit.Statistics;

namespace Governance.Audit.Slices;

/// <summary>Finds parts of the data in which a model is worse than elsewhere, and confirms them on rows not looked at.</summary>
/// <remarks>Pure and deterministic: the same rows, options and seed give the same report, for any number of threads.</remarks>
public static class FindSlices
{
    /// <summary>Finds and confirms.</summary>
    /// <param name="table">The rows whose columns conditions name.</param>
    /// <param name="rows">What is measured of the same rows.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told the share done, in (0, 1]; null for nobody.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="InputException">An option is outside its range, a column is missing, or there are too few rows.</exception>
    public static SlicesReport Run(
        Table table, SliceRows rows, SliceOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        options.Check();
        (int[] found, int[] heldOut) = SplitRows.Of(rows, options.DiscoveryShare, options.Seed);
        int least = Math.Max(2, (int)Math.Ceiling(options.MinRows * options.DiscoveryShare));
        if (found.Length < 2 * least || heldOut.Length < 2)
        {
            throw new InputException(
                $"There are {found.Length + heldOut.Length:N0} rows to measure; two slices of {options.MinRows:N0} rows need more. Ask for slices of fewer rows, or bring more data.");
        }

        List<SkippedColumn> skipped = [];
        IReadOnlyList<CodedColumn> columns = CodeColumns.Of(table, ColumnsOf(table, rows, options), options.Parts, least, skipped);
        if (columns.Count == 0)
        {
            throw new InputException("No column of the data can part the rows into slices.");
        }

        DiscoveryRows discovery = new(columns, rows, found);
        double gain = SelectSlices.LeastGain(columns.Sum(Conditions));
        BeamSearch beam = new(discovery, options, least, gain);
        IReadOnlyList<SliceCandidate> refined = options.BeamSearch ? beam.Run(progress, cancellationToken) : [];
        IReadOnlyList<(SliceCandidate Slice, int? Parent, bool IsLeaf)> tree = options.ErrorTree ? ErrorTree.Grow(discovery, options.Depth, least) : [];
        IEnumerable<SliceCandidate> candidates = refined.Concat(tree.Skip(1).Select(node => node.Slice))
            .DistinctBy(slice => slice.Key).Order(WorstFirst.Instance);
        IReadOnlyList<CarriedSlice> carried = new SelectSlices(discovery, options, gain).Run(candidates, least, cancellationToken);
        DiscoveryRows rest = new(columns, rows, heldOut);
        return new SlicesReport
        {
            Metric = rows.Metric.Name(),
            Positive = rows.Positive,
            Weighted = rows.Weights is not null,
            Split = new SliceSplit(options.Seed, options.DiscoveryShare, rows.StratifiedBy, table.Rows - found.Length - heldOut.Length),
            Discovery = ConfirmSlices.Figure(discovery.All, rows.Metric.IsRate(), options.Level),
            HeldOut = ConfirmSlices.Figure(rest.All, rows.Metric.IsRate(), options.Level),
            Slices = Confirmed(carried, discovery, rest, rows, options),
            Tree = ConfirmTree.Run(tree, discovery, rest, rows, options),
            Columns = [.. columns.Select(column => column.Name)],
            Skipped = skipped,
            Evaluated = beam.Evaluated + tree.Count,
            Depth = options.Depth,
            MinRows = options.MinRows,
            Alpha = options.Alpha,
            Level = options.Level,
        };
    }

    private static IReadOnlyList<string> ColumnsOf(Table table, SliceRows rows, SliceOptions options) =>
        options.Columns.FirstOrDefault(rows.Used.Contains) is string used
            ? throw new InputException($"The column '{used}' is measured with, so no condition can name it.") { Column = used }
            : options.Columns.Count > 0 ? [.. options.Columns.Distinct(StringComparer.Ordinal)]
            : [.. table.Columns.Select(column => column.Name).Except(rows.Used, StringComparer.Ordinal)];

    // How many conditions on a column there are to try.
    private static long Conditions(CodedColumn column) => 1 + (column.IsOrdered ? column.Parts * (column.Parts + 1) / 2 : column.Parts);

    private static IReadOnlyList<WeakSlice> Confirmed(
        IReadOnlyList<CarriedSlice> carried, DiscoveryRows discovery, DiscoveryRows heldOut, SliceRows rows, SliceOptions options)
    {
        bool isRate = rows.Metric.IsRate();
        SliceSums[] sums = [.. carried.Select(each => heldOut.Sum(each.Slice.Conditions.Select(heldOut.Bits).Aggregate((a, b) => a.And(b))))];
        (double[]? Interval, double? PValue)[] tests =
            [.. sums.Select(own => ConfirmSlices.Compare(own, heldOut.All - own, isRate, rows.Weights is not null, options.Level))];
        double[] adjusted = MultipleTests.BenjaminiHochberg([.. tests.Where(test => test.PValue is not null).Select(test => test.PValue!.Value)]);
        int next = 0;
        WeakSlice[] slices = new WeakSlice[carried.Count];
        for (int i = 0; i < slices.Length; i++)
        {
            SliceCandidate slice = carried[i].Slice;
            double? p = tests[i].PValue is null ? null : adjusted[next++];
            SliceSums rest = heldOut.All - sums[i];
            double difference = sums[i].Mean - rest.Mean;
            slices[i] = new WeakSlice
            {
                Where = Where(discovery.Columns, slice),
                Conditions = [.. slice.Conditions.Select(condition => discovery.Columns[condition.Column].Text(condition.Codes))],
                Method = slice.Method,
                Discovery = ConfirmSlices.Figure(slice.Sums, isRate, options.Level),
                DiscoveryRest = (discovery.All - slice.Sums).Mean,
                HeldOut = ConfirmSlices.Figure(sums[i], isRate, options.Level),
                HeldOutRest = rest.Mean,
                Difference = difference,
                DifferenceInterval = tests[i].Interval,
                PValue = tests[i].PValue,
                AdjustedPValue = p,
                Confirmed = p <= options.Alpha && difference > 0,
                Similar = [.. carried[i].Similar.Select(each => new SimilarSlice(Where(discovery.Columns, each.Slice), each.Overlap))],
            };
        }

        return [.. slices.OrderByDescending(slice => slice.Confirmed).ThenBy(slice => slice.AdjustedPValue ?? 2).ThenByDescending(slice => slice.Difference).ThenBy(slice => slice.Where, StringComparer.Ordinal)];
    }

    private static string Where(IReadOnlyList<CodedColumn> columns, SliceCandidate slice) =>
        string.Join(" and ", slice.Conditions.Select(condition => columns[condition.Column].Text(condition.Codes)));
}
