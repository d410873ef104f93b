namespace Governance.Audit.Findings;

/// <summary>Several words as one part of a sentence.</summary>
public static class PlainLists
{
    /// <summary>"a", "a and b" or "a, b and c".</summary>
    /// <param name="words">At least one.</param>
    /// <exception cref="ArgumentException">There is no word.</exception>
    public static string And(IReadOnlyList<string> words) => Joined(words, "and");

    /// <summary>"a", "a or b" or "a, b or c".</summary>
    /// <param name="words">At least one.</param>
    /// <exception cref="ArgumentException">There is no word.</exception>
    public static string Or(IReadOnlyList<string> words) => Joined(words, "or");

    private static string Joined(IReadOnlyList<string> words, string last)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentOutOfRangeException.ThrowIfZero(words.Count, nameof(words));
        return words.Count == 1 ? words[0] : $"{string.Join(", ", words.SkipLast(1))} {last} {words[^1]}";
    }
}
