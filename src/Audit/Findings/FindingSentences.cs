using Governance.Registry.Policies;

namespace Governance.Audit.Findings;

/// <summary>Findings in plain words, always the same words for the same numbers.</summary>
public static class FindingSentences
{
    /// <summary>What was measured, with interval and n, and what the gate makes of it.</summary>
    /// <param name="metric">The metric's name.</param>
    /// <param name="slice">What it is of, in words, such as "by afam"; null for all rows.</param>
    /// <param name="value">The estimate, or null.</param>
    /// <param name="interval">[low, high], or null.</param>
    /// <param name="rows">The sample size.</param>
    /// <param name="gate">The gate's outcome, or null.</param>
    /// <param name="detail">More in the same sentence, such as which groups; or null.</param>
    public static string Of(
        string metric, string? slice, double? value, IReadOnlyList<double>? interval, long rows, GateOutcome? gate, string? detail)
    {
        string subject = Capitalised(MetricWords.Of(metric)) + (slice is null ? "" : " " + slice);
        string measured = $"{subject} is {PlainNumbers.WithInterval(value, interval)}"
            + (detail is null ? "" : $" ({detail})") + $", n = {PlainNumbers.Count(rows)}";
        return gate is null ? measured + "." : $"{measured}: {Verdict(gate, interval is not null)}.";
    }

    private static string Verdict(GateOutcome gate, bool hasInterval)
    {
        string limit = gate.AtLeast is double least ? $"at least {PlainNumbers.Value(least)}" : $"at most {PlainNumbers.Value(gate.AtMost)}";
        return gate.Verdict switch
        {
            GateVerdict.Meets => $"meets the limit of {limit}",
            GateVerdict.Breaches => $"breaches the limit of {limit}",
            GateVerdict.Inconclusive => $"inconclusive against the limit of {limit}"
                + (gate.NeededN is long needed ? $"; about {PlainNumbers.Count(needed)} rows would decide"
                    : hasInterval ? "" : ", because no interval is known"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static string Capitalised(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
