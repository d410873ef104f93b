namespace Governance.Audit.Inference;

/// <summary>The scale on which a model's output is explained.</summary>
public enum ScoreLink
{
    /// <summary>The output as it is.</summary>
    Identity,

    /// <summary>The log-odds ln(p / (1 - p)) of each row, before any averaging.</summary>
    Logit,
}

/// <summary>Which numbers of a model are looked at.</summary>
public sealed record ScorerOptions
{
    /// <summary>The output's name; null takes the probability, else the value, else the first float output.</summary>
    public string? Output { get; init; }

    /// <summary>The class's place, counted in the order of <see cref="Classes"/>; null takes 1 of two, 0 of one, else all.</summary>
    public int? ClassIndex { get; init; }

    /// <summary>Whether all columns are wanted, even of two.</summary>
    public bool AllClasses { get; init; }

    /// <summary>The scale.</summary>
    public ScoreLink Link { get; init; }

    /// <summary>What the outputs mean where that is known better than from the graph, by name.</summary>
    public IReadOnlyDictionary<string, OutputRole>? Roles { get; init; }

    /// <summary>
    /// The classes in the order in which they are counted, by output: an encoding's. An output whose graph names the same
    /// classes in another order has its columns moved; null leaves all as they are.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Classes { get; init; }
}
