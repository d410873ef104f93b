using Governance.Audit.Cohorts;

namespace Governance.Portal.Features.Cohorts;

/// <summary>How columns are compared, in words. Pure.</summary>
internal static class SignWords
{
    /// <summary>All comparisons in the order in which they are offered.</summary>
    public static readonly IReadOnlyList<(CohortSign Sign, string Words)> All =
    [
        (CohortSign.Equal, "is"), (CohortSign.NotEqual, "is not"), (CohortSign.In, "is one of"), (CohortSign.NotIn, "is none of"),
        (CohortSign.Less, "is below"), (CohortSign.AtMost, "is at most"), (CohortSign.More, "is above"), (CohortSign.AtLeast, "is at least"),
        (CohortSign.Between, "is between"), (CohortSign.Missing, "is missing"), (CohortSign.Present, "is not missing"),
    ];

    /// <summary>What stands above columns of one origin.</summary>
    public static string Of(ColumnOrigin origin) => origin switch
    {
        ColumnOrigin.Model => "What the model said",
        ColumnOrigin.Group => "Groups",
        _ => "Columns of the data",
    };

    /// <summary>A column with what it holds, where its name does not say it.</summary>
    public static string Column(string name) => name switch
    {
        DerivedColumns.Score => "@score, the score",
        DerivedColumns.Predicted => "@predicted, the predicted outcome",
        DerivedColumns.Actual => "@actual, the true outcome",
        DerivedColumns.Error => "@error, whether it was wrong",
        DerivedColumns.Outcome => "@outcome, such as false positive",
        DerivedColumns.Value => "@value, the predicted number",
        DerivedColumns.Residual => "@residual, actual less predicted",
        _ => name,
    };
}
