using Governance.Audit.Data;

namespace Governance.Audit.Cohorts;

/// <summary>A piece of a condition as a person reads it: one comparison, or several joined. What the builder edits.</summary>
/// <param name="Negated">Whether it holds where it otherwise would not; a missing cell then fulfils it.</param>
public abstract record CohortPart(bool Negated);

/// <summary>Several parts, of which all or any must hold.</summary>
/// <param name="Any">Any of them instead of all.</param>
/// <param name="Parts">In order.</param>
/// <param name="Negated">Whether the whole is negated.</param>
public sealed record CohortGroup(bool Any, IReadOnlyList<CohortPart> Parts, bool Negated = false) : CohortPart(Negated);

/// <summary>One comparison of a column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Sign">How it is compared.</param>
/// <param name="Values">As many as the sign takes: none, one, two or several.</param>
/// <param name="Negated">Whether it is negated.</param>
public sealed record CohortRule(string Column, CohortSign Sign, IReadOnlyList<CohortValue> Values, bool Negated = false) : CohortPart(Negated);

/// <summary>How a column is compared.</summary>
public enum CohortSign
{
    /// <summary>Is this value.</summary>
    Equal,

    /// <summary>Has a value, and it is another one.</summary>
    NotEqual,

    /// <summary>Is below.</summary>
    Less,

    /// <summary>Is at most.</summary>
    AtMost,

    /// <summary>Is above.</summary>
    More,

    /// <summary>Is at least.</summary>
    AtLeast,

    /// <summary>Is one of several values.</summary>
    In,

    /// <summary>Has a value, and it is none of these.</summary>
    NotIn,

    /// <summary>Lies between two values, both inclusive.</summary>
    Between,

    /// <summary>Has no value.</summary>
    Missing,

    /// <summary>Has a value.</summary>
    Present,
}

/// <summary>A value in a condition.</summary>
/// <param name="Text">As it was written, without quotes.</param>
/// <param name="IsQuoted">Whether it stood in quotes, or is no number.</param>
public sealed record CohortValue(string Text, bool IsQuoted)
{
    /// <summary>As a number, or null where it is none.</summary>
    public double? Number { get; } = PlainDecimal.TryParse(Text, out double number) ? number : null;

    /// <summary>Whether a cell of text is this value; an unquoted number also matches another spelling of it (007).</summary>
    public bool Fits(string cell) => cell == Text
        || (!IsQuoted && Number is double wanted && PlainDecimal.TryParse(cell, out double number) && number == wanted);
}
