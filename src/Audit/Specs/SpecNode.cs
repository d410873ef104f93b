namespace Governance.Audit.Specs;

/// <summary>A node of a spec with its place in the text, both counted from 1.</summary>
internal abstract record SpecNode(long Line, long Column)
{
    /// <summary>What it is, for sentences.</summary>
    public abstract string Kind { get; }
}

/// <summary>A text, number or truth value, as it was written.</summary>
internal sealed record SpecScalar(string Text, bool IsQuoted, long Line, long Column) : SpecNode(Line, Column)
{
    public override string Kind => $"'{Text}'";

    /// <summary>Whether nothing stands there.</summary>
    public bool IsEmpty => !IsQuoted && Text is "" or "~" or "null";
}

/// <summary>A list.</summary>
internal sealed record SpecList(IReadOnlyList<SpecNode> Items, long Line, long Column) : SpecNode(Line, Column)
{
    public override string Kind => "a list";
}

/// <summary>Keys with their values, in the order of the text.</summary>
internal sealed record SpecMap(IReadOnlyList<KeyValuePair<SpecScalar, SpecNode>> Entries, long Line, long Column) : SpecNode(Line, Column)
{
    public override string Kind => "keys with values";
}
