using System.Globalization;
using Governance.Audit.Inference;

namespace Governance.Portal.Features.Models;

/// <summary>The first rows of a prediction as a table for people.</summary>
internal static class PredictionTable
{
    private const int MaxRows = 10;
    private const int MaxColumns = 12;

    /// <summary>Writes it.</summary>
    /// <param name="people">Where to.</param>
    /// <param name="prediction">All rows.</param>
    /// <param name="provider">Where the model ran.</param>
    /// <param name="seconds">Wall time.</param>
    public static void Write(TextWriter people, Prediction prediction, string provider, double seconds)
    {
        int rows = prediction.Outputs[0].Rows;
        List<string[]> columns = [["row", .. Enumerable.Range(0, Math.Min(rows, MaxRows)).Select(row => row.ToString())]];
        foreach (OutputValues output in prediction.Outputs)
        {
            for (int i = 0; i < output.Width && columns.Count <= MaxColumns; i++)
            {
                columns.Add([Header(output, i), .. Enumerable.Range(0, Math.Min(rows, MaxRows)).Select(row => Cell(output, row, i))]);
            }
        }

        int[] widths = [.. columns.Select(column => column.Max(cell => cell.Length))];
        for (int line = 0; line < columns[0].Length; line++)
        {
            people.WriteLine(string.Join("  ", columns.Select((column, i) => column[line].PadLeft(widths[i]))));
        }

        int all = prediction.Outputs.Sum(output => output.Width);
        string more = rows > MaxRows || all > MaxColumns ? $"{Math.Min(rows, MaxRows)} of {rows:N0} rows, {Math.Min(all, MaxColumns)} of {all} columns shown; " : "";
        people.WriteLine($"{more}{rows:N0} rows in {seconds.ToString("0.000", CultureInfo.InvariantCulture)} s on {provider}.");
    }

    private static string Header(OutputValues output, int column) =>
        output.Width == 1 ? output.Name : $"{output.Name}[{output.Classes?[column] ?? column.ToString()}]";

    private static string Cell(OutputValues output, int row, int column) =>
        output.Texts is string[] texts ? texts[(row * output.Width) + column]
        : output.Numbers![(row * output.Width) + column].ToString("G6", CultureInfo.InvariantCulture);
}
