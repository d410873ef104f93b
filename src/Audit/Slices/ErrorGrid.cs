using Governance.Audit.Data;
using Governance.Audit.Statistics;

namespace Governance.Audit.Slices;

/// <summary>A metric over two columns, cell by cell: cells that stand out on one half of the rows are judged on the other.</summary>
/// <param name="First">The column whose parts are the rows of the grid.</param>
/// <param name="Second">The column whose parts are its columns.</param>
/// <param name="Cells">The cells that hold rows, by row and then by column.</param>
/// <param name="Discovery">All rows of the half that is looked at.</param>
/// <param name="HeldOut">All rows of the half that confirms.</param>
/// <param name="Metric">error_rate, log_loss, squared_error, fpr or fnr.</param>
/// <param name="Seed">Cut the rows into halves.</param>
public sealed record ErrorGrid(
    GridAxis First, GridAxis Second, IReadOnlyList<GridCell> Cells, SliceFigure Discovery, SliceFigure HeldOut, string Metric, int Seed)
{
    /// <summary>Measures.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="rows">What is measured of the same rows.</param>
    /// <param name="first">A column.</param>
    /// <param name="second">Another one.</param>
    /// <param name="parts">Ranges a column of numbers is cut into at most, in [2, 12].</param>
    /// <param name="leastRows">A cell of fewer rows in either half gets no verdict; a level of fewer is not named.</param>
    /// <param name="options">Seed, shares, level and alpha.</param>
    /// <exception cref="InputException">A column is missing or measured with, both are the same, or one cannot part the rows.</exception>
    public static ErrorGrid Of(Table table, SliceRows rows, string first, string second, int parts, int leastRows, SliceOptions options)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        if (first == second || rows.Used.Contains(first) || rows.Used.Contains(second))
        {
            throw new InputException("A grid needs two different columns that the metric does not use.");
        }

        List<SkippedColumn> skipped = [];
        IReadOnlyList<CodedColumn> columns = CodeColumns.Of(table, [first, second], parts, leastRows, skipped);
        if (skipped is [SkippedColumn none, ..])
        {
            throw new InputException($"The column '{none.Column}' cannot part the rows: {none.Reason}.") { Column = none.Column };
        }

        (int[] found, int[] heldOut) = SplitRows.Of(rows, options.DiscoveryShare, options.Seed);
        (SliceSums[,] seen, SliceSums all) = Sum(columns, rows, found);
        (SliceSums[,] other, SliceSums rest) = Sum(columns, rows, heldOut);
        bool isRate = rows.Metric.IsRate();
        List<GridCell> cells = [];
        for (int a = 0; a < columns[0].Slots; a++)
        {
            for (int b = 0; b < columns[1].Slots; b++)
            {
                if (seen[a, b].Rows + other[a, b].Rows > 0)
                {
                    cells.Add(Cell(columns, a, b, seen[a, b], all, other[a, b], rest, isRate, rows.Weights is not null, leastRows, options));
                }
            }
        }

        return new ErrorGrid(
            Axis(columns[0]), Axis(columns[1]), Adjusted(cells, options.Alpha), ConfirmSlices.Figure(all, isRate, options.Level),
            ConfirmSlices.Figure(rest, isRate, options.Level), rows.Metric.Name(), options.Seed);
    }

    private static (SliceSums[,] Cells, SliceSums All) Sum(IReadOnlyList<CodedColumn> columns, SliceRows rows, int[] taken)
    {
        SliceSums[,] cells = new SliceSums[columns[0].Slots, columns[1].Slots];
        SliceSums all = default;
        foreach (int row in taken)
        {
            double weight = rows.Weights is null ? 1 : rows.Weights[row];
            cells[columns[0].Codes[row], columns[1].Codes[row]].Add(rows.Losses[row], weight);
            all.Add(rows.Losses[row], weight);
        }

        return (cells, all);
    }

    private static GridCell Cell(
        IReadOnlyList<CodedColumn> columns, int a, int b, SliceSums seen, SliceSums all, SliceSums other, SliceSums rest, bool isRate,
        bool weighted, int leastRows, SliceOptions options)
    {
        bool suspect = seen.Rows >= leastRows && other.Rows >= leastRows && seen.Mean > (all - seen).Mean;
        (double[]? interval, double? p) = suspect ? ConfirmSlices.Compare(other, rest - other, isRate, weighted, options.Level) : (null, null);
        return new GridCell(
            a, b, $"{columns[0].Text(1UL << a)} and {columns[1].Text(1UL << b)}", ConfirmSlices.Figure(seen, isRate, options.Level),
            ConfirmSlices.Figure(other, isRate, options.Level), suspect ? other.Mean - (rest - other).Mean : double.NaN, interval, p, Confirmed: false);
    }

    // Only what stood out where it was looked at is tested, and only those tests are adjusted.
    private static IReadOnlyList<GridCell> Adjusted(List<GridCell> cells, double alpha)
    {
        double[] adjusted = MultipleTests.BenjaminiHochberg([.. cells.Where(cell => cell.AdjustedPValue is not null).Select(cell => cell.AdjustedPValue!.Value)]);
        int next = 0;
        return
        [
            .. cells.Select(cell => cell.AdjustedPValue is null ? cell : Judged(cell, adjusted[next++])),
        ];

        GridCell Judged(GridCell cell, double p) => cell with { AdjustedPValue = p, Confirmed = p <= alpha && cell.Difference > 0 };
    }

    private static GridAxis Axis(CodedColumn column) => new(column.Name, [.. Enumerable.Range(0, column.Slots).Select(slot => column.Text(1UL << slot))]);
}

/// <summary>One side of a grid.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Parts">Shape [parts]: each as a condition in the language of cohorts; the last two are rare levels and missing cells.</param>
public sealed record GridAxis(string Column, IReadOnlyList<string> Parts);

/// <summary>A cell of a grid.</summary>
/// <param name="First">The index of its part of the first column.</param>
/// <param name="Second">The index of its part of the second column.</param>
/// <param name="Where">Both as a condition in the language of cohorts.</param>
/// <param name="Discovery">The metric on the half that is looked at.</param>
/// <param name="HeldOut">The metric on the half that confirms.</param>
/// <param name="Difference">Held out: the cell less the rest; NaN where it was not tested.</param>
/// <param name="DifferenceInterval">[low, high] of it, or null.</param>
/// <param name="AdjustedPValue">Of no difference, adjusted by Benjamini and Hochberg over the cells tested; null for a cell that did not stand out or has too few rows.</param>
/// <param name="Confirmed">Whether the held-out half agrees: worse than the rest, adjusted p value at most alpha.</param>
public sealed record GridCell(
    int First, int Second, string Where, SliceFigure Discovery, SliceFigure HeldOut, double Difference,
    IReadOnlyList<double>? DifferenceInterval, double? AdjustedPValue, bool Confirmed);
