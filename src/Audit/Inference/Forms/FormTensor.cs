namespace Governance.Audit.Inference.Forms;

/// <summary>The element types of a value, as far as reading forms needs them.</summary>
internal enum ElementClass
{
    /// <summary>float or double: casts between them keep the number.</summary>
    Real,

    /// <summary>A whole number or boolean: casts to real numbers keep the number.</summary>
    Whole,

    /// <summary>Text.</summary>
    Text,

    /// <summary>Anything else, or not known.</summary>
    Unknown,
}

/// <summary>What is known of one value of the graph, for one row.</summary>
internal sealed class FormTensor
{
    private readonly AffineForm[]? columns;

    private FormTensor(string name, ElementClass type, int[] rowShape, AffineForm[]? columns, int[] sources, string? hiddenBy)
    {
        Name = name;
        Type = type;
        RowShape = rowShape;
        this.columns = columns;
        Sources = sources;
        HiddenBy = hiddenBy;
    }

    /// <summary>Its name in the graph.</summary>
    public string Name { get; }

    /// <summary>The element type.</summary>
    public ElementClass Type { get; }

    /// <summary>The dimensions behind the rows; not meaningful where <see cref="Columns"/> is null.</summary>
    public int[] RowShape { get; }

    /// <summary>One form an element of a row, row-major; null where the structure is not known.</summary>
    public IReadOnlyList<AffineForm>? Columns => columns;

    /// <summary>All input elements that it depends on at most.</summary>
    public int[] Sources { get; }

    /// <summary>The operator behind which structure was lost; null where it is known.</summary>
    public string? HiddenBy { get; }

    /// <summary>Whether trees or curves are in it.</summary>
    public bool Modelled => columns is not null && Array.Exists(columns, column => column.Modelled);

    /// <summary>A value of known structure.</summary>
    public static FormTensor Of(string name, ElementClass type, int[] rowShape, AffineForm[] columns)
    {
        int width = rowShape.Aggregate(1, (product, size) => product * size);
        ArgumentOutOfRangeException.ThrowIfNotEqual(columns.Length, width);
        return new FormTensor(name, type, rowShape, columns, SourceSets.Union(columns.Select(column => column.Sources())), null);
    }

    /// <summary>A value of which only the sources are known.</summary>
    public static FormTensor Hidden(string name, int[] sources, string maker) =>
        new(name, ElementClass.Unknown, [], null, sources, maker);

    /// <summary>The same columns, moved or renamed.</summary>
    /// <param name="name">The new name.</param>
    /// <param name="rowShape">The new shape.</param>
    /// <param name="order">Which of the old columns comes at each place; null keeps all in order.</param>
    /// <param name="type">The new element type; null keeps it.</param>
    public FormTensor Moved(string name, int[] rowShape, IEnumerable<int>? order = null, ElementClass? type = null) =>
        Of(name, type ?? Type, rowShape, order is null ? columns! : [.. order.Select(place => columns![place])]);

    /// <summary>The input elements that one column depends on at most.</summary>
    public int[] SourcesOf(int column) =>
        columns is null ? Sources : column < columns.Length ? columns[column].Sources() : SourceSets.Empty;
}
