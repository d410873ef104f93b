namespace Governance.Audit.Encodings;

/// <summary>How one cell becomes one element of an input.</summary>
public enum FeatureKind
{
    /// <summary>The number itself.</summary>
    Numeric,

    /// <summary>The number that stands for the level.</summary>
    Map,

    /// <summary>1 where the cell is the level, else 0.</summary>
    Onehot,

    /// <summary>The text itself.</summary>
    Text,

    /// <summary>The number itself, shown as part of a picture.</summary>
    Image,
}

/// <summary>One element of an input and where it comes from.</summary>
public sealed record EncodedFeature
{
    /// <summary>The feature's name, distinct within the encoding.</summary>
    public required string Name { get; init; }

    /// <summary>The column of the readable data.</summary>
    public required string Column { get; init; }

    /// <summary>How the cell is read.</summary>
    public required FeatureKind Kind { get; init; }

    /// <summary>The number for each level; of kind <see cref="FeatureKind.Map"/> only.</summary>
    public IReadOnlyDictionary<string, double>? Map { get; init; }

    /// <summary>The level that gives 1; of kind <see cref="FeatureKind.Onehot"/> only.</summary>
    public string? Level { get; init; }

    /// <summary>The levels that the model knows, of kind <see cref="FeatureKind.Text"/>; null where any text will do.</summary>
    public IReadOnlyList<string>? Levels { get; init; }

    /// <summary>What an empty cell becomes.</summary>
    public required CellRule Missing { get; init; }

    /// <summary>What a level becomes that no map, one-hot feature of the column or list of levels knows.</summary>
    public required CellRule Unseen { get; init; }
}

/// <summary>What to do with a missing or unseen cell.</summary>
public enum CellAction
{
    /// <summary>Refuse the data, naming row and column.</summary>
    Error,

    /// <summary>NaN; only in inputs of float or double.</summary>
    NaN,

    /// <summary>No level applies: 0 for one-hot, NaN for a map, the text as it is for text.</summary>
    Ignore,

    /// <summary>A number in the model's units.</summary>
    Number,

    /// <summary>A text or level that is then treated as if it stood in the cell.</summary>
    Text,
}

/// <summary>What a missing or unseen cell becomes.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Number">The value, for <see cref="CellAction.Number"/>.</param>
/// <param name="Text">The value, for <see cref="CellAction.Text"/>.</param>
public readonly record struct CellRule(CellAction Action, double Number = 0, string? Text = null)
{
    public static CellRule Error { get; } = new(CellAction.Error);

    public static CellRule NaN { get; } = new(CellAction.NaN);

    public static CellRule Ignore { get; } = new(CellAction.Ignore);

    /// <summary>Takes a number.</summary>
    public static CellRule Of(double number) => new(CellAction.Number, number);

    /// <summary>Takes a text or level.</summary>
    public static CellRule Of(string text) => new(CellAction.Text, 0, text);
}
