using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Governance.Registry.Yaml;

/// <summary>Reads YAML into nodes that know their place.</summary>
/// <remarks>
/// One document of at most <see cref="MostCharacters"/> characters, nested at most <see cref="MostDepth"/> deep. Anchors,
/// aliases and tags are refused: such a text is read by people, and an alias may blow a small one up to any size.
/// </remarks>
public sealed class YamlText
{
    /// <summary>The longest text, in UTF-16 code units.</summary>
    public const int MostCharacters = 256 * 1024;

    /// <summary>The deepest nesting.</summary>
    public const int MostDepth = 24;

    private readonly Parser parser;
    private readonly string what;
    private int depth;

    private YamlText(string text, string what) => (parser, this.what) = (new Parser(new StringReader(text)), what);

    /// <summary>Reads a text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="what">What it is, such as "spec", for sentences.</param>
    /// <param name="begins">How such a text begins, such as "governance: audit/1", for sentences.</param>
    /// <exception cref="YamlFaultException">It is no such YAML.</exception>
    public static YamlMap Read(string text, string what, string begins)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MostCharacters)
        {
            throw new YamlFaultException($"is longer than {MostCharacters / 1024} KiB.");
        }

        try
        {
            return new YamlText(text, what).Document(begins);
        }
        catch (YamlException fault)
        {
            throw new YamlFaultException(
                Math.Max(1, fault.Start.Line), Math.Max(1, fault.Start.Column), $"this is no YAML: {Ended(Reason(fault))}");
        }
    }

    private YamlMap Document(string begins)
    {
        parser.MoveNext(); // the start of the stream
        if (!parser.MoveNext() || parser.Current is not DocumentStart || !parser.MoveNext())
        {
            throw new YamlFaultException("is empty.");
        }

        YamlNode root = Node();
        parser.MoveNext();
        return parser.Current is DocumentStart second
            ? throw new YamlFaultException(second.Start.Line, second.Start.Column, $"there is a second document; a file holds one {what}.")
            : root as YamlMap ?? throw YamlFaultException.At(root, $"a {what} begins with '{begins}', not with {root.Kind}.");
    }

    private YamlNode Node()
    {
        ParsingEvent at = parser.Current!;
        if (at is NodeEvent { Anchor.IsEmpty: false } or AnchorAlias)
        {
            throw new YamlFaultException(at.Start.Line, at.Start.Column, $"anchors and aliases are not read in a {what}; write it out.");
        }

        if (at is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } tag })
        {
            throw new YamlFaultException(at.Start.Line, at.Start.Column, $"the tag {tag.Value} is not read in a {what}; leave it out.");
        }

        if (++depth > MostDepth)
        {
            throw new YamlFaultException(at.Start.Line, at.Start.Column, $"a {what} is nested at most {MostDepth} deep.");
        }

        parser.MoveNext();
        YamlNode node = at switch
        {
            Scalar scalar => new YamlScalar(scalar.Value, scalar.Style != ScalarStyle.Plain, at.Start.Line, at.Start.Column),
            SequenceStart => List(at),
            MappingStart => Map(at),
            _ => throw new YamlFaultException(at.Start.Line, at.Start.Column, "a value is missing here."),
        };
        depth--;
        return node;
    }

    private YamlList List(ParsingEvent at)
    {
        List<YamlNode> items = [];
        while (parser.Current is not SequenceEnd)
        {
            items.Add(Node());
        }

        parser.MoveNext();
        return new YamlList(items, at.Start.Line, at.Start.Column);
    }

    private YamlMap Map(ParsingEvent at)
    {
        List<KeyValuePair<YamlScalar, YamlNode>> entries = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (parser.Current is not MappingEnd)
        {
            YamlNode key = Node();
            if (key is not YamlScalar name)
            {
                throw YamlFaultException.At(key, $"a key is a word, not {key.Kind}.");
            }

            if (!seen.Add(name.Text))
            {
                throw YamlFaultException.At(key, $"the key '{name.Text}' stands here twice.");
            }

            entries.Add(new(name, Node()));
        }

        parser.MoveNext();
        return new YamlMap(entries, at.Start.Line, at.Start.Column);
    }

    // The library begins its messages with the place, which the sentence names already.
    private static string Reason(YamlException fault)
    {
        string message = fault.InnerException is YamlException inner ? inner.Message : fault.Message;
        int end = message.StartsWith("(Line", StringComparison.Ordinal) ? message.IndexOf("): ", StringComparison.Ordinal) : -1;
        string reason = end < 0 ? message : message[(end + 3)..];
        return reason.Length == 0 ? "it cannot be read." : char.ToLowerInvariant(reason[0]) + reason[1..];
    }

    private static string Ended(string words) => words.EndsWith('.') ? words : words + ".";
}
