namespace Governance.Registry.Yaml;

/// <summary>Guesses which word a person meant.</summary>
public static class ClosestWord
{
    private const int MostLetters = 100; // of a longer word the beginning is compared

    /// <summary>The known word that a person probably meant, or null.</summary>
    /// <param name="written">What they wrote.</param>
    /// <param name="known">The words that there are.</param>
    public static string? To(string written, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(written);
        string? nearest = known.MinBy(word => Distance(written, word));
        return nearest is not null && Distance(written, nearest) <= Math.Max(1, nearest.Length / 3) ? nearest : null;
    }

    // Levenshtein's distance, letters of either case alike.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 0; i < a.Length && i < MostLetters; i++)
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
