using System.Text;
using Governance.Audit.Findings;
using Governance.Audit.Runs;
using Governance.Audit.Specs;
using Governance.Portal.Features.Explanations.Report;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.Audits.Report;

/// <summary>
/// One HTML file with everything about an audit in it: verdicts, findings in two registers, drawings with their tables, and
/// what it was computed from. It asks no network for anything and runs no script.
/// </summary>
internal static class AuditDocument
{
    private static readonly string Style = ReportStyle.Text + ReportStyle.Read("audit-report.css");

    /// <summary>Writes the report of audits by a spec.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="audited">Its models.</param>
    public static string Write(AuditSpec spec, IReadOnlyList<AuditedModel> audited) => Write(spec.Name, audited, [("Spec", $"{spec.Name}, SHA-256 {spec.Sha256}")]);

    /// <summary>Writes a report.</summary>
    /// <param name="title">What was asked for.</param>
    /// <param name="audited">The models, at least one.</param>
    /// <param name="origins">What it was computed from, besides what each document says.</param>
    public static string Write(string title, IReadOnlyList<AuditedModel> audited, IReadOnlyList<(string Name, string Value)> origins)
    {
        string headline = Headline(audited);
        StringBuilder html = new();
        html.Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Append($"<meta http-equiv=\"Content-Security-Policy\" content=\"{ReportStyle.PolicyOf(Style)}\">")
            .Append($"<title>{Svg.Escape($"{title}: {headline}")}</title><style>{Style}</style></head>\n<body><main>")
            .Append($"<p class=\"crumb\">Audit {Svg.Escape(title)}</p><h1>{Svg.Escape(headline)}</h1>")
            .Append("<p>A value is judged by its whole interval: inside the limit it meets, outside it breaches, and where the limit lies within the interval the data does not decide.</p>")
            .Append("<fieldset class=\"switch\"><legend>Sentences for</legend>")
            .Append("<label><input type=\"radio\" name=\"register\" id=\"register-compliance\" checked> compliance</label>")
            .Append("<label><input type=\"radio\" name=\"register\" id=\"register-technical\"> data scientists</label></fieldset>");
        if (audited.Count > 1)
        {
            html.Append(HtmlTable.Write("Verdicts by model", ["Model", "Verdict", "Breached", "Inconclusive", "Met"], audited.Select(Standing), 2));
        }

        for (int i = 0; i < audited.Count; i++)
        {
            html.Append(Model(audited[i], audited.Count > 1, i + 1));
        }

        return html.Append(Origins(origins)).Append(HowToRead()).Append("</main></body></html>\n").ToString();
    }

    private static string Headline(IReadOnlyList<AuditedModel> audited)
    {
        Finding[] gated = [.. audited.SelectMany(model => model.Document.Findings).Where(finding => finding.Gate is not null)];
        int breached = Count(GateVerdict.Breaches);
        int open = Count(GateVerdict.Inconclusive);
        string who = audited.Count == 1 ? audited[0].Name : $"{audited.Count} models";
        return gated.Length == 0 ? $"{who}: measured, without limits"
            : breached > 0 ? $"{who}: {Limits(breached)} of {gated.Length} breached{(open > 0 ? $", {open} inconclusive" : "")}"
            : open > 0 ? $"{who}: no limit breached, {open} of {gated.Length} inconclusive"
            : $"{who}: {(gated.Length == 1 ? "the limit is met" : $"all {gated.Length} limits are met")}";

        int Count(GateVerdict verdict) => gated.Count(finding => finding.Gate!.Verdict == verdict);
        static string Limits(int count) => count == 1 ? "1 limit" : $"{count} limits";
    }

    private static IReadOnlyList<string> Standing(AuditedModel model)
    {
        IReadOnlyList<Finding> findings = model.Document.Findings;
        Registry.Evidence.VerdictCounts counts = SealableFindings.Count(findings);
        return [model.Name, AuditTables.Word(SealableFindings.Verdict(findings)), PlainNumbers.Count(counts.Breaches), PlainNumbers.Count(counts.Inconclusive), PlainNumbers.Count(counts.Meets)];
    }

    private static string Model(AuditedModel model, bool several, int number)
    {
        FindingsDocument document = model.Document;
        StringBuilder html = new();
        html.Append(several ? $"<h2 id=\"model-{number}\">{Svg.Escape(model.Name)}: {Svg.Escape(AuditTables.Word(SealableFindings.Verdict(document.Findings)))}</h2>" : "");
        Finding[] gated = [.. document.Findings.Where(finding => finding.Gate is not null).OrderBy(Severity)];
        if (gated.Length > 0)
        {
            html.Append(several ? "<h3>Limits</h3>" : "<h2>Limits</h2>").Append("<ul class=\"gates\">");
            foreach (Finding finding in gated)
            {
                html.Append($"<li>{AuditParts.Verdict(finding.Gate!.Verdict)} <b>{Svg.Escape(finding.Gate.Id)}</b><p>{AuditParts.Sentence(finding)}</p>{AuditCharts.Limit(finding)}</li>");
            }

            html.Append("</ul>").Append(AuditParts.LimitsTable(gated, model.Name));
        }

        html.Append(AuditParts.Findings(document, several)).Append(AuditParts.Groups(document, several))
            .Append(AuditParts.Calibration(document, several)).Append(AuditParts.Cohorts(document, several))
            .Append(AuditParts.Drift(document, several)).Append(AuditParts.Warnings(document, several)).Append(AuditParts.Made(model, several));
        return html.ToString();
    }

    private static int Severity(Finding finding) => finding.Gate!.Verdict switch
    {
        GateVerdict.Breaches => 0,
        GateVerdict.Inconclusive => 1,
        _ => 2,
    };

    private static string Origins(IReadOnlyList<(string Name, string Value)> origins)
    {
        StringBuilder html = new("<h2>What this report is of</h2><dl class=\"kv\">");
        foreach ((string name, string value) in origins)
        {
            html.Append($"<dt>{Svg.Escape(name)}</dt><dd>{Svg.Escape(value)}</dd>");
        }

        return html.Append($"<dt>Made by</dt><dd>{Svg.Escape(Engine.Name)}</dd></dl>").ToString();
    }

    private static string HowToRead() =>
        "<h2>How to read this</h2><p>Differences between groups are the largest minus the smallest, ratios the smallest over the largest, over the groups where the rate is defined; "
        + "their intervals hold for all pairs of groups at once. A metric without anything to take it of is undefined and named so, never 0. "
        + "A figure tells how the model treats groups in these data; it is no finding of unlawful discrimination and no proof that there is none.</p>";
}
