using Governance.Audit.Data;

namespace Governance.Audit.Specs;

/// <summary>Refusals that name the place in a spec.</summary>
internal static class SpecFault
{
    /// <summary>A refusal at a node.</summary>
    /// <param name="node">Where.</param>
    /// <param name="sentence">What is wrong; with a full stop.</param>
    public static InputException At(SpecNode node, string sentence) => At(node.Line, node.Column, sentence);

    /// <summary>A refusal at a place.</summary>
    /// <param name="line">Counted from 1.</param>
    /// <param name="column">Counted from 1.</param>
    /// <param name="sentence">What is wrong; with a full stop.</param>
    public static InputException At(long line, long column, string sentence) =>
        new($"The spec, line {line}, column {column}: {sentence}") { Line = line };

    /// <summary>The known word that a person probably meant, or null.</summary>
    public static string? Nearest(string written, IEnumerable<string> known)
    {
        string? nearest = known.MinBy(word => Distance(written, word));
        return nearest is not null && Distance(written, nearest) <= Math.Max(1, nearest.Length / 3) ? nearest : null;
    }

    // Levenshtein's distance, letters of either case alike.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 0; i < a.Length && i < 100; i++)
        {
            int corner = row[0]++;
            for (int j = 0; j < b.Length; j++)
            {
                int replaced = corner + (char.ToLowerInvariant(a[i]) == char.ToLowerInvariant(b[j]) ? 0 : 1);
                corner = row[j + 1];
                row[j + 1] = Math.Min(replaced, Math.Min(row[j], row[j + 1]) + 1);
            }
        }

        return row[^1];
    }
}
