namespace Governance.Portal.Features.Datasets;

/// <summary>What a column of a new data set tells of a person, as its form asks.</summary>
public enum ColumnTells
{
    /// <summary>Nothing by itself.</summary>
    Nothing,

    /// <summary>Personal data: masked in rows.</summary>
    Personal,

    /// <summary>Whose row it is: one person's rows are found by it; masked too.</summary>
    WhoseRow,
}
