using Governance.Audit.Explanations;
using Governance.Audit.Findings;

namespace Governance.Portal.Features.Explanations;

/// <summary>What stands under plots of attributions. Pure.</summary>
internal static class ExplainWords
{
    /// <summary>Method, evaluations, background digest, seed, additivity residual.</summary>
    /// <param name="report">The explanations.</param>
    /// <param name="row">One of its rows, or null for all.</param>
    public static IReadOnlyList<string> Provenance(ExplanationReport report, ExplainedRow? row)
    {
        double residual = row is null
            ? report.Rows.SelectMany(each => each.AdditivityResidual).Select(Math.Abs).DefaultIfEmpty(0).Max()
            : row.AdditivityResidual.Select(Math.Abs).DefaultIfEmpty(0).Max();
        return
        [
            report.Method == "exact" ? "exact Shapley values" : report.Method,
            $"{PlainNumbers.Count(report.Evaluations)} evaluations, {PlainNumbers.Count(report.ModelRows)} model rows",
            .. report.Transport is { } moved
                ? [$"{PlainNumbers.Count(moved.BytesPerExplanation)} bytes moved an explanation{(moved.Path == "fused" ? ", fused" : "")}"]
                : Array.Empty<string>(),
            .. row is null ? [$"{PlainNumbers.Count(report.Rows.Count)} rows"] : Array.Empty<string>(),
            $"background {report.Background.Sha256[..Math.Min(8, report.Background.Sha256.Length)]}, {PlainNumbers.Count(report.Background.Rows)} rows",
            $"seed {report.Seed}",
            $"{(row is null ? "largest " : "")}additivity residual {PlainNumbers.Value(residual)}",
        ];
    }

    /// <summary>What carries the attribution, and how far down the order is firm, in a sentence.</summary>
    /// <param name="ranked">All features, the most important first; at least one.</param>
    /// <param name="rows">How many rows were explained.</param>
    public static string Headline(IReadOnlyList<RankedFeature> ranked, int rows)
    {
        string of = $"n = {PlainNumbers.Count(rows)}";
        double total = ranked.Sum(feature => feature.Importance.MeanAbsolute);
        if (!(total > 0))
        {
            return $"No feature moved the output, {of}";
        }

        string first = ranked[0].Importance.Feature;
        string lead = ranked.Count == 1
            ? $"{first} carries all of the attribution"
            : $"{first} and {ranked[1].Importance.Feature} carry {PlainNumbers.Percent((ranked[0].Importance.MeanAbsolute + ranked[1].Importance.MeanAbsolute) / total)} of the attribution";
        int firm = ranked.TakeWhile(feature => feature.Resolved).Count();
        return firm == ranked.Count ? $"{lead}, {of}"
            : firm == 0 ? $"{lead}; other rows could bring another feature first, {of}"
            : $"{lead}; {(firm == 1 ? "the first place is firm" : $"the first {firm} places are firm")}, below it other rows could change the order, {of}";
    }

    /// <summary>The case in a sentence: score, side of the threshold, outcome.</summary>
    public static string Case(ExplainedCase one, double? threshold)
    {
        string decision = (one.Above, threshold) switch
        {
            (true, double limit) => $", at or above the threshold of {PlainNumbers.Limit(limit)}",
            (false, double limit) => $", below the threshold of {PlainNumbers.Limit(limit)}",
            _ => "",
        };
        string outcome = one.Outcome is null ? "" : $"; true outcome {one.Outcome}{(one.Wrong == true ? ", so the decision was wrong" : "")}";
        return $"Score {PlainNumbers.Value(one.Score)}{decision}{outcome}.";
    }
}
