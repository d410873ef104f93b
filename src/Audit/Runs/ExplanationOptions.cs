using System.Text.Json.Serialization;

namespace Governance.Audit.Runs;

/// <summary>Which rows are explained.</summary>
public enum RowPick
{
    /// <summary>From the start of the data.</summary>
    First,

    /// <summary>Drawn without replacement, by the audit's seed.</summary>
    Random,

    /// <summary>Those whose score lies nearest to the threshold.</summary>
    NearThreshold,

    /// <summary>Those decided against the true outcome, the surest decisions first.</summary>
    Wrong,
}

/// <summary>How attributions are computed in an audit.</summary>
/// <remarks>What stands at its default is left out of the JSON, so that specs of before read and hash as they did.</remarks>
public sealed record ExplanationOptions
{
    /// <summary>A name of <see cref="Explanations.ExplanationMethods.Additive"/>.</summary>
    public string Method { get; init; } = "auto";

    /// <summary>How many rows are explained at most; 0 leaves explanations out.</summary>
    public int Rows { get; init; } = 100;

    /// <summary>The most coalitions evaluated for a row by a sampled method.</summary>
    public int Samples { get; init; } = 2048;

    /// <summary>identity or logit.</summary>
    public string Link { get; init; } = "identity";

    /// <summary>Which rows, of those in <see cref="Where"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RowPick Pick { get; init; }

    /// <summary>These rows, counted from 0, and no others; null for those that <see cref="Pick"/> takes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? RowNumbers { get; init; }

    /// <summary>The cohort whose rows are explained; null for all rows.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Where { get; init; }

    /// <summary>The cohort of background rows; null for all of them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BackgroundWhere { get; init; }

    /// <summary>Which parts of pictures and sequences are players, as <see cref="Explanations.Players.PlayerSpec"/> reads it; null for features.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Players { get; init; }

    /// <summary>mean, zero, blur, blur:R, mask, token:ID, row:i or own:COLUMN; null for the background rows as they are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reference { get; init; }

    /// <summary>The class explained, by name; null for the positive one, or for the predicted one of several.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Class { get; init; }

    /// <summary>Sampled methods go on until the widest 95 % interval is narrower; null spends all samples.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? UntilWidth { get; init; }

    /// <summary>The most gradients of one path, for methods that follow paths; null for their own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Steps { get; init; }

    /// <summary>Whether pairwise interactions are wanted too.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Interactions { get; init; }

    /// <summary>Features that count as one, by name; null for those of the encoding.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Groups { get; init; }
}
