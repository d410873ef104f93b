using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Drift;
using Governance.Audit.Fairness;
using Governance.Audit.Findings;
using Governance.Audit.Runs;
using Governance.Portal.Features.Explanations.Report;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.Audits.Report;

/// <summary>The parts of an audit's report below its limits. Pure.</summary>
internal static class AuditParts
{
    private static readonly string[] GroupColumns = ["selection_rate", "tpr", "fpr", "ppv", "accuracy", "roc_auc"];

    /// <summary>A verdict: shape, word, then colour.</summary>
    public static string Verdict(GateVerdict verdict)
    {
        string shape = verdict switch
        {
            GateVerdict.Meets => "<circle cx=\"6\" cy=\"6\" r=\"5\"/>",
            GateVerdict.Breaches => "<path d=\"M6 0 12 12 0 12z\"/>",
            _ => "<rect x=\"1\" y=\"1\" width=\"10\" height=\"10\" fill=\"none\" stroke-width=\"2\"/>",
        };
        string word = AuditTables.Word(verdict);
        return $"<span class=\"verdict\" data-v=\"{word}\"><svg viewBox=\"0 0 12 12\" aria-hidden=\"true\">{shape}</svg>{word}</span>";
    }

    /// <summary>A finding in both registers; the switch shows one.</summary>
    public static string Sentence(Finding finding) =>
        $"<span class=\"say-c\">{Svg.Escape(finding.Sentence)}</span><span class=\"say-t\">{Svg.Escape(finding.Technical ?? finding.Sentence)}</span>";

    /// <summary>The limits as a table.</summary>
    public static string LimitsTable(IReadOnlyList<Finding> gated, string model) => HtmlTable.Twin(
        $"limits of {model}", ["Limit", "Metric", "Of", "Verdict", "Value", "Low", "High", "n", "n that would decide"],
        [.. gated.Select(finding => (IReadOnlyList<string>)
        [
            finding.Gate!.Id, finding.Metric, finding.Slice ?? "all rows", AuditTables.Word(finding.Gate.Verdict), PlainNumbers.Value(finding.Value),
            PlainNumbers.Value(finding.Interval?[0]), PlainNumbers.Value(finding.Interval?[1]), PlainNumbers.Count(finding.N),
            finding.Gate.NeededN is long needed ? PlainNumbers.Count(needed) : "–",
        ])], 4);

    /// <summary>All findings as sentences, by family.</summary>
    public static string Findings(FindingsDocument document, bool several)
    {
        StringBuilder html = new();
        foreach (IGrouping<string, Finding> family in document.Findings.Where(finding => finding.Gate is null).GroupBy(finding => finding.Family))
        {
            html.Append(Head($"Findings on {family.Key}", several)).Append("<ul class=\"said\">");
            foreach (Finding finding in family)
            {
                html.Append($"<li>{Sentence(finding)}</li>");
            }

            html.Append("</ul>");
        }

        return html.ToString();
    }

    /// <summary>The groups of each attribute.</summary>
    public static string Groups(FindingsDocument document, bool several)
    {
        StringBuilder html = new();
        foreach (AttributeFairness attribute in document.Fairness?.Attributes ?? [])
        {
            html.Append(Head($"Groups by {attribute.Attribute}", several)).Append("<figure>").Append(AuditCharts.Groups(attribute, "selection_rate"))
                .Append($"<figcaption class=\"quiet\">Share with the favourable outcome {Svg.Escape(document.Fairness!.Favourable)}, whiskers are intervals.")
                .Append(attribute.Groups.Count > AuditCharts.MostGroups ? $" The first {AuditCharts.MostGroups} of {attribute.Groups.Count} groups; the table has all." : "")
                .Append("</figcaption>")
                .Append(HtmlTable.Twin(
                    $"groups by {attribute.Attribute}", ["Group", "Rows", .. GroupColumns.Select(MetricWords.Of)],
                    [.. attribute.Groups.Select(group => (IReadOnlyList<string>)
                    [
                        group.Group, PlainNumbers.Count(group.Count),
                        .. GroupColumns.Select(metric => PlainNumbers.WithInterval(group.Metrics.GetValueOrDefault(metric), group.Intervals.GetValueOrDefault(metric))),
                    ])], 1))
                .Append("</figure>");
        }

        return html.ToString();
    }

