using Governance.Audit.WhatIf;

namespace Governance.Portal.Features.WhatIf;

/// <summary>Edits of a row as a link carries them. Pure.</summary>
internal static class WhatIfLink
{
    /// <summary>The edits in one word of an address, to be escaped once more there: "pirat=0.3;hschool=yes".</summary>
    public static string Write(IReadOnlyDictionary<string, string> cells) =>
        string.Join(';', cells.OrderBy(cell => cell.Key, StringComparer.Ordinal).Select(cell => $"{Uri.EscapeDataString(cell.Key)}={Uri.EscapeDataString(cell.Value)}"));

    /// <summary>The edits of a link, those of columns that may change; what cannot be read is left out.</summary>
    public static Dictionary<string, string> Read(string? text, IReadOnlyList<EditableColumn> columns)
    {
        Dictionary<string, string> cells = new(StringComparer.Ordinal);
        foreach (string pair in (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            int at = pair.IndexOf('=', StringComparison.Ordinal);
            string name = at > 0 ? Uri.UnescapeDataString(pair[..at]) : "";
            if (columns.Any(column => column.Name == name && column.MayChange))
            {
                cells[name] = Uri.UnescapeDataString(pair[(at + 1)..]);
            }
        }

        return cells;
    }

    /// <summary>Whether two sets of edits are the same.</summary>
    public static bool Same(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && one.All(cell => other.TryGetValue(cell.Key, out string? value) && value == cell.Value);
}
