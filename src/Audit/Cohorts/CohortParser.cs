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
    public static Condition Parse(string text)
    {
        CohortParser parser = new(text);
        Condition condition = parser.Or();
        return parser.words.AtEnd ? condition : throw parser.words.Fault("'and', 'or' or the end");
    }

    private Condition Or()
    {
        Condition left = And();
        while (words.TryWord("or"))
        {
            left = new Condition.Pair(false, left, And());
        }

        return left;
    }

    private Condition And()
    {
        Condition left = Not();
        while (words.TryWord("and"))
        {
            left = new Condition.Pair(true, left, Not());
        }

        return left;
    }

    private Condition Not()
    {
        if (++depth > MaxDepth)
        {
            throw new InputException($"The condition is nested deeper than {MaxDepth}.");
        }

        Condition condition;
        if (words.TryWord("not"))
        {
            condition = new Condition.Not(Not());
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

    private Condition Comparison()
    {
        string column = words.Column();
        if (words.TryWord("is"))
        {
            bool negated = words.TryWord("not");
            words.NeedWord("missing");
            return negated ? new Condition.Not(new Condition.Missing(column)) : new Condition.Missing(column);
        }

        if (words.TryWord("not"))
        {
            words.NeedWord("in");
            return Present(column, new Condition.Not(new Condition.OneOf(column, List())));
        }

        if (words.TryWord("in"))
        {
            return new Condition.OneOf(column, List());
        }

        if (words.TryWord("between"))
        {
            Literal low = words.Literal();
            words.NeedWord("and");
            return new Condition.Pair(
                true, new Condition.Compare(column, ">=", low), new Condition.Compare(column, "<=", words.Literal()));
        }

        string sign = words.Comparison();
        Literal value = words.Literal();
        return sign switch
        {
            "=" or "==" => new Condition.OneOf(column, [value]),
            "!=" or "<>" => Present(column, new Condition.Not(new Condition.OneOf(column, [value]))),
            _ => new Condition.Compare(column, sign, value),
        };
    }

    // A missing cell is neither equal to a value nor different from it.
    private static Condition.Pair Present(string column, Condition condition) =>
        new(true, new Condition.Not(new Condition.Missing(column)), condition);

    private List<Literal> List()
    {
        words.Need("(");
        List<Literal> values = [words.Literal()];
        while (words.TrySign(","))
        {
            values.Add(words.Literal());
        }

        words.Need(")");
        return values;
    }
}
