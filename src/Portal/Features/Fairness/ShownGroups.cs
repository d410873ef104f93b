using Governance.Audit.Data;
using Governance.Audit.Privacy;
using Governance.Portal.Features.Performance;
using Governance.Registry.Artifacts;

namespace Governance.Portal.Features.Fairness;

/// <summary>Which groups of an attribute one person may see figures of, in the part of the data that they look at.</summary>
internal sealed class ShownGroups(ShowCohorts register)
{
    /// <summary>Decides.</summary>
    /// <param name="live">The rows and who looks.</param>
    /// <param name="levels">The groups of the rows that are looked at.</param>
    /// <param name="columns">The protected columns that were crossed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null for all groups.</returns>
    /// <exception cref="InputException">With what was shown before, groups of this part would tell of a handful of rows.</exception>
    public async Task<IReadOnlySet<string>?> OfAsync(LiveView live, Levels levels, IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        if (live.Fewest <= 1)
        {
            return null;
        }

        int[] counts = new int[levels.Names.Count];
        foreach (int code in levels.Codes)
        {
            if (code >= 0)
            {
                counts[code]++;
            }
        }

        // Three columns crossed have sums along each of them, which one line of counts does not protect: all or none are shown.
        bool[] hidden = columns.Count > 1 && counts.Any(count => count > 0 && count < live.Fewest)
            ? [.. counts.Select(_ => true)]
            : SuppressTable.Run(counts, live.Fewest);
        if (live.Taken is int[] rows && !await register.ByGroupAsync(
            live.View.Viewer.Person, new ArtifactDigest(live.Shown.Document.Data.First(data => data.Role == "evaluation").Digest), live.Rows.Data, live.Part.Where!, rows,
            [Crossed(live.Rows.Data, columns)], live.Fewest, cancellationToken))
        {
            throw new InputException($"Groups of this cohort are not shown to your role: with what you were shown before they would tell of fewer than {live.Fewest} rows.");
        }

        return levels.Names.Where((_, code) => !hidden[code]).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The groups of a table's rows.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="columns">At least one; several are crossed.</param>
    /// <exception cref="InputException">A column is missing, or there are too many groups.</exception>
    public static Levels Of(Table table, IReadOnlyList<string> columns)
    {
        Levels[] levels = [.. columns.Select(name => Levels.Of(table.Need(name)))];
        return levels.Length == 1 ? levels[0] : Levels.Cross(levels);
    }

    private static TextColumn Crossed(Table table, IReadOnlyList<string> columns)
    {
        Levels levels = Of(table, columns);
        return TextColumn.Of(levels.Name, [.. Enumerable.Range(0, table.Rows).Select(row => levels.Codes[row] < 0 ? null : levels.Names[levels.Codes[row]])]);
    }
}