    /// <summary>The reliability diagram.</summary>
    public static string Calibration(FindingsDocument document, bool several) => document.Performance is not { Calibration.Count: > 0 } performance ? ""
        : Head("Calibration", several) + "<figure>" + AuditCharts.Calibration(performance.Calibration) + HtmlTable.Twin(
            "calibration", ["From", "To", "Rows", "Mean probability", "Observed share"],
            [.. performance.Calibration.Select(bin => (IReadOnlyList<string>)
            [
                PlainNumbers.Value(bin.Low), PlainNumbers.Value(bin.High), PlainNumbers.Count(bin.Count), PlainNumbers.Value(bin.MeanScore),
                PlainNumbers.WithInterval(bin.Observed, bin.Interval),
            ])], 0) + "</figure>";

    /// <summary>What was measured of cohorts.</summary>
    public static string Cohorts(FindingsDocument document, bool several) => document.Cohorts is not { Count: > 0 } cohorts ? ""
        : Head("Cohorts", several) + HtmlTable.Write(
            "Cohorts", ["Cohort", "Condition", "Rows", "Accuracy", "ROC AUC"],
            cohorts.Select(cohort => (IReadOnlyList<string>)
            [
                cohort.Cohort!, cohort.Where!, PlainNumbers.Count(cohort.Rows), Metric(cohort, "accuracy"), Metric(cohort, "roc_auc"),
            ]), 2);

    /// <summary>The columns that were compared.</summary>
    public static string Drift(FindingsDocument document, bool several) => document.Drift is not DriftReport drift ? ""
        : Head("Drift", several) + HtmlTable.Write(
            "Columns compared between the reference and the current data", ["Column", "Test", "Drifted", "Statistic", "Adjusted p", "Missing before", "Missing now"],
            drift.Columns.Select(column => (IReadOnlyList<string>)
            [
                column.Name, column.Test, column.Drifted switch { true => "yes", false => "no", null => column.Note ?? "not measured" },
                PlainNumbers.Value(column.Statistic), PlainNumbers.Probability(column.AdjustedPValue),
                PlainNumbers.Count(column.MissingReference), PlainNumbers.Count(column.MissingCurrent),
            ]), 3);

    /// <summary>What a reader must know besides.</summary>
    public static string Warnings(FindingsDocument document, bool several)
    {
        StringBuilder html = new();
        foreach (AuditWarning warning in document.Warnings)
        {
            html.Append($"<p class=\"note\">{Svg.Escape(warning.Message)}</p>");
        }

        return html.Length == 0 ? "" : Head("What to know besides", several) + html;
    }

    /// <summary>Digests, seed and software.</summary>
    public static string Made(AuditedModel model, bool several)
    {
        FindingsDocument document = model.Document;
        AuditManifest manifest = AuditManifest.Of(document);
        return Head("What it was computed from", several) + HtmlTable.Write(
            $"Digests, seed and software of {model.Name}", ["Fact", "Value"],
            [
                ["Findings", $"SHA-256 {manifest.FindingsSha256}"],
                ["Model", $"{document.Subject.Model}{(document.Subject.Version > 0 ? $" version {document.Subject.Version}" : "")}, SHA-256 {document.Subject.ArtifactDigest}"],
                ["Encoding", document.Subject.EncodingDigest is string encoding ? $"SHA-256 {encoding}" : "columns as they are"],
                .. document.Data.Select(data => (IReadOnlyList<string>)[$"Data, {data.Role}", $"{data.Name}, n = {PlainNumbers.Count(data.Rows)}, SHA-256 {data.Digest}"]),
                ["Decision", $"label {document.Options.Label ?? "none"}, positive {document.Options.Positive ?? "none"}, favourable {document.Options.Favourable ?? "none"}, threshold {PlainNumbers.Value(document.Options.Threshold)}"],
                ["Seed", document.Options.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)],
                ["Software", $"{document.Engine.Name}, ONNX Runtime {document.Engine.OnnxRuntime} on {document.Engine.Provider}, batches of {document.Engine.BatchSize} rows"],
                ["Policy", $"{document.Policy.Name} {document.Policy.Number}"],
            ], int.MaxValue);
    }

    private static string Metric(SliceReport slice, string metric) => slice.Performance is { } performance
        ? PlainNumbers.WithInterval(performance.Metrics.GetValueOrDefault(metric), performance.Intervals.GetValueOrDefault(metric))
        : "not measured";

    private static string Head(string words, bool several) => several ? $"<h3>{Svg.Escape(words)}</h3>" : $"<h2>{Svg.Escape(words)}</h2>";
}
