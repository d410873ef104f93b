namespace Governance.Bench;

/// <summary>A Markdown table on standard output, so that a result can be committed as it was printed.</summary>
internal sealed class ResultTable
{
    private readonly int width;

    /// <summary>Prints the head.</summary>
    public ResultTable(params string[] columns)
    {
        width = columns.Length;
        Console.WriteLine($"{Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}, medians of {Measurement.Runs}");
        Console.WriteLine();
        Row(columns);
        Row([.. columns.Select((_, i) => i == 0 ? "---" : "---:")]);
    }

    /// <summary>Prints a row.</summary>
    public void Row(params string[] cells)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, width);
        Console.WriteLine($"| {string.Join(" | ", cells)} |");
    }
}
