using Governance.Audit.Findings;
using Governance.Audit.Performance;
using Governance.Portal.Components.Parts;

namespace Governance.Portal.Features.Performance;

/// <summary>Sentences over a performance report. Pure.</summary>
internal static class PerformanceWords
{
    /// <summary>The finding that the page opens with.</summary>
    public static string Title(PerformanceReport report)
    {
        List<string> parts = [];
        if (report.Metrics.GetValueOrDefault("accuracy") is double accuracy)
        {
            string interval = report.Intervals.GetValueOrDefault("accuracy") is { } ends
                ? $" [{PlainNumbers.Percent(ends[0])}, {PlainNumbers.Percent(ends[1])}]"
                : "";
            parts.Add($"Decides {PlainNumbers.Percent(accuracy)}{interval} of the rows correctly");
        }

        if (Said(report, "roc_auc") is { } area)
        {
            parts.Add($"{(parts.Count == 0 ? "Ranks" : "ranks")} them with an AUC of {area}");
        }

        if (parts.Count == 0 && Said(report, "rmse") is { } error)
        {
            parts.Add($"Misses by {error} (root mean square)");
        }

        return parts.Count == 0
            ? $"Measured on {PlainNumbers.Count(report.Count)} rows"
            : $"{string.Join(" and ", parts)}, n = {PlainNumbers.Count(report.Count)}";
    }

    /// <summary>How the gated metrics stand.</summary>
    public static string Lede(PerformanceReport report, IReadOnlyList<Finding> findings)
    {
        string positive = report.Positive is { } name ? $"Positive class “{name}”. " : "";
        string? tally = VerdictWords.Tally("metric", findings.Where(finding => finding.Family == "performance").Select(finding => finding.Gate?.Verdict));
        return tally is null ? $"{positive}The policy sets no limit on these metrics." : $"{positive}{tally}.";
    }

    /// <summary>What the confusion matrix says in a sentence.</summary>
    public static string Mistakes(Confusion confusion)
    {
        double all = confusion.Matrix.Sum(row => row.Sum());
        double right = confusion.Matrix.Select((row, i) => row[i]).Sum();
        return $"{Weight(all - right)} of {Weight(all)} rows decided against their true outcome";
    }

    /// <summary>How the predictions stand against a baseline.</summary>
    public static string Against(Baseline baseline)
    {
        int better = baseline.Gains.Count(gain => gain.Verdict == "better");
        return $"Better than the {baseline.Name} in {better} of {baseline.Gains.Count} metrics"
            + (baseline.Gains.Count(gain => gain.Verdict == "worse") is > 0 and int worse ? $", worse in {worse}" : "");
    }

    /// <summary>A count that may be a sum of weights.</summary>
    public static string Weight(double weight) =>
        weight == Math.Floor(weight) ? PlainNumbers.Count((long)weight) : PlainNumbers.Value(weight);

    /// <summary>A gate's limit, or a dash.</summary>
    public static string Limit(GateOutcome? gate) => gate switch
    {
        { AtLeast: double least } => $"at least {PlainNumbers.Limit(least)}",
        { AtMost: double most } => $"at most {PlainNumbers.Limit(most)}",
        _ => "–",
    };

    /// <summary>With a capital first letter.</summary>
    public static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private static string? Said(PerformanceReport report, string metric) => report.Metrics.GetValueOrDefault(metric) is double value
        ? PlainNumbers.WithInterval(value, report.Intervals.GetValueOrDefault(metric))
        : null;
}
