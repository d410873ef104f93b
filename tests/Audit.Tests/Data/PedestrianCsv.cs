using System.Text;

namespace Governance.Audit.Tests.Data;

/// <summary>RFC 4180 letter by letter, LF or CRLF, as strict as the product: the oracle of the fast reader.</summary>
internal static class PedestrianCsv
{
    /// <summary>The records, or null where the text is no CSV of one width.</summary>
    public static List<string[]>? Read(string text)
    {
        if (text.Contains('\0'))
        {
            return null;
        }

        List<string[]> records = [];
        List<string> record = [];
        int at = 0;
        while (at < text.Length)
        {
            if (!Cell(text, ref at, out string cell))
            {
                return null;
            }

            record.Add(cell);
            if (at < text.Length && text[at] == ',')
            {
                at++;
                if (at == text.Length)
                {
                    record.Add("");
                }

                continue;
            }

            at += at < text.Length ? 1 : 0;
            records.Add([.. record]);
            record.Clear();
        }

        if (record.Count > 0)
        {
            records.Add([.. record]);
        }

        while (records.Count > 1 && records[^1] is [""])
        {
            records.RemoveAt(records.Count - 1);
        }

        return records.All(row => row.Length == records[0].Length) ? records : null;
    }

    // Ends at the comma or line feed behind the cell; a carriage return before a line feed, or at the very end, is no part of it.
    private static bool Cell(string text, ref int at, out string cell)
    {
        StringBuilder value = new();
        cell = "";
        if (at < text.Length && text[at] == '"')
        {
            for (at++; ; at++)
            {
                if (at == text.Length)
                {
                    return false;
                }

                if (text[at] != '"')
                {
                    value.Append(text[at]);
                }
                else if (at + 1 < text.Length && text[at + 1] == '"')
                {
                    value.Append('"');
                    at++;
                }
                else
                {
                    break;
                }
            }

            at++;
            at += at < text.Length && text[at] == '\r' && (at + 1 == text.Length || text[at + 1] == '\n') ? 1 : 0;
            cell = value.ToString();
            return at == text.Length || text[at] is ',' or '\n';
        }

        for (; at < text.Length && text[at] is not (',' or '\n'); at++)
        {
            if (text[at] == '"')
            {
                return false;
            }

            value.Append(text[at]);
        }

        bool ends = value.Length > 0 && value[^1] == '\r' && (at == text.Length || text[at] == '\n');
        cell = ends ? value.ToString(0, value.Length - 1) : value.ToString();
        return true;
    }
}
