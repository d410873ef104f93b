using System.Globalization;
using System.Text.RegularExpressions;
using Governance.Audit.Data;

namespace Governance.Portal.Protocols.MlflowRegistry;

/// <summary>
/// Reads a filter of MLflow's search: conditions joined by AND, such as <c>name LIKE 'credit%' AND tags.`data set` = 'hmda'</c>.
/// </summary>
internal static partial class SearchFilter
{
    private const int MostCharacters = 6_000;
    private const int MostConditions = 50;

    private static readonly string[] TextComparisons = ["=", "!=", "LIKE", "ILIKE"];
    private static readonly string[] NumberComparisons = ["=", "!=", "<", "<=", ">", ">="];

    /// <summary>Reads it.</summary>
    /// <param name="filter">Null or blank for no condition.</param>
    /// <param name="columns">What may be asked for.</param>
    /// <exception cref="InputException">It cannot be read; the sentence says where.</exception>
    public static IReadOnlyList<SearchCondition> Read(string? filter, SearchColumns columns)
    {
        if (string.IsNullOrWhiteSpace(filter))
        {
            return [];
        }

        if (filter.Length > MostCharacters)
        {
            throw new InputException($"The filter has {filter.Length} characters; at most {MostCharacters} are read.");
        }

        List<SearchCondition> conditions = [];
        for (int at = 0; ;)
        {
            Match condition = Condition().Match(filter, at);
            if (!condition.Success)
            {
                throw new InputException(
                    $"The filter cannot be read at '{Part(filter, at)}'. A condition is an attribute or tags.key, a comparison and a value in single quotes; conditions are joined by AND.");
            }

            conditions.Add(Of(condition, columns));
            at = condition.Index + condition.Length;
            if (at == filter.Length)
            {
                return conditions.Count <= MostConditions ? conditions : throw new InputException($"The filter has more than {MostConditions} conditions.");
            }

            Match and = And().Match(filter, at);
            if (!and.Success)
            {
                throw new InputException($"The filter cannot be read at '{Part(filter, at)}': conditions are joined by AND.");
            }

            at += and.Length;
        }
    }

    private static SearchCondition Of(Match match, SearchColumns columns)
    {
        string? entity = match.Groups["entity"] is { Success: true } before ? before.Value.ToLowerInvariant() : null;
        string key = match.Groups["quoted"] is { Success: true } quoted ? quoted.Value : match.Groups["plain"].Value;
        string comparison = match.Groups["comparison"].Value.ToUpperInvariant();
        bool isTag = entity is "tag" or "tags";
        string[] texts = [.. match.Groups["text"].Captures.Select(text => Unquoted(text.Value))];
        bool isNumber = match.Groups["number"].Success;
        bool isList = match.Groups["list"].Success;
        if (!isTag && columns.Numbers.Contains(key))
        {
            return isNumber && NumberComparisons.Contains(comparison) && long.TryParse(match.Groups["number"].Value, CultureInfo.InvariantCulture, out long number)
                ? new SearchCondition(false, key, comparison, [], number)
                : throw new InputException($"'{key}' is compared with a whole number by one of {string.Join(", ", NumberComparisons)}.");
        }

        if (!isTag && !columns.Texts.Contains(key))
        {
            throw new InputException($"There is no attribute '{key}' to search by; there are {string.Join(", ", columns.Texts.Concat(columns.Numbers))}, and tags.");
        }

        bool mayList = !isTag && key == SearchColumns.Run;
        return isNumber ? throw new InputException($"The value of '{key}' is a text: write it in single quotes.")
            : isList != (comparison == "IN") || (isList && !mayList)
            ? throw new InputException(mayList ? $"'{key}' is compared with a list by IN, such as IN ('a', 'b')." : $"'{key}' is not compared with a list.")
            : isList || TextComparisons.Contains(comparison) ? new SearchCondition(isTag, key, comparison, texts, null)
            : throw new InputException($"'{key}' is compared by one of {string.Join(", ", TextComparisons)}{(mayList ? ", IN" : "")}, not by {comparison}.");
    }

    private static string Part(string filter, int at) => filter[at..Math.Min(filter.Length, at + 40)].Trim();

    // A quote is doubled inside quotes.
    private static string Unquoted(string text) => text[1..^1].Replace(new string(text[0], 2), text[..1], StringComparison.Ordinal);

    // \G: right where the last one ended. Values are quoted texts, whole numbers, or a list of texts.
    [GeneratedRegex("""
        \G\s*(?:(?<entity>attributes?|tags?)\.)?(?:`(?<quoted>[^`]+)`|"(?<quoted>[^"]+)"|(?<plain>[\w][\w./\-]*))\s*
        (?<comparison>!=|<=|>=|=|<|>|(?:LIKE|ILIKE|IN)(?![\w]))\s*
        (?:(?<text>'(?:[^']|'')*'|"(?:[^"]|"")*")|(?<number>-?\d+)(?![\w.])|(?<list>\(\s*(?<text>'(?:[^']|'')*'|"(?:[^"]|"")*")(?:\s*,\s*(?<text>'(?:[^']|'')*'|"(?:[^"]|"")*"))*\s*\)))\s*
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Condition();

    [GeneratedRegex(@"\GAND(?![\w])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex And();
}
