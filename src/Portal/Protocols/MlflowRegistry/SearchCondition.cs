namespace Governance.Portal.Protocols.MlflowRegistry;

/// <summary>One condition of a filter: an attribute or tag, a comparison, and what it is compared with.</summary>
/// <param name="IsTag">Whether <paramref name="Key"/> is a tag's.</param>
/// <param name="Key">The attribute, or the tag's key.</param>
/// <param name="Comparison">=, !=, LIKE, ILIKE, IN, and for numbers &lt;, &lt;=, &gt;, &gt;=.</param>
/// <param name="Texts">One text, or those of a list.</param>
/// <param name="Number">The number, where the attribute is one.</param>
internal sealed record SearchCondition(bool IsTag, string Key, string Comparison, IReadOnlyList<string> Texts, long? Number)
{
    /// <summary>Whether it holds; what an item does not have meets no condition, not even "is not".</summary>
    public bool Holds(SearchedItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (Number is long wanted)
        {
            return item.Numbers.TryGetValue(Key, out long number) && Comparison switch
            {
                "=" => number == wanted,
                "!=" => number != wanted,
                "<" => number < wanted,
                "<=" => number <= wanted,
                ">" => number > wanted,
                _ => number >= wanted,
            };
        }

        return (IsTag ? item.Tags : item.Texts).TryGetValue(Key, out string? text) && Comparison switch
        {
            "=" => text == Texts[0],
            "!=" => text != Texts[0],
            "IN" => Texts.Contains(text),
            "LIKE" => IsLike(text, Texts[0]),
            _ => IsLike(text.ToUpperInvariant(), Texts[0].ToUpperInvariant()),
        };
    }

    /// <summary>SQL's LIKE: % stands for any characters, _ for one. In time proportional to text and pattern multiplied, at most.</summary>
    internal static bool IsLike(string text, string pattern)
    {
        int at = 0;
        int wanted = 0;
        int wild = -1;
        int from = 0;
        while (at < text.Length)
        {
            if (wanted < pattern.Length && pattern[wanted] == '%')
            {
                wild = wanted++;
                from = at;
            }
            else if (wanted < pattern.Length && (pattern[wanted] == '_' || pattern[wanted] == text[at]))
            {
                at++;
                wanted++;
            }
            else if (wild >= 0)
            {
                wanted = wild + 1; // the last % takes one character more
                at = ++from;
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(wanted).Trim('%').IsEmpty;
    }
}
