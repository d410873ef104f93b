using Governance.Audit.Equivalence;
using Governance.Registry.Policies;

namespace Governance.Audit.Findings;

/// <summary>Turns the lines of the equivalence battery that the policy limits into findings, so that sign-offs see them. Pure.</summary>
public static class EquivalenceFindings
{
    /// <summary>The family's name.</summary>
    public const string Family = "equivalence";

    /// <summary>One finding a line with a limit that applies.</summary>
    /// <param name="report">The battery.</param>
    public static IEnumerable<Finding> From(EquivalenceReport report) =>
        report.Lines.Where(line => line.Limit is not null && line.Verdict != LineVerdict.NotApplicable).Select(line => new Finding
        {
            Id = $"{Family}/{line.Id}",
            Family = Family,
            Metric = line.Name,
            Slice = line.Group is null ? line.Where : $"{line.Attribute}={line.Group}",
            Attribute = line.Attribute,
            Group = line.Group,
            Value = line.Difference,
            Interval = line.Interval,
            N = line.N,
            PValue = line.AdjustedPValue ?? line.PValue,
            Reason = line.Reason,
            Gate = new GateOutcome(line.Limit!, line.AtLeast, line.AtMost, Verdict(line), line.NeededN),
            Sentence = line.Sentence,
            Technical = $"{line.Id}: B − A = {PlainNumbers.WithInterval(line.Difference, line.Interval)}, n = {PlainNumbers.Count(line.N)}"
                + $"{(line.Test is null ? "" : $", {line.Test} p {PlainNumbers.Probability(line.AdjustedPValue ?? line.PValue)}")}; {EquivalenceWords.Verdict(line.Verdict)} {line.Limit}.",
        });

    private static GateVerdict Verdict(EquivalenceLine line) => line.Verdict switch
    {
        LineVerdict.Meets => GateVerdict.Meets,
        LineVerdict.Breaches => GateVerdict.Breaches,
        _ => GateVerdict.Inconclusive,
    };
}
