using Governance.Audit.Data;

namespace Governance.Audit.Cohorts;

/// <summary>Reads a condition by recursive descent: or, and, not, comparison.</summary>
internal sealed class CohortParser
{
    // Deeper nesting than any person writes, and far from the end of the stack.
    private const int MaxDepth = 200;

    private readonly CohortWords words;
    private int depth;

    private CohortParser(string text) => words = new CohortWords(text);

    /// <summary>Reads a whole condition.</summary>
    /// <exception cref="InputException">It is none; the sentence names the position.</exception>
    public static CohortPart Parse(string text)
    {
        CohortParser parser = new(text);
        CohortPart condition = parser.Or();
        return parser.words.AtEnd ? condition : throw parser.words.Fault("'and', 'or' or the end");
    }

    private CohortPart Or() => Joined(true, "or", And);

    private CohortPart And() => Joined(false, "and", Not);

    private CohortPart Joined(bool any, string word, Func<CohortPart> next)
    {
        List<CohortPart> parts = [next()];
        while (words.TryWord(word))
        {
            parts.Add(next());
        }

        return parts.Count == 1 ? parts[0] : new CohortGroup(any, parts);
    }

    private CohortPart Not()
    {
        if (++depth > MaxDepth)
        {
            throw new InputException($"The condition is nested deeper than {MaxDepth}.");
        }

        CohortPart condition;
        if (words.TryWord("not"))
        {
            condition = Not();
            condition = condition with { Negated = !condition.Negated };
        }
        else if (words.TrySign("("))
        {
            condition = Or();
            words.Need(")");
        }
        else
        {
            condition = Comparison();
        }

        depth--;
        return condition;
    }

    private CohortRule Comparison()
    {
        string column = words.Column();
        if (words.TryWord("is"))
        {
            bool negated = words.TryWord("not");
            words.NeedWord("missing");
            return new CohortRule(column, negated ? CohortSign.Present : CohortSign.Missing, []);
        }

        if (words.TryWord("not"))
        {
            words.NeedWord("in");
            return new CohortRule(column, CohortSign.NotIn, List());
        }

        if (words.TryWord("in"))
        {
            return new CohortRule(column, CohortSign.In, List());
        }

        if (words.TryWord("between"))
        {
            CohortValue low = words.Literal();
            words.NeedWord("and");
            return new CohortRule(column, CohortSign.Between, [low, words.Literal()]);
        }

        CohortSign sign = words.Comparison() switch
        {
            "=" or "==" => CohortSign.Equal,
            "!=" or "<>" => CohortSign.NotEqual,
            "<" => CohortSign.Less,
            "<=" => CohortSign.AtMost,
            ">" => CohortSign.More,
            _ => CohortSign.AtLeast,
        };
        return new CohortRule(column, sign, [words.Literal()]);
    }

    private List<CohortValue> List()
    {
        words.Need("(");
        List<CohortValue> values = [words.Literal()];
        while (words.TrySign(","))
        {
            values.Add(words.Literal());
        }

        words.Need(")");
        return values;
    }
}
