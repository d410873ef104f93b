using Governance.Audit.Data;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Governance.Audit.Specs;

/// <summary>Reads YAML into nodes that know their place.</summary>
/// <remarks>
/// One document of at most <see cref="MostCharacters"/> characters, nested at most <see cref="MostDepth"/> deep. Anchors,
/// aliases and tags are refused: a spec is read by people, and an alias may blow a small text up to any size.
/// </remarks>
internal sealed class SpecYaml
{
    /// <summary>The longest spec, in UTF-16 code units.</summary>
    public const int MostCharacters = 256 * 1024;

    /// <summary>The deepest nesting.</summary>
    public const int MostDepth = 24;

    private readonly Parser parser;
    private int depth;

    private SpecYaml(string text) => parser = new Parser(new StringReader(text));

    /// <summary>Reads a text.</summary>
    /// <exception cref="InputException">It is no such YAML; the sentence names line and column.</exception>
    public static SpecMap Read(string text)
    {
        if (text.Length > MostCharacters)
        {
            throw new InputException($"The spec is longer than {MostCharacters / 1024} KiB.");
        }

        try
        {
            return new SpecYaml(text).Document();
        }
        catch (YamlException fault)
        {
            throw SpecFault.At(
                Math.Max(1, fault.Start.Line), Math.Max(1, fault.Start.Column), $"this is no YAML: {Ended(Reason(fault))}");
        }
    }

    private SpecMap Document()
    {
        parser.MoveNext(); // the start of the stream
        if (!parser.MoveNext() || parser.Current is not DocumentStart || !parser.MoveNext())
        {
            throw new InputException("The spec is empty.");
        }

        SpecNode root = Node();
        parser.MoveNext();
        return parser.Current is DocumentStart second
            ? throw SpecFault.At(second.Start.Line, second.Start.Column, "there is a second document; a file holds one spec.")
            : root as SpecMap ?? throw SpecFault.At(root, $"a spec begins with 'governance: {ReadSpec.Schema}', not with {root.Kind}.");
    }

    private SpecNode Node()
    {
        ParsingEvent at = parser.Current!;
        if (at is NodeEvent { Anchor.IsEmpty: false } or AnchorAlias)
        {
            throw SpecFault.At(at.Start.Line, at.Start.Column, "anchors and aliases are not read in specs; write it out.");
        }

        if (at is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } tag })
        {
            throw SpecFault.At(at.Start.Line, at.Start.Column, $"the tag {tag.Value} is not read in specs; leave it out.");
        }

        if (++depth > MostDepth)
        {
            throw SpecFault.At(at.Start.Line, at.Start.Column, $"a spec is nested at most {MostDepth} deep.");
        }

        parser.MoveNext();
        SpecNode node = at switch
        {
            Scalar scalar => new SpecScalar(scalar.Value, scalar.Style != ScalarStyle.Plain, at.Start.Line, at.Start.Column),
            SequenceStart => List(at),
            MappingStart => Map(at),
            _ => throw SpecFault.At(at.Start.Line, at.Start.Column, "a value is missing here."),
        };
        depth--;
        return node;
    }

    private SpecList List(ParsingEvent at)
    {
        List<SpecNode> items = [];
        while (parser.Current is not SequenceEnd)
        {
            items.Add(Node());
        }

        parser.MoveNext();
        return new SpecList(items, at.Start.Line, at.Start.Column);
    }

    private SpecMap Map(ParsingEvent at)
    {
        List<KeyValuePair<SpecScalar, SpecNode>> entries = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (parser.Current is not MappingEnd)
        {
            SpecNode key = Node();
            if (key is not SpecScalar name)
            {
                throw SpecFault.At(key, $"a key is a word, not {key.Kind}.");
            }

            if (!seen.Add(name.Text))
            {
                throw SpecFault.At(key, $"the key '{name.Text}' stands here twice.");
            }

            entries.Add(new(name, Node()));
        }

        parser.MoveNext();
        return new SpecMap(entries, at.Start.Line, at.Start.Column);
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
