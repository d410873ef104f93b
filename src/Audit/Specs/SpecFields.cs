using System.Globalization;
using Governance.Audit.Data;

namespace Governance.Audit.Specs;

/// <summary>Reads the keys of one part of a spec, and refuses those that nobody asked for.</summary>
internal sealed class SpecFields
{
    private readonly SpecMap map;
    private readonly string part;
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    private SpecFields(SpecMap map, string part) => (this.map, this.part) = (map, part);

    /// <summary>Where the part begins.</summary>
    public SpecNode Place => map;

    /// <summary>The keys in the order of the text.</summary>
    public IEnumerable<KeyValuePair<SpecScalar, SpecNode>> Entries => map.Entries;

    /// <summary>Reads a part with a function that names every key which it knows; any other is refused.</summary>
    /// <param name="node">The part.</param>
    /// <param name="part">What it is called, for sentences.</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="InputException">It is no part of keys and values, or has an unknown key.</exception>
    public static T Read<T>(SpecNode node, string part, Func<SpecFields, T> read)
    {
        SpecFields fields = new(node as SpecMap ?? throw SpecFault.At(node, $"{part} takes keys with values, not {node.Kind}."), part);
        T result = read(fields);
        fields.RefuseOthers();
        return result;
    }

    /// <summary>The node of a key, or null where it is absent or empty.</summary>
    public SpecNode? Find(string key)
    {
        known.Add(key);
        SpecNode? node = map.Entries.FirstOrDefault(entry => entry.Key.Text == key).Value;
        return node is SpecScalar { IsEmpty: true } ? null : node;
    }

    /// <summary>The node of a key that must be there.</summary>
    public SpecNode Need(string key) => Find(key) ?? throw Lacks(key);

    /// <summary>The refusal where a key is missing: at the key that a person probably meant by it, else at the part.</summary>
    public InputException Lacks(string key)
    {
        SpecScalar? slip = map.Entries.Select(entry => entry.Key)
            .FirstOrDefault(written => !known.Contains(written.Text) && SpecFault.Nearest(written.Text, [key]) is not null);
        return slip is null
            ? SpecFault.At(map, $"{part} needs the key '{key}'.")
            : SpecFault.At(slip, $"{part} has no key '{slip.Text}' (did you mean '{key}'?).");
    }

    /// <summary>Reads a part of this part; null where it is absent.</summary>
    public T? Part<T>(string key, Func<SpecFields, T> read)
        where T : class => Find(key) is SpecNode node ? Read(node, $"'{key}'", read) : null;

    /// <summary>A text that must be there.</summary>
    public string NeedText(string key) => TextOf(Need(key), key);

    /// <summary>A text, or null.</summary>
    public string? Text(string key) => Find(key) is SpecNode node ? TextOf(node, key) : null;

    /// <summary>One of some words, or null.</summary>
    public string? Word(string key, params string[] words)
    {
        if (Find(key) is not SpecNode node)
        {
            return null;
        }

        string word = TextOf(node, key);
        return words.Contains(word) ? word : throw SpecFault.At(node, $"'{key}' is one of {string.Join(", ", words)}, not '{word}'.");
    }

    /// <summary>A finite number, or null.</summary>
    public double? Number(string key) => Find(key) is SpecNode node ? NumberOf(node, key) : null;

    /// <summary>A finite number within limits, or null.</summary>
    public double? Number(string key, double least, double most)
    {
        double? number = Number(key);
        return number is not double given || (given >= least && given <= most)
            ? number
            : throw SpecFault.At(Need(key), string.Create(CultureInfo.InvariantCulture, $"'{key}' lies between {least} and {most}."));
    }

    /// <summary>A number strictly between 0 and 1, or null.</summary>
    public double? Share(string key) => Number(key) is not double number || number is > 0 and < 1
        ? Number(key)
        : throw SpecFault.At(Need(key), $"'{key}' lies between 0 and 1, both excluded.");

    /// <summary>A whole number within limits, or null.</summary>
    public long? Whole(string key, long least, long most)
    {
        if (Find(key) is not SpecNode node)
        {
            return null;
        }

        double number = NumberOf(node, key);
        return double.IsInteger(number) && number >= least && number <= most
            ? (long)number
            : throw SpecFault.At(node, string.Create(CultureInfo.InvariantCulture, $"'{key}' is a whole number from {least} to {most}."));
    }

    /// <summary>A list of texts, each once; null where it is absent.</summary>
    public IReadOnlyList<string>? Texts(string key)
    {
        if (Find(key) is not SpecNode node)
        {
            return null;
        }

        SpecList list = node as SpecList ?? throw SpecFault.At(node, $"'{key}' takes a list such as [a, b], not {node.Kind}.");
        List<string> texts = [];
        foreach (SpecNode item in list.Items)
        {
            string text = TextOf(item, key);
            texts.Add(texts.Contains(text) ? throw SpecFault.At(item, $"'{text}' stands in '{key}' twice.") : text);
        }

        return texts;
    }

    /// <summary>A list of parts; null where it is absent.</summary>
    public IReadOnlyList<T>? Parts<T>(string key, string each, Func<SpecFields, T> read)
    {
        if (Find(key) is not SpecNode node)
        {
            return null;
        }

        SpecList list = node as SpecList ?? throw SpecFault.At(node, $"'{key}' takes a list, not {node.Kind}.");
        return [.. list.Items.Select(item => Read(item, each, read))];
    }

    /// <summary>Names with texts; null where it is absent.</summary>
    public IReadOnlyList<(SpecScalar Name, string Text)>? Named(string key) => Find(key) is SpecNode node
        ? Read(node, $"'{key}'", fields => fields.Entries.Select(entry => (entry.Key, fields.NeedText(entry.Key.Text))).ToArray())
        : null;

    /// <summary>A scalar as a text.</summary>
    public static string TextOf(SpecNode node, string key) => node is SpecScalar { Text.Length: > 0 } scalar
        ? scalar.Text
        : throw SpecFault.At(node, node is SpecScalar ? $"'{key}' is empty." : $"'{key}' takes one value, not {node.Kind}.");

    /// <summary>A scalar as a finite number.</summary>
    public static double NumberOf(SpecNode node, string key) =>
        double.TryParse(TextOf(node, key), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw SpecFault.At(node, $"'{key}' takes a number, not {node.Kind}.");

    private void RefuseOthers()
    {
        SpecScalar? stranger = map.Entries.Select(entry => entry.Key).FirstOrDefault(key => !known.Contains(key.Text));
        if (stranger is not null)
        {
            string hint = SpecFault.Nearest(stranger.Text, known) is string meant ? $" (did you mean '{meant}'?)" : "";
            throw SpecFault.At(stranger, $"{part} has no key '{stranger.Text}'{hint}; known are {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
        }
    }
}
