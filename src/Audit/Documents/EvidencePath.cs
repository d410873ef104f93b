using System.Text;
using System.Text.Json.Nodes;

namespace Governance.Audit.Documents;

/// <summary>The place of a value in a findings document, by names: <c>fairness.attributes[attribute="sex"].groups[0].count</c>.</summary>
/// <remarks>
/// Members of arrays are found by a member of theirs, so that a path is the same in the sealed document and in the one
/// without groups of few rows. Names other than letters, digits and '_' stand in quotes, with \" and \\ escaped.
/// </remarks>
public static class EvidencePath
{
    /// <summary>A path of names.</summary>
    public static string Of(params IEnumerable<string> names)
    {
        StringBuilder path = new();
        foreach (string name in names)
        {
            path.Append(path.Length == 0 ? "" : ".").Append(IsPlain(name) ? name : Quoted(name));
        }

        return path.ToString();
    }

    /// <summary>The path of a member of an array by the value of one of its own members.</summary>
    public static string Where(string path, string member, string value) => $"{path}[{member}={Quoted(value)}]";

    /// <summary>The path of a member of an array by its place, from 0.</summary>
    public static string At(string path, int index) => $"{path}[{index}]";

    /// <summary>The path of a member of what a path names.</summary>
    public static string Then(string path, string name) => $"{path}.{(IsPlain(name) ? name : Quoted(name))}";

    /// <summary>What a path names in a document; null where nothing stands there.</summary>
    /// <exception cref="FormatException">It is no such path.</exception>
    public static JsonNode? Find(JsonNode? document, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        JsonNode? node = document;
        for (int at = 0; at < path.Length;)
        {
            if (path[at] == '[')
            {
                node = Member(node as JsonArray, path, ref at);
            }
            else
            {
                at += path[at] == '.' ? 1 : 0;
                string name = Name(path, ref at, ".[");
                node = (node as JsonObject)?[name];
            }
        }

        return node;
    }

    private static JsonNode? Member(JsonArray? array, string path, ref int at)
    {
        at++;
        string key = Name(path, ref at, "=]");
        JsonNode? found;
        if (at < path.Length && path[at] == '=')
        {
            at++;
            string value = Name(path, ref at, "]");
            found = array?.FirstOrDefault(item => (string?)(item as JsonObject)?[key] == value);
        }
        else
        {
            found = int.TryParse(key, out int index) && index >= 0 && index < array?.Count ? array[index] : null;
        }

        return at < path.Length && path[at++] == ']' ? found : throw new FormatException($"'{path}' is no path in evidence.");
    }

    private static string Name(string path, ref int at, string ends)
    {
        StringBuilder name = new();
        if (at < path.Length && path[at] == '"')
        {
            for (at++; at < path.Length && path[at] != '"'; at++)
            {
                at += path[at] == '\\' ? 1 : 0;
                name.Append(at < path.Length ? path[at] : throw new FormatException($"'{path}' is no path in evidence."));
            }

            at++;
            return name.ToString();
        }

        for (; at < path.Length && !ends.Contains(path[at]); at++)
        {
            name.Append(path[at]);
        }

        return name.Length > 0 ? name.ToString() : throw new FormatException($"'{path}' is no path in evidence.");
    }

    private static bool IsPlain(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static string Quoted(string name) => $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
