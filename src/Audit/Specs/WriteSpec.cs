using System.Globalization;
using System.Text;
using System.Text.Json;
using Governance.Audit.Drift;
using Governance.Audit.Runs;
using Governance.Audit.Slices;

namespace Governance.Audit.Specs;

/// <summary>Writes an audit of registered data as a spec, so that whoever has its evidence can run it again.</summary>
public static class WriteSpec
{
    /// <summary>The spec as YAML; <see cref="ReadSpec"/> reads it to the same options, but for the digest of the text.</summary>
    /// <param name="options">What was measured.</param>
    /// <param name="version">Such as hmda-mortgage/3.</param>
    public static string Run(AuditOptions options, string version)
    {
        StringBuilder yaml = new();
        AuditMeasures measures = options.Measures ?? new AuditMeasures { SpecSha256 = "" };
        yaml.Append(CultureInfo.InvariantCulture, $"governance: {ReadSpec.Schema}\nname: {Text(options.Name)}\nseed: {options.Seed}\n");
        yaml.Append($"model: {{ version: {Text(version)} }}\ndata:\n  evaluation: {{ {Source(options.Evaluation, options.EvaluationTraffic)}");
        Add(yaml, "label", options.Label);
        Add(yaml, "positive", options.Positive);
        Add(yaml, "favourable", options.Favourable);
        Add(yaml, "weight", measures.Weight);
        Add(yaml, "where", measures.Where);
        yaml.Append(CultureInfo.InvariantCulture, $" }}\n  background: {{ dataset: {Text(options.Background)}, rows: {options.BackgroundRows} }}\n");
        AddData(yaml, "reference", options.Reference, null);
        AddData(yaml, "current", options.Current, options.CurrentTraffic);
        if (options.Threshold is double threshold)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"decision: {{ threshold: {threshold:R} }}\n");
        }

        if (measures.Cohorts.Count > 0)
        {
            yaml.Append($"cohorts: {{ {string.Join(", ", measures.Cohorts.Select(cohort => $"{Text(cohort.Name)}: {Text(cohort.Where)}"))} }}\n");
        }

        yaml.Append(Explain(options.Explanation)).Append(Fairness(options, measures)).Append(Performance(measures)).Append(Drift(measures)).Append(RedTeam(measures)).Append(Stress(measures));
        AddGates(yaml, measures);
        if (measures.Budget is { } budget)
        {
            yaml.Append("budget: { ").AppendJoin(", ", Pairs(("seconds", Number(budget.Seconds)), ("modelRows", Number(budget.ModelRows)))).Append(" }\n");
        }

        return yaml.ToString();
    }

    private static string Explain(ExplanationOptions asked) => asked.Rows == 0 ? "" :
        $"explain: {{ {string.Join(", ", Pairs(("method", Text(asked.Method)), ("rows", Number(asked.Rows)), ("samples", Number(asked.Samples)), ("class", Text(asked.Class)), ("link", Text(asked.Link)), ("reference", Text(asked.Reference)), ("players", Text(asked.Players)), ("where", Text(asked.Where)), ("untilWidth", Number(asked.UntilWidth)), ("steps", Number(asked.Steps))))} }}\n";

    private static string Fairness(AuditOptions options, AuditMeasures measures)
    {
        if (options.Protected.Count == 0)
        {
            return "";
        }

        IEnumerable<string> references = measures.ReferenceGroups.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{Text(pair.Key)}: {Text(pair.Value)}");
        return "fairness:\n"
            + $"  attributes: [{string.Join(", ", options.Protected.Select(Text))}]\n"
            + string.Create(CultureInfo.InvariantCulture, $"  intersections: {measures.Intersections}\n")
            + (measures.ReferenceGroups.Count == 0 ? "" : $"  reference: {{ {string.Join(", ", references)} }}\n")
            + $"  interval: {{ {string.Join(", ", Pairs(("level", Number(measures.Level)), ("method", measures.Interval), ("resamples", Number(measures.Resamples))))} }}\n"
            + (measures.SmallestRows is null && measures.FewestEvents is null ? ""
                : $"  smallest: {{ {string.Join(", ", Pairs(("rows", Number(measures.SmallestRows)), ("events", Number(measures.FewestEvents))))} }}\n")
            + $"  correction: {measures.Correction}\n  relativeTo: {measures.RelativeTo}\n";
    }

    private static string Performance(AuditMeasures measures) =>
        $"performance: {{ metrics: {(measures.Metrics is { } metrics ? $"[{string.Join(", ", metrics.Select(Text))}]" : "all")}, bins: {Number(measures.Bins)}, ece: {measures.Ece}, interval: {{ method: {measures.PerformanceInterval}, resamples: {Number(measures.PerformanceResamples)} }} }}\n";

    private static string Drift(AuditMeasures measures) => measures.Drift is not { } drift ? "" :
        $"drift: {{ columns: {(drift.Columns is { } columns ? $"[{string.Join(", ", columns.Select(Text))}]" : "all")}, {string.Join(", ", Pairs(("test", drift.Test), ("correction", drift.Correction), ("alpha", Number(drift.Alpha)), ("threshold", Number(drift.Threshold)), ("bins", drift.Bins), ("sigma", Number(drift.Sigma)), ("kinds", Kinds(drift)), ("seed", drift.Seed == 0 ? null : Number(drift.Seed))))} }}\n";

    private static string? Kinds(DriftOptions drift) => drift.Kinds is not { Count: > 0 } kinds ? null
        : $"{{ {string.Join(", ", kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => $"{Text(kind.Key)}: {kind.Value}"))} }}";

    private static string RedTeam(AuditMeasures measures) => measures.RedTeam is not { } asked ? "" :
        $"redteam: {{ roles: [{string.Join(", ", asked.Roles)}], attacks: {(asked.Attacks is { } attacks ? $"[{string.Join(", ", attacks)}]" : "all")}, days: {Number(asked.Days)}, queries: {Number(asked.Queries)} }}\n";

    private static string Stress(AuditMeasures measures) =>
        (measures.Robustness is not { } disturbed ? "" :
            $"robustness: {{ tests: {List(disturbed.Tests) ?? "all"}, {string.Join(", ", Pairs(("immutable", List(disturbed.Immutable)), ("rows", Number(disturbed.Rows)), ("repeats", Number(disturbed.Repeats))))} }}\n")
        + (measures.Slices is not { } slices ? "" :
            $"slices: {{ {string.Join(", ", Pairs(("metric", slices.Metric?.Name()), ("columns", List(slices.Columns) ?? "all"), ("depth", Number(slices.Depth)), ("minRows", Number(slices.MinRows))))} }}\n")
        + (measures.Stability is not { } parts ? "" :
            $"stability: {{ {string.Join(", ", Pairs(("by", Text(parts.By)), ("parts", parts.By is null ? Number(parts.Parts) : null)))} }}\n");

    private static string? List(IReadOnlyList<string>? texts) => texts is null ? null : $"[{string.Join(", ", texts.Select(Text))}]";

    private static void AddGates(StringBuilder yaml, AuditMeasures measures)
    {
        if (measures.Gates.Count == 0)
        {
            return;
        }

        yaml.Append("gates:\n");
        foreach (AuditGate gate in measures.Gates)
        {
            yaml.Append("  - { ").AppendJoin(", ", Pairs(
                ("id", Text(gate.Id)), ("metric", Text(gate.Metric)), ("attribute", Text(gate.Attribute)), ("group", Text(gate.Group)),
                ("cohort", Text(gate.Cohort)), ("column", Text(gate.Column)), ("atLeast", Number(gate.AtLeast)), ("atMost", Number(gate.AtMost)))).Append(" }\n");
        }
    }

    private static IEnumerable<string> Pairs(params (string Key, string? Value)[] pairs) =>
        pairs.Where(pair => pair.Value is not null).Select(pair => $"{pair.Key}: {pair.Value}");

    private static void Add(StringBuilder yaml, string key, string? value)
    {
        if (value is not null)
        {
            yaml.Append($", {key}: {Text(value)}");
        }
    }

    private static void AddData(StringBuilder yaml, string role, string? dataset, TrafficDays? traffic)
    {
        if (dataset is not null)
        {
            yaml.Append($"  {role}: {{ {Source(dataset, traffic)} }}\n");
        }
    }

    private static string Source(string dataset, TrafficDays? traffic) =>
        traffic is null ? $"dataset: {Text(dataset)}" : $"deployment: {traffic.Deployment}, days: {Number(traffic.Days)}";

    // A text in JSON's quotes is the same text in YAML, whatever it holds.
    private static string? Text(string? text) => text is null ? null : JsonSerializer.Serialize(text, ReportJson.Options);

    private static string? Number(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture);
}
