namespace Governance.Registry.Yaml;

/// <summary>What a person wrote in YAML cannot be used, and where.</summary>
/// <remarks>Readers throw it from deep inside; whoever reads a file turns it into one sentence that names the file's kind.</remarks>
public sealed class YamlFaultException : Exception
{
    /// <summary>A fault of the text as a whole.</summary>
    /// <param name="sentence">What is wrong; with a full stop.</param>
    public YamlFaultException(string sentence)
        : base(sentence)
    {
    }

    /// <summary>A fault at a place.</summary>
    /// <param name="line">Counted from 1.</param>
    /// <param name="column">Counted from 1.</param>
    /// <param name="sentence">What is wrong; with a full stop.</param>
    public YamlFaultException(long line, long column, string sentence)
        : base(sentence) => (Line, Column) = (line, column);

    /// <summary>Counted from 1; 0 for the text as a whole.</summary>
    public long Line { get; }

    /// <summary>Counted from 1; 0 for the text as a whole.</summary>
    public long Column { get; }

    /// <summary>A fault at a node.</summary>
    /// <param name="node">Where.</param>
    /// <param name="sentence">What is wrong; with a full stop.</param>
    public static YamlFaultException At(YamlNode node, string sentence)
    {
        ArgumentNullException.ThrowIfNull(node);
        return new YamlFaultException(node.Line, node.Column, sentence);
    }

    /// <summary>The sentence with its place.</summary>
    /// <param name="what">What was read, such as "spec".</param>
    public string Sentence(string what) => Line == 0
        ? $"The {what} {Message}"
        : $"The {what}, line {Line}, column {Column}: {Message}";
}
