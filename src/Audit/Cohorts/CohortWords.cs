using Governance.Audit.Data;

namespace Governance.Audit.Cohorts;

/// <summary>Cuts a condition into words, quoted names, values and signs.</summary>
internal sealed class CohortWords
{
    private static readonly string[] Signs = ["<=", ">=", "!=", "<>", "==", "=", "<", ">", "(", ")", ","];

    private readonly string text;
    private int at;

    public CohortWords(string text)
    {
        this.text = text;
        Skip();
    }

    /// <summary>Whether nothing is left.</summary>
    public bool AtEnd => at == text.Length;

    /// <summary>Takes a keyword, in any letter case, if it comes next.</summary>
    public bool TryWord(string word)
    {
        int length = BareLength();
        if (length != word.Length || !text.AsSpan(at, length).Equals(word, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        Advance(length);
        return true;
    }

    /// <summary>Takes a sign if it comes next.</summary>
    public bool TrySign(string sign)
    {
        if (NextSign() != sign)
        {
            return false;
        }

        Advance(sign.Length);
        return true;
    }

    /// <summary>Takes a sign that must come next.</summary>
    public void Need(string sign)
    {
        if (!TrySign(sign))
        {
            throw Fault($"'{sign}'");
        }
    }

    /// <summary>Takes a keyword that must come next.</summary>
    public void NeedWord(string word)
    {
        if (!TryWord(word))
        {
            throw Fault($"'{word}'");
        }
    }

    /// <summary>Takes a comparison sign.</summary>
    public string Comparison()
    {
        string? sign = NextSign();
        if (sign is null or "(" or ")" or ",")
        {
            throw Fault("a comparison such as =, <, in or is missing");
        }

        Advance(sign.Length);
        return sign;
    }

    /// <summary>Takes a column's name, bare or in double quotes.</summary>
    public string Column()
    {
        if (!AtEnd && text[at] == '"')
        {
            return Quoted('"');
        }

        int sign = !AtEnd && text[at] == DerivedColumns.Sign ? 1 : 0; // @score and the like
        int length = BareLength(sign);
        return length > 0 ? Take(sign + length) : throw Fault("a column's name");
    }

    /// <summary>Takes a value: a number, a word, or text in quotes.</summary>
    public CohortValue Literal()
    {
        if (!AtEnd && text[at] is '\'' or '"')
        {
            return new CohortValue(Quoted(text[at]), true);
        }

        int length = BareLength();
        if (length == 0)
        {
            throw Fault("a value");
        }

        string value = Take(length);
        return new CohortValue(value, !PlainDecimal.TryParse(value, out _));
    }

    /// <summary>A refusal that names the position.</summary>
    public InputException Fault(string wanted)
    {
        string found = AtEnd ? "the condition ends" : $"'{text[at..Math.Min(text.Length, at + Math.Max(1, BareLength()))]}' stands";
        return new InputException($"The condition is not understood at position {at + 1}: {wanted} is expected where {found}.");
    }

    private string Quoted(char quote)
    {
        int from = at;
        System.Text.StringBuilder value = new();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != quote)
            {
                value.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == quote)
            {
                value.Append(text[at++]);
            }
            else
            {
                Advance(1);
                return value.ToString();
            }
        }

        throw new InputException($"The condition opens a quote at position {from + 1} that is never closed.");
    }

    private string? NextSign() => Signs.FirstOrDefault(sign => text.AsSpan(at).StartsWith(sign, StringComparison.Ordinal));

    // Letters, digits and what occurs in column names and numbers; a dash so that "-0.5" and "2026-03-01" are one word.
    private int BareLength(int skip = 0)
    {
        int end = at + skip;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '.' or '-' or '+'))
        {
            end++;
        }

        return end - at - skip;
    }

    private string Take(int length)
    {
        string taken = text.Substring(at, length);
        Advance(length);
        return taken;
    }

    private void Advance(int length)
    {
        at += length;
        Skip();
    }

    private void Skip()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }
    }
}
