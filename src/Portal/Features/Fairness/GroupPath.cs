using System.Globalization;
using Governance.Audit.Data;

namespace Governance.Portal.Features.Fairness;

/// <summary>Which groups were gone into, one a column: "2.0" is the third level of the first column and the first of the second.</summary>
/// <param name="Levels">The levels gone into, in the order of the columns.</param>
internal sealed record GroupPath(IReadOnlyList<int> Levels)
{
    /// <summary>Reads what an address says; what does not fit the columns ends the path.</summary>
    /// <param name="text">As asked, or null.</param>
    /// <param name="columns">The groups of each column; one at least is left to look at.</param>
    public static GroupPath Read(string? text, IReadOnlyList<Levels> columns)
    {
        List<int> levels = [];
        foreach (string part in (text ?? "").Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (levels.Count >= columns.Count - 1 || !int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int level)
                || level >= columns[levels.Count].Names.Count)
            {
                break;
            }

            levels.Add(level);
        }

        return new GroupPath(levels);
    }

    /// <summary>The path one level further, or one that ends earlier, as an address says it.</summary>
    public static string Text(IEnumerable<int> levels) => string.Join('.', levels.Select(level => level.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The rows that belong to every group gone into, ascending.</summary>
    public int[] Rows(IReadOnlyList<Levels> columns, int rows) =>
        [.. Enumerable.Range(0, rows).Where(row => Levels.Select((level, column) => columns[column].Codes[row] == level).All(fits => fits))];
}
