using Governance.Audit.Cohorts;

namespace Governance.Portal.Features.Cohorts;

/// <summary>A piece of a condition while somebody builds it; may be incomplete.</summary>
public abstract class DraftPart
{
    /// <summary>Whether it holds where it otherwise would not.</summary>
    public bool Negated { get; set; }

    /// <summary>Whether it takes the focus when it is drawn next.</summary>
    public bool WantsFocus { get; set; }

    /// <summary>The piece as the language has it; null while it is incomplete, then it is left out.</summary>
    public abstract CohortPart? Finish();

    /// <summary>A piece that can be edited.</summary>
    public static DraftPart Of(CohortPart part) => part is CohortGroup group ? DraftGroup.Of(group) : DraftRule.Of((CohortRule)part);
}

/// <summary>Several pieces, of which all or any must hold.</summary>
public sealed class DraftGroup : DraftPart
{
    /// <summary>Any of them instead of all.</summary>
    public bool Any { get; set; }

    /// <summary>In order.</summary>
    public List<DraftPart> Parts { get; } = [];

    /// <summary>How many comparisons still lack something, in it and below.</summary>
    public int Incomplete => Parts.Sum(part => part is DraftGroup group ? group.Incomplete : part.Finish() is null ? 1 : 0);

    /// <summary>A whole condition to edit: a group, around a comparison that stands alone.</summary>
    public static DraftGroup Whole(CohortPart? part)
    {
        if (part is CohortGroup group)
        {
            return Of(group);
        }

        DraftGroup whole = new();
        if (part is not null)
        {
            whole.Parts.Add(DraftPart.Of(part));
        }

        return whole;
    }

    /// <summary>A group to edit.</summary>
    public static DraftGroup Of(CohortGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        DraftGroup draft = new() { Any = group.Any, Negated = group.Negated };
        draft.Parts.AddRange(group.Parts.Select(DraftPart.Of));
        return draft;
    }

    /// <inheritdoc/>
    public override CohortPart? Finish()
    {
        CohortPart[] parts = [.. Parts.Select(part => part.Finish()).OfType<CohortPart>()];
        return parts.Length == 0 ? null : new CohortGroup(Any, parts, Negated);
    }

    /// <summary>Adds a piece, which takes the focus.</summary>
    public void Add(DraftPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        part.WantsFocus = true;
        Parts.Add(part);
    }

    /// <summary>Takes a piece out; the focus goes to the one before it, or to the group.</summary>
    public void Remove(DraftPart part)
    {
        int at = Parts.IndexOf(part);
        Parts.RemoveAt(at);
        (at > 0 ? Parts[at - 1] : this).WantsFocus = true;
    }
}

/// <summary>One comparison.</summary>
public sealed class DraftRule : DraftPart
{
    private readonly List<CohortValue> values = [];

    /// <summary>The column; null while none is chosen.</summary>
    public string? Column { get; private set; }

    /// <summary>How it is compared.</summary>
    public CohortSign Sign { get; private set; }

    /// <summary>The values as they were typed; those of a list in order.</summary>
    public IReadOnlyList<CohortValue> Values => values;

    /// <summary>Whether the comparison takes a list of values.</summary>
    public bool TakesList => Sign is CohortSign.In or CohortSign.NotIn;

    /// <summary>How many values it takes; a list at least one.</summary>
    public int Takes => Sign switch
    {
        CohortSign.Missing or CohortSign.Present => 0,
        CohortSign.Between => 2,
        _ => 1,
    };

    /// <summary>A comparison to edit.</summary>
    public static DraftRule Of(CohortRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        DraftRule draft = new() { Column = rule.Column, Sign = rule.Sign, Negated = rule.Negated };
        draft.values.AddRange(rule.Values);
        return draft;
    }

    /// <summary>The value at a place; empty where none was given.</summary>
    public string Text(int at) => at < values.Count ? values[at].Text : "";

    /// <summary>Takes another column; values of the old one go.</summary>
    public void Choose(string? column)
    {
        Column = string.IsNullOrEmpty(column) ? null : column;
        values.Clear();
    }

    /// <summary>Takes another comparison; as many values stay as it takes.</summary>
    public void Choose(CohortSign sign)
    {
        Sign = sign;
        if (!TakesList && values.Count > Takes)
        {
            values.RemoveRange(Takes, values.Count - Takes);
        }
    }

    /// <summary>Gives a value at a place.</summary>
    /// <param name="at">0, or 1 for the upper end.</param>
    /// <param name="value">The value.</param>
    public void Set(int at, CohortValue value)
    {
        while (values.Count <= at)
        {
            values.Add(new CohortValue("", IsQuoted: false));
        }

        values[at] = value;
    }

    /// <summary>Gives the values of a list.</summary>
    public void SetAll(IEnumerable<CohortValue> all)
    {
        values.Clear();
        values.AddRange(all);
    }

    /// <inheritdoc/>
    public override CohortPart? Finish()
    {
        bool whole = Column is not null && values.Count >= Takes && values.Take(TakesList ? values.Count : Takes).All(value => value.IsQuoted || value.Number is not null);
        return whole ? new CohortRule(Column!, Sign, [.. values.Take(TakesList ? values.Count : Takes)], Negated) : null;
    }
}
