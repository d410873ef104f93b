using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Statistics;

namespace Governance.Audit.Fairness;

/// <summary>Scores rows again with the protected attribute changed, and nothing else.</summary>
/// <remarks>
/// A test of direct use: what the model does with the attribute itself. It says nothing of what goes by way of other columns
/// (<see cref="ProxySearch"/> does), and a row with a level that it could not have is a question to the model, not a person.
/// </remarks>
public static class MeasureFlips
{
    /// <summary>The most rows scored; of more, so many are drawn.</summary>
    public const int MostRows = 20_000;

    /// <summary>The most levels put in; of more, the most frequent ones.</summary>
    public const int MostLevels = 20;

    /// <summary>Measures one attribute.</summary>
    /// <param name="table">Readable rows, at least one with the attribute.</param>
    /// <param name="attribute">The column's name.</param>
    /// <param name="modelColumns">The columns that the model reads.</param>
    /// <param name="decide">Runs the model on rows.</param>
    /// <param name="favourable">The outcome that a person wants.</param>
    /// <param name="options">Level and seed.</param>
    /// <param name="cancellationToken">Stops between levels.</param>
    /// <exception cref="InputException">The column is missing, is empty or has too many levels.</exception>
    public static FlipReport Run(
        Table table, string attribute, IReadOnlyCollection<string> modelColumns, Func<Table, Decisions> decide, string favourable,
        FairnessOptions options, CancellationToken cancellationToken)
    {
        Levels all = Levels.Of(table.Need(attribute));
        int[] known = [.. Enumerable.Range(0, table.Rows).Where(row => Code(all, row) >= 0)];
        if (known.Length == 0)
        {
            throw new InputException($"The protected column '{attribute}' is empty.") { Column = attribute };
        }

        Table rows = table.Take(FeatureRows.Sample(known, MostRows, options.Seed));
        Levels own = Levels.Of(rows.Need(attribute));
        int[] codes = own.Codes.ToArray();
        bool isInput = modelColumns.Contains(attribute);
        bool[] changed = new bool[codes.Length];
        MeanEstimate moved = default;
        List<FlipLevel> to = [];
        if (isInput)
        {
            Decisions before = decide(rows);
            foreach (int level in Frequent(codes, own.Names.Count))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Decisions after = decide(Replaced(rows, attribute, own.Names[level]));
                to.Add(Compare(own.Names[level], codes, level, before, after, favourable, options.Level, changed, ref moved));
            }
        }

        Interval share = WilsonInterval.Compute((double)changed.Count(flip => flip) / codes.Length, codes.Length, options.Level);
        return new FlipReport
        {
            IsInput = isInput,
            Rows = codes.Length,
            Rate = (double)changed.Count(flip => flip) / codes.Length,
            Interval = isInput ? share.ToArray() : [0, 0],
            MeanScoreChange = double.IsNaN(moved.Value) ? null : moved.Value,
            To = to,
            Groups = [.. own.Names.Select((name, code) => Group(name, code, codes, changed, options.Level))],
        };
    }

    private static int Code(Levels levels, int row) => levels.Codes[row];

    private static IEnumerable<int> Frequent(int[] codes, int levels) =>
        Enumerable.Range(0, levels).OrderByDescending(level => codes.Count(code => code == level)).Take(MostLevels).Order();

    // A level by its name, as a column of the kind that the file has.
    private static Table Replaced(Table rows, string attribute, string level) => new([.. rows.Columns.Select(column =>
        column.Name != attribute ? column
        : column is NumberColumn ? new NumberColumn(attribute, [.. Enumerable.Repeat(
            double.Parse(level, System.Globalization.CultureInfo.InvariantCulture), rows.Rows)])
        : new TextColumn(attribute, new int[rows.Rows], [level]))]);

    private static FlipLevel Compare(
        string name, int[] codes, int level, Decisions before, Decisions after, string favourable, double confidence, bool[] changed,
        ref MeanEstimate moved)
    {
        (int count, int better, int worse) = (0, 0, 0);
        MeanEstimate signed = default;
        int flips = 0;
        for (int row = 0; row < codes.Length; row++)
        {
            if (codes[row] == level)
            {
                continue;
            }

            count++;
            bool was = before.Predicted?[row] == favourable;
            bool isNow = after.Predicted?[row] == favourable;
            bool flipped = before.Predicted?[row] != after.Predicted?[row];
            flips += flipped ? 1 : 0;
            changed[row] |= flipped;
            better += !was && isNow ? 1 : 0;
            worse += was && !isNow ? 1 : 0;
            if ((before.Scores ?? before.Values) is double[] old && (after.Scores ?? after.Values) is double[] now)
            {
                signed.Add(now[row] - old[row], 1);
                moved.Add(Math.Abs(now[row] - old[row]), 1);
            }
        }

        double rate = count == 0 ? 0 : (double)flips / count;
        return new FlipLevel(
            name, count, rate, count == 0 ? null : WilsonInterval.Compute(rate, count, confidence).ToArray(),
            count == 0 ? 0 : (double)better / count, count == 0 ? 0 : (double)worse / count, double.IsNaN(signed.Value) ? null : signed.Value);
    }

    private static FlipGroup Group(string name, int code, int[] codes, bool[] changed, double level)
    {
        int count = codes.Count(own => own == code);
        int flips = codes.Where((own, row) => own == code && changed[row]).Count();
        double rate = count == 0 ? 0 : (double)flips / count;
        return new FlipGroup(name, count, rate, count == 0 ? null : WilsonInterval.Compute(rate, count, level).ToArray());
    }
}
