namespace Governance.Registry.Yaml;

/// <summary>A node of a text with its place in the text, both counted from 1.</summary>
public abstract record YamlNode(long Line, long Column)
{
    /// <summary>What it is, for sentences.</summary>
    public abstract string Kind { get; }
}

/// <summary>A text, number or truth value, as it was written.</summary>
public sealed record YamlScalar(string Text, bool IsQuoted, long Line, long Column) : YamlNode(Line, Column)
{
    /// <inheritdoc/>
    public override string Kind => $"'{Text}'";

    /// <summary>Whether nothing stands there.</summary>
    public bool IsEmpty => !IsQuoted && Text is "" or "~" or "null";
}

/// <summary>A list.</summary>
public sealed record YamlList(IReadOnlyList<YamlNode> Items, long Line, long Column) : YamlNode(Line, Column)
{
    /// <inheritdoc/>
    public override string Kind => "a list";
}

/// <summary>Keys with their values, in the order of the text.</summary>
public sealed record YamlMap(IReadOnlyList<KeyValuePair<YamlScalar, YamlNode>> Entries, long Line, long Column) : YamlNode(Line, Column)
{
    /// <inheritdoc/>
    public override string Kind => "keys with values";
}
