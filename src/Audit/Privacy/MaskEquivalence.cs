using Governance.Audit.Equivalence;
using Governance.Audit.Findings;

namespace Governance.Audit.Privacy;

/// <summary>A battery as people see it who see aggregates only. Pure.</summary>
internal static class MaskEquivalence
{
    // Lines that count every row of their group, from which its size is known.
    private static readonly string[] Whole = ["accuracy", "mae_rise"];

    /// <summary>Blanks the lines of protected columns with a group of fewer rows, and rates taken of fewer rows.</summary>
    /// <param name="report">What was sealed.</param>
    /// <param name="smallest">k: fewer rows are not shown.</param>
    /// <param name="blanked">The ids of the findings that go with blanked lines.</param>
    /// <returns>The same report where nothing is blanked.</returns>
    public static EquivalenceReport Run(EquivalenceReport report, int smallest, out IReadOnlySet<string> blanked)
    {
        HashSet<string> columns =
        [
            .. report.Lines.Where(line => line.Attribute is not null && Whole.Contains(line.Name) && line.N > 0 && line.N < smallest).Select(line => line.Attribute!),
            .. report.Groups.Where(group => group.Count > 0 && group.Count < smallest).Select(group => group.Attribute),
        ];

        // A rate of few rows tells of few rows; so does the other rate of its group, whose rows are the rest.
        HashSet<(string, string)> thin = [.. report.Lines.Where(line => line.Group is not null && line.N > 0 && line.N < smallest).Select(line => (line.Attribute!, line.Group!))];
        HashSet<string> ids = [];
        EquivalenceLine[] lines = [.. report.Lines.Select(line =>
        {
            bool hides = line.Attribute is string column && (columns.Contains(column) || (line.Name is "tpr" or "fpr" && thin.Contains((column, line.Group!))));
            if (hides)
            {
                ids.Add($"{EquivalenceFindings.Family}/{line.Id}");
            }

            return hides ? Blank(line, smallest) : line;
        })];
        blanked = ids;
        return ids.Count == 0 ? report : report with { Lines = lines, Groups = [.. report.Groups.Where(group => !columns.Contains(group.Attribute))] };
    }

    private static EquivalenceLine Blank(EquivalenceLine line, int smallest) => line with
    {
        A = null, B = null, Difference = null, Interval = null, N = 0, PValue = null, AdjustedPValue = null, NeededN = null,
        Reason = "not shown to your role",
        Sentence = $"Not shown to your role: a part of fewer than {smallest} rows is in it, or would follow from it.",
    };
}
