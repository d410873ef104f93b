using System.Globalization;

namespace Governance.Registry.Yaml;

/// <summary>Reads the keys of one part of a text, and refuses those that nobody asked for.</summary>
public sealed class YamlFields
{
    private readonly YamlMap map;
    private readonly string part;
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    private YamlFields(YamlMap map, string part) => (this.map, this.part) = (map, part);

    /// <summary>Where the part begins.</summary>
    public YamlNode Place => map;

    /// <summary>The keys in the order of the text.</summary>
    public IEnumerable<KeyValuePair<YamlScalar, YamlNode>> Entries => map.Entries;

    /// <summary>Reads a part with a function that names every key which it knows; any other is refused.</summary>
    /// <param name="node">The part.</param>
    /// <param name="part">What it is called, for sentences.</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="YamlFaultException">It is no part of keys and values, or has an unknown key.</exception>
    public static T Read<T>(YamlNode node, string part, Func<YamlFields, T> read)
    {
        YamlFields fields = new(node as YamlMap ?? throw YamlFaultException.At(node, $"{part} takes keys with values, not {node.Kind}."), part);
        T result = read(fields);
        fields.RefuseOthers();
        return result;
    }

    /// <summary>The node of a key, or null where it is absent or empty.</summary>
    public YamlNode? Find(string key)
    {
        known.Add(key);
        YamlNode? node = map.Entries.FirstOrDefault(entry => entry.Key.Text == key).Value;
        return node is YamlScalar { IsEmpty: true } ? null : node;
    }

    /// <summary>The node of a key that must be there.</summary>
    public YamlNode Need(string key) => Find(key) ?? throw Lacks(key);

    /// <summary>The refusal where a key is missing: at the key that a person probably meant by it, else at the part.</summary>
    public YamlFaultException Lacks(string key)
    {
        YamlScalar? slip = map.Entries.Select(entry => entry.Key)
            .FirstOrDefault(written => !known.Contains(written.Text) && ClosestWord.To(written.Text, [key]) is not null);
        return slip is null
            ? YamlFaultException.At(map, $"{part} needs the key '{key}'.")
            : YamlFaultException.At(slip, $"{part} has no key '{slip.Text}' (did you mean '{key}'?).");
    }

    /// <summary>Reads a part of this part; null where it is absent.</summary>
    public T? Part<T>(string key, Func<YamlFields, T> read)
        where T : class => Find(key) is YamlNode node ? Read(node, $"'{key}'", read) : null;

    /// <summary>A text that must be there.</summary>
    public string NeedText(string key) => TextOf(Need(key), key);

    /// <summary>A text, or null.</summary>
    public string? Text(string key) => Find(key) is YamlNode node ? TextOf(node, key) : null;

    /// <summary>One of some words, or null.</summary>
    public string? Word(string key, params string[] words)
    {
        if (Find(key) is not YamlNode node)
        {
            return null;
        }

        string word = TextOf(node, key);
        return words.Contains(word) ? word : throw YamlFaultException.At(node, $"'{key}' is one of {string.Join(", ", words)}, not '{word}'.");
    }

    /// <summary>A finite number, or null.</summary>
    public double? Number(string key) => Find(key) is YamlNode node ? NumberOf(node, key) : null;

    /// <summary>A finite number within limits, or null.</summary>
    public double? Number(string key, double least, double most)
    {
        double? number = Number(key);
        return number is not double given || (given >= least && given <= most)
            ? number
            : throw YamlFaultException.At(Need(key), string.Create(CultureInfo.InvariantCulture, $"'{key}' lies between {least} and {most}."));
    }

    /// <summary>A number strictly between 0 and 1, or null.</summary>
    public double? Share(string key) => Number(key) is not double number || number is > 0 and < 1
        ? Number(key)
        : throw YamlFaultException.At(Need(key), $"'{key}' lies between 0 and 1, both excluded.");

    /// <summary>A whole number within limits, or null.</summary>
    public long? Whole(string key, long least, long most)
    {
        if (Find(key) is not YamlNode node)
        {
            return null;
        }

        double number = NumberOf(node, key);
        return double.IsInteger(number) && number >= least && number <= most
            ? (long)number
            : throw YamlFaultException.At(node, string.Create(CultureInfo.InvariantCulture, $"'{key}' is a whole number from {least} to {most}."));
    }

    /// <summary>A list of texts, each once; null where it is absent.</summary>
    public IReadOnlyList<string>? Texts(string key)
    {
        if (Find(key) is not YamlNode node)
        {
            return null;
        }

        YamlList list = node as YamlList ?? throw YamlFaultException.At(node, $"'{key}' takes a list such as [a, b], not {node.Kind}.");
        List<string> texts = [];
        foreach (YamlNode item in list.Items)
        {
            string text = TextOf(item, key);
            texts.Add(texts.Contains(text) ? throw YamlFaultException.At(item, $"'{text}' stands in '{key}' twice.") : text);
        }

        return texts;
    }

    /// <summary>A list of parts; null where it is absent.</summary>
    public IReadOnlyList<T>? Parts<T>(string key, string each, Func<YamlFields, T> read)
    {
        if (Find(key) is not YamlNode node)
        {
            return null;
        }

        YamlList list = node as YamlList ?? throw YamlFaultException.At(node, $"'{key}' takes a list, not {node.Kind}.");
        return [.. list.Items.Select(item => Read(item, each, read))];
    }

    /// <summary>Names with texts; null where it is absent.</summary>
    public IReadOnlyList<(YamlScalar Name, string Text)>? Named(string key) => Find(key) is YamlNode node
        ? Read(node, $"'{key}'", fields => fields.Entries.Select(entry => (entry.Key, fields.NeedText(entry.Key.Text))).ToArray())
        : null;

    /// <summary>A scalar as a text.</summary>
    public static string TextOf(YamlNode node, string key) => node is YamlScalar { Text.Length: > 0 } scalar
        ? scalar.Text
        : throw YamlFaultException.At(node, node is YamlScalar ? $"'{key}' is empty." : $"'{key}' takes one value, not {node.Kind}.");

    /// <summary>A scalar as a finite number.</summary>
    public static double NumberOf(YamlNode node, string key) =>
        double.TryParse(TextOf(node, key), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw YamlFaultException.At(node, $"'{key}' takes a number, not {node.Kind}.");

    private void RefuseOthers()
    {
        YamlScalar? stranger = map.Entries.Select(entry => entry.Key).FirstOrDefault(key => !known.Contains(key.Text));
        if (stranger is not null)
        {
            string hint = ClosestWord.To(stranger.Text, known) is string meant ? $" (did you mean '{meant}'?)" : "";
            throw YamlFaultException.At(stranger, $"{part} has no key '{stranger.Text}'{hint}; known are {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
        }
    }
}
