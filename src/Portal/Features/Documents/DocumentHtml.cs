using System.Globalization;
using System.Text;
using Governance.Audit.Documents;
using Governance.Portal.Features.Explanations.Report;

namespace Governance.Portal.Features.Documents;

/// <summary>Documents as one HTML file made for print: no script, nothing from the network, every word of people escaped.</summary>
internal static class DocumentHtml
{
    private static readonly string Style = ReportStyle.Text + ReportStyle.Read("document.css");

    /// <summary>Writes a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="evidenceAddress">Where evidence of an id can be looked at; null where the file stands alone.</param>
    public static string Write(GovernedDocument document, Func<Guid, string>? evidenceAddress = null)
    {
        StringBuilder html = new();
        Dictionary<Guid, int> notes = document.Evidence.Select((evidence, i) => (evidence.Id, i + 1)).ToDictionary(pair => pair.Id, pair => pair.Item2);
        html.Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Append(CultureInfo.InvariantCulture, $"<meta http-equiv=\"Content-Security-Policy\" content=\"{ReportStyle.PolicyOf(Style)}\">")
            .Append(CultureInfo.InvariantCulture, $"<title>{Svg.Escape($"{document.Title}: {document.Subject}")}</title><style>{Style}</style></head>\n<body><main>")
            .Append(CultureInfo.InvariantCulture, $"<p class=\"crumb\">{Svg.Escape(document.Subject)}</p><h1>{Svg.Escape(document.Title)}</h1><p>{Svg.Escape(document.Citation)}</p>");
        if (document.Missing > 0)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"gap\"><b>{(document.Missing == 1 ? "1 place is" : $"{document.Missing} places are")} not filled yet.</b> Each is marked “Missing”.</p>");
        }

        foreach (DocumentSection section in document.Sections)
        {
            html.Append(CultureInfo.InvariantCulture, $"<section><h{section.Level + 1} id=\"s-{Svg.Escape(section.Id)}\">{Svg.Escape(section.Title)}</h{section.Level + 1}>");
            foreach (DocumentBlock block in section.Blocks)
            {
                html.Append(Block(block, notes));
            }

            html.Append("</section>\n");
        }

        return html.Append(Evidence(document, evidenceAddress)).Append("</main></body></html>\n").ToString();
    }

    private static string Block(DocumentBlock block, Dictionary<Guid, int> notes) => block switch
    {
        TextBlock text => $"<p>{Svg.Escape(text.Text)}</p>",
        SealedBlock words => $"<p>{Svg.Escape(words.Text)}<sup><a href=\"#e-{notes[words.Evidence]}\" title=\"{Svg.Escape(words.Path)}\">{notes[words.Evidence]}</a></sup></p>",
        FactsBlock facts => $"<dl class=\"kv\">{string.Concat(facts.Rows.Select(row => $"<dt>{Svg.Escape(row.Term)}</dt><dd>{Value(row.Value, notes)}</dd>"))}</dl>",
        TableBlock table => Table(table, notes),
        WrittenBlock written =>
            $"<figure class=\"written\"><figcaption>{Svg.Escape(written.About)}, by {Svg.Escape(written.By)} on {Day(written.At)}</figcaption><blockquote>{Svg.Escape(written.Text)}</blockquote></figure>",
        MissingBlock missing => $"<p class=\"gap\"><b>Missing:</b> {Svg.Escape(missing.What)}. {Svg.Escape(missing.How)}</p>",
        _ => throw new ArgumentOutOfRangeException(nameof(block), block.GetType().Name, null),
    };

    private static string Table(TableBlock table, Dictionary<Guid, int> notes)
    {
        StringBuilder html = new();
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"wrap\" tabindex=\"0\" role=\"region\" aria-label=\"{Svg.Escape(table.Caption)}\"><table><caption>{Svg.Escape(table.Caption)}</caption><thead><tr>")
            .Append(string.Concat(table.Columns.Select(column => $"<th scope=\"col\">{Svg.Escape(column)}</th>"))).Append("</tr></thead><tbody>");
        foreach (IReadOnlyList<DocumentValue> row in table.Rows)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Value(row[0], notes)}</th>")
                .Append(string.Concat(row.Skip(1).Select(value => $"<td>{Value(value, notes)}</td>"))).Append("</tr>");
        }

        return html.Append("</tbody></table></div>\n").ToString();
    }

    // The note's number leads to the evidence; its title says where in the document the number stands.
    private static string Value(DocumentValue value, Dictionary<Guid, int> notes) =>
        Svg.Escape(value.Text) + string.Concat(value.Numbers.GroupBy(number => number.Evidence).Select(group =>
            $"<sup><a href=\"#e-{notes[group.Key]}\" title=\"{Svg.Escape(string.Join("; ", group.Select(number => number.Path)))}\">{notes[group.Key]}</a></sup>"));

    private static string Evidence(GovernedDocument document, Func<Guid, string>? address)
    {
        StringBuilder html = new("<section><h2 id=\"evidence\">Evidence</h2>");
        if (document.Evidence.Count == 0)
        {
            html.Append("<p>No sealed evidence stands behind this document yet.</p>");
        }

        foreach (DocumentEvidence evidence in document.Evidence)
        {
            string id = address is null ? evidence.Id.ToString() : $"<a href=\"{Svg.Escape(address(evidence.Id))}\">{evidence.Id}</a>";
            html.Append(CultureInfo.InvariantCulture, $"<p id=\"e-{document.Evidence.ToList().IndexOf(evidence) + 1}\" class=\"origin\">{document.Evidence.ToList().IndexOf(evidence) + 1}. {Svg.Escape(evidence.Title)}, evidence {id}, sealed {Day(evidence.SealedAt)}, SHA-256 <code>{evidence.Digest}</code></p>");
        }

        html.Append(document.Ledger is not { } ledger
            ? "<p class=\"origin\">No signed checkpoint of the ledger covers this version yet.</p>"
            : $"<p class=\"origin\">Ledger: {ledger.Size} entries, root <code>{ledger.Root}</code>, signed {Day(ledger.At)}. Whoever keeps this page can show that the ledger was not rewritten since.</p>");
        return html.Append("</section>").ToString();
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
