using System.Text.RegularExpressions;
using Governance.Audit.Findings;
using Governance.Registry.Datasets;

namespace Governance.Portal.Features.Datasets;

/// <summary>Columns of a wide table that stand side by side, are named by number, and are described as one.</summary>
/// <param name="First">The place of the first, from 0.</param>
/// <param name="Count">How many, at least 1.</param>
internal sealed partial record ColumnRun(int First, int Count)
{
    /// <summary>Tables with at most so many columns are described column by column.</summary>
    public const int MostSingle = 200;

    private const int Least = 20; // a person can describe fewer one by one

    /// <summary>Runs of columns whose names differ in their numbers alone (px_0_0, px_0_1 …) and which <paramref name="alike"/> does not tell apart.</summary>
    /// <param name="names">All columns in order.</param>
    /// <param name="alike">Whether the columns at two places may be described as one.</param>
    /// <returns>Every column is in exactly one run; all alone where there are at most <see cref="MostSingle"/>.</returns>
    public static IReadOnlyList<ColumnRun> Of(IReadOnlyList<string> names, Func<int, int, bool> alike)
    {
        List<ColumnRun> runs = [];
        string?[] stems = [.. names.Select(name => names.Count > MostSingle && Digits().IsMatch(name) ? Digits().Replace(name, "0") : null)];
        for (int first = 0, next; first < names.Count; first = next)
        {
            next = first + 1;
            while (next < names.Count && stems[first] is not null && stems[next] == stems[first] && alike(first, next))
            {
                next++;
            }

            runs.AddRange(next - first >= Least ? [new ColumnRun(first, next - first)] : Enumerable.Range(first, next - first).Select(place => new ColumnRun(place, 1)));
        }

        return runs;
    }

    /// <summary>The same for the columns of a registered data set: alike are those with one kind, role and meaning.</summary>
    public static IReadOnlyList<ColumnRun> Of(IReadOnlyList<DatasetColumn> columns) => Of(
        [.. columns.Select(column => column.Name)],
        (a, b) => columns[a].Kind == columns[b].Kind && columns[a].Role == columns[b].Role && columns[a].Personal == columns[b].Personal
            && columns[a].Subject == columns[b].Subject && columns[a].Missing.SequenceEqual(columns[b].Missing));

    /// <summary>The columns in words: the name, or the first and last name and their number.</summary>
    public string Words(IReadOnlyList<string> names) =>
        Count == 1 ? names[First] : $"{names[First]} to {names[First + Count - 1]} ({PlainNumbers.Count(Count)} columns)";

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
