namespace Governance.Registry.Datasets;

/// <summary>What the cells of a column are.</summary>
public enum ColumnKind
{
    Numeric,
    Categorical,
    Text,
    Boolean,
    Date,
}

/// <summary>What a column is for.</summary>
public enum ColumnRole
{
    Feature,
    Label,
    Prediction,
    Score,
    Weight,
    Protected,
    Id,
    Time,
}

/// <summary>A column of a data set.</summary>
/// <param name="Name">As in the header; unique in the data set.</param>
/// <param name="Kind">What its cells are.</param>
/// <param name="Role">What it is for. A protected column may be a feature of a model too: its encoding says so.</param>
public sealed record DatasetColumn(string Name, ColumnKind Kind, ColumnRole Role)
{
    /// <summary>Cells that mean "missing" besides the empty one, such as NA or ?.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Personal data: masked in rows as protected columns are.</summary>
    public bool Personal { get; init; }

    /// <summary>Says, alone or with the other such columns, whose row it is. Personal too.</summary>
    public bool Subject { get; init; }
}
