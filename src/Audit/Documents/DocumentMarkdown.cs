using System.Globalization;
using System.Text;

namespace Governance.Audit.Documents;

/// <summary>Documents as Markdown (CommonMark with GitHub's tables). Words of people are escaped: they are never markup.</summary>
public static class DocumentMarkdown
{
    // Every ASCII mark that could begin something in CommonMark or HTML; a backslash before any ASCII punctuation is the mark itself.
    private const string Marks = "\\`*_{}[]()#+-.!|<>~&:=@\"'/";

    /// <summary>Writes a document.</summary>
    public static string Write(GovernedDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"# {Escape(document.Title)}: {Escape(document.Subject)}\n\n{Escape(document.Citation)}\n");
        if (document.Missing > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{document.Missing} {(document.Missing == 1 ? "place is" : "places are")} not filled yet; each is marked **Missing**\\.\n");
        }

        Dictionary<Guid, int> notes = document.Evidence.Select((evidence, i) => (evidence.Id, i + 1)).ToDictionary(pair => pair.Id, pair => pair.Item2);
        foreach (DocumentSection section in document.Sections)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{new string('#', section.Level + 1)} {Escape(section.Title)}\n");
            foreach (DocumentBlock block in section.Blocks)
            {
                text.Append('\n');
                Write(text, block, notes);
            }
        }

        text.Append("\n## Evidence\n\n");
        foreach (DocumentEvidence evidence in document.Evidence)
        {
            text.Append(CultureInfo.InvariantCulture, $"- \\[{notes[evidence.Id]}\\] {Escape(evidence.Title)}, evidence {evidence.Id}, SHA\\-256 {evidence.Digest}, sealed {evidence.SealedAt:yyyy-MM-dd'T'HH:mm:ss'Z'}\n");
        }

        return text.Append(document.Ledger is not { } ledger
            ? "\nNo signed checkpoint of the ledger covers this version yet\\.\n"
            : $"\nLedger: {ledger.Size} entries, root {ledger.Root}, signed {ledger.At:yyyy-MM-dd'T'HH:mm:ss'Z'}\n").ToString();
    }

    /// <summary>A text as itself, on one line.</summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder escaped = new(text.Length + 8);
        foreach (char c in text)
        {
            _ = c is '\r' or '\n' or '\t' ? escaped.Append(' ')
                : char.IsControl(c) ? escaped.Append('\uFFFD')
                : Marks.Contains(c, StringComparison.Ordinal) ? escaped.Append('\\').Append(c)
                : escaped.Append(c);
        }

        return escaped.ToString();
    }

    private static void Write(StringBuilder text, DocumentBlock block, Dictionary<Guid, int> notes)
    {
        switch (block)
        {
            case TextBlock words:
                text.Append(Escape(words.Text)).Append('\n');
                break;
            case SealedBlock words:
                text.Append(CultureInfo.InvariantCulture, $"{Escape(words.Text)} \\[{notes[words.Evidence]}\\]\n");
                break;
            case FactsBlock facts:
                Table(text, ["", ""], facts.Rows.Select(row => (string[])[Escape(row.Term), Value(row.Value, notes)]));
                break;
            case TableBlock table:
                text.Append("**").Append(Escape(table.Caption)).Append("**\n\n");
                Table(text, [.. table.Columns.Select(Escape)], table.Rows.Select(row => row.Select(value => Value(value, notes)).ToArray()));
                break;
            case WrittenBlock written:
                text.Append(CultureInfo.InvariantCulture, $"{Escape(written.About)}, by {Escape(written.By)} on {written.At:yyyy-MM-dd}:\n\n");
                foreach (string line in written.Text.ReplaceLineEndings("\n").Split('\n'))
                {
                    text.Append("> ").Append(Escape(line)).Append('\n');
                }

                break;
            case MissingBlock missing:
                text.Append(CultureInfo.InvariantCulture, $"**Missing:** {Escape(missing.What)}\\. {Escape(missing.How)}\n");
                break;
        }
    }

    private static string Value(DocumentValue value, Dictionary<Guid, int> notes) =>
        Escape(value.Text) + string.Concat(value.Numbers.Select(number => number.Evidence).Distinct().Select(id => $" \\[{notes[id]}\\]"));

    private static void Table(StringBuilder text, IReadOnlyList<string> heads, IEnumerable<string[]> rows)
    {
        text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", heads)} |\n|{string.Concat(heads.Select(_ => " --- |"))}\n");
        foreach (string[] row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row)} |\n");
        }
    }
}
