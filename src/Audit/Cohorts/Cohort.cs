using Governance.Audit.Data;

namespace Governance.Audit.Cohorts;

/// <summary>A named part of the data: the rows for which a condition holds.</summary>
/// <remarks>
/// The language: <c>=</c> <c>!=</c> <c>&lt;</c> <c>&lt;=</c> <c>&gt;</c> <c>&gt;=</c>, <c>in (…)</c>, <c>not in (…)</c>,
/// <c>between a and b</c> (both inclusive), <c>is missing</c>, <c>is not missing</c>, <c>and</c>, <c>or</c>, <c>not</c>
/// and parentheses. Columns stand bare or in double quotes, text in single quotes (a quote in it doubled), words in any
/// letter case; <c>@score</c> and the other columns of <see cref="DerivedColumns"/> stand bare. A missing cell fulfils only <c>is missing</c>; <c>not</c> then holds for it. Comparing by order needs
/// numbers, or dates and other text compared ordinally where the value is quoted.
/// </remarks>
public sealed class Cohort
{
    /// <summary>The longest condition, in UTF-16 code units.</summary>
    public const int MaxLength = 10_000;

    private readonly Condition condition;

    private Cohort(string text, CohortPart tree)
    {
        Text = text;
        Tree = tree;
        condition = CompileCondition.Of(tree);
    }

    /// <summary>The condition as it was written.</summary>
    public string Text { get; }

    /// <summary>The condition piece by piece, as the builder shows it.</summary>
    public CohortPart Tree { get; }

    /// <summary>The columns it looks at, each once.</summary>
    public IReadOnlyList<string> Columns => [.. condition.Columns.Distinct(StringComparer.Ordinal)];

    /// <summary>Reads a condition.</summary>
    /// <exception cref="InputException">It is no condition; the sentence names the position, counted from 1.</exception>
    public static Cohort Parse(string text) => text.Length <= MaxLength
        ? new(text, CohortParser.Parse(text))
        : throw new InputException($"The condition is longer than {MaxLength:N0} characters.");

    /// <summary>The rows that belong to it, ascending.</summary>
    /// <exception cref="InputException">The table lacks a column, or a number is compared with a column of text.</exception>
    public int[] Rows(Table table)
    {
        bool[] holds = condition.Evaluate(table);
        int[] rows = new int[holds.Count(held => held)];
        int at = 0;
        for (int row = 0; row < holds.Length; row++)
        {
            if (holds[row])
            {
                rows[at++] = row;
            }
        }

        return rows;
    }

    /// <summary>The part of a table that belongs to it.</summary>
    /// <exception cref="InputException">No row does, or as for <see cref="Rows"/>.</exception>
    public Table Take(Table table)
    {
        int[] rows = Rows(table);
        return rows.Length > 0 ? table.Take(rows) : throw new InputException($"No row fulfils the condition {Text}.");
    }
}
