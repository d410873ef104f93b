namespace Governance.Audit.Cohorts;

/// <summary>Makes of a condition as people read it the few comparisons that are evaluated.</summary>
internal static class CompileCondition
{
    /// <summary>Makes it.</summary>
    public static Condition Of(CohortPart part)
    {
        Condition condition = part is CohortGroup group
            ? group.Parts.Select(Of).Aggregate((left, right) => new Condition.Pair(!group.Any, left, right))
            : Rule((CohortRule)part);
        return part.Negated ? new Condition.Not(condition) : condition;
    }

    private static Condition Rule(CohortRule rule) => rule.Sign switch
    {
        CohortSign.Equal or CohortSign.In => new Condition.OneOf(rule.Column, rule.Values),
        CohortSign.NotEqual or CohortSign.NotIn => Present(rule.Column, new Condition.Not(new Condition.OneOf(rule.Column, rule.Values))),
        CohortSign.Missing => new Condition.Missing(rule.Column),
        CohortSign.Present => new Condition.Not(new Condition.Missing(rule.Column)),
        CohortSign.Between => new Condition.Pair(
            true, new Condition.Compare(rule.Column, ">=", rule.Values[0]), new Condition.Compare(rule.Column, "<=", rule.Values[1])),
        CohortSign.Less => new Condition.Compare(rule.Column, "<", rule.Values[0]),
        CohortSign.AtMost => new Condition.Compare(rule.Column, "<=", rule.Values[0]),
        CohortSign.More => new Condition.Compare(rule.Column, ">", rule.Values[0]),
        _ => new Condition.Compare(rule.Column, ">=", rule.Values[0]),
    };

    // A missing cell is neither equal to a value nor different from it.
    private static Condition.Pair Present(string column, Condition condition) =>
        new(true, new Condition.Not(new Condition.Missing(column)), condition);
}
