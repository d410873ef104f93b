using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Governance.Audit.Data;

namespace Governance.Portal.Protocols.MlflowRegistry;

/// <summary>A search: its conditions, its order, and which page of it.</summary>
internal sealed class SearchWish
{
    private readonly IReadOnlyList<SearchCondition> conditions;
    private readonly IReadOnlyList<(string Key, bool Descending)> orders;
    private readonly string fingerprint;
    private readonly int offset;
    private readonly int most;

    private SearchWish(
        IReadOnlyList<SearchCondition> conditions, IReadOnlyList<(string Key, bool Descending)> orders, string fingerprint, int offset, int most)
    {
        this.conditions = conditions;
        this.orders = orders;
        this.fingerprint = fingerprint;
        this.offset = offset;
        this.most = most;
    }

    /// <summary>Reads the search of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="columns">What may be asked for.</param>
    /// <param name="usual">Results of a page where none is said.</param>
    /// <param name="most">Results of a page at most.</param>
    /// <exception cref="InputException">A part of it cannot be used.</exception>
    public static SearchWish Read(MlflowRequest request, SearchColumns columns, int usual, int most)
    {
        string? filter = request.Text("filter");
        IReadOnlyList<string> orders = request.Many("order_by");
        string fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [filter ?? "", .. orders]))))[..16];
        return new SearchWish(
            SearchFilter.Read(filter, columns), [.. orders.Select(order => Order(order, columns))], fingerprint,
            Offset(request.Text("page_token"), fingerprint), request.MaxResults(usual, most));
    }

    /// <summary>The page of what meets the conditions, and the token of the next one; null for the last.</summary>
    public (IReadOnlyList<SearchedItem> Items, string? Next) Page(IEnumerable<SearchedItem> all)
    {
        IOrderedEnumerable<SearchedItem> ordered = all.Where(item => conditions.All(condition => condition.Holds(item))).OrderBy(_ => 0);
        foreach ((string key, bool descending) in orders)
        {
            ordered = key == SearchColumns.Name
                ? (descending
                    ? ordered.ThenByDescending(item => item.Model.Model.Name, StringComparer.Ordinal)
                    : ordered.ThenBy(item => item.Model.Model.Name, StringComparer.Ordinal))
                : descending ? ordered.ThenByDescending(item => item.Numbers[key]) : ordered.ThenBy(item => item.Numbers[key]);
        }

        SearchedItem[] sorted =
        [
            .. ordered.ThenBy(item => item.Model.Model.Name, StringComparer.Ordinal).ThenByDescending(item => item.Version?.Version.Number ?? 0),
        ];
        return (
            [.. sorted.Skip(offset).Take(most)],
            offset + most < sorted.Length ? Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{fingerprint}:{(offset + most).ToString(CultureInfo.InvariantCulture)}")) : null);
    }

    private static (string Key, bool Descending) Order(string order, SearchColumns columns)
    {
        string[] words = order.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string key = words.Length == 0 ? "" : words[0].Trim('`', '"');
        key = key.StartsWith("attribute.", StringComparison.OrdinalIgnoreCase) ? key["attribute.".Length..].Trim('`') : key;
        key = key == "timestamp" ? SearchColumns.Updated : key;
        string direction = words.Length == 2 ? words[1].ToUpperInvariant() : "ASC";
        return words.Length is 1 or 2 && columns.Orders.Contains(key) && direction is "ASC" or "DESC" && columns.Orders.Contains(key)
            ? (key, direction == "DESC")
            : throw new InputException($"The results are not ordered by '{order}', but by {string.Join(", ", columns.Orders)}, each with ASC or DESC behind it.");
    }

    private static int Offset(string? token, string fingerprint)
    {
        if (token is null)
        {
            return 0;
        }

        string text = Base64Url.IsValid(token) && token.Length < 200 ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)) : "";
        return text.Split(':') is [string print, string number] && print == fingerprint
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int offset)
            ? offset
            : throw new InputException("The page token is not one that this search gave: send it with the same filter and order.");
    }
}
