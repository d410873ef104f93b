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
            .. row is null ? [$"{PlainNumbers.Count(report.Rows.Count)} rows"] : Array.Empty<string>(),
            $"background {report.Background.Sha256[..Math.Min(8, report.Background.Sha256.Length)]}, {PlainNumbers.Count(report.Background.Rows)} rows",
            $"seed {report.Seed}",
            $"{(row is null ? "largest " : "")}additivity residual {PlainNumbers.Value(residual)}",
        ];
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
