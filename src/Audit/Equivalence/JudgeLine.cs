using Governance.Registry.Policies;

namespace Governance.Audit.Equivalence;

/// <summary>Which way a limit holds the difference of two versions.</summary>
public enum LimitSide
{
    /// <summary>It may fall by the limit at most.</summary>
    Loss,

    /// <summary>It may rise by the limit at most; of shares and ratios: be at most the limit.</summary>
    Rise,

    /// <summary>It may move by the limit at most, up or down.</summary>
    Change,

    /// <summary>It is at least the limit: agreements.</summary>
    Floor,
}

/// <summary>Judges a line by a limit of the policy, as gates judge findings: by its whole interval. Pure.</summary>
public static class JudgeLine
{
    /// <summary>The line with limit, verdict and sentence.</summary>
    /// <param name="line">What was measured.</param>
    /// <param name="limit">The limit's name in the pack.</param>
    /// <param name="side">Which way it holds.</param>
    /// <param name="pack">The pack; where it sets no such limit the line is reported.</param>
    /// <param name="enough">False where a group is below the policy's smallest size.</param>
    public static EquivalenceLine Of(EquivalenceLine line, string limit, LimitSide side, PolicyPack pack, bool enough = true)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(pack);
        if (pack.Limit(limit) is not double most)
        {
            return EquivalenceWords.Told(line with { Verdict = LineVerdict.Reported });
        }

        Gate gate = new()
        {
            Id = limit,
            Metric = $"equivalence.{line.Name}",
            AtLeast = side switch { LimitSide.Loss or LimitSide.Change => -most, LimitSide.Floor => most, _ => null },
            AtMost = side is LimitSide.Rise or LimitSide.Change ? most : null,
            Citation = "",
            Scale = line.Name.EndsWith("_ratio", StringComparison.Ordinal) ? GateScale.Logarithmic : GateScale.Linear,
        };
        GateJudgement judged = GateRule.Judge(gate, line.Difference, line.Interval?[0], line.Interval?[1], line.N, enough);
        return EquivalenceWords.Told(line with
        {
            Limit = limit,
            AtLeast = gate.AtLeast,
            AtMost = gate.AtMost,
            NeededN = enough ? judged.NeededRows : null,
            Verdict = judged.Verdict switch
            {
                GateVerdict.Meets => LineVerdict.Meets,
                GateVerdict.Breaches => LineVerdict.Breaches,
                _ => LineVerdict.Inconclusive,
            },
        });
    }

    /// <summary>A line that says why a limit of the pack does not apply; none where the pack has no such limit.</summary>
    public static IEnumerable<EquivalenceLine> NotApplicable(string topic, string name, string limit, string reason, PolicyPack pack) =>
        Unmeasured(topic, name, limit, reason, LineVerdict.NotApplicable, pack);

    /// <summary>A line that says why a limit of the pack could not be judged, so that it stays open; none where the pack has no such limit.</summary>
    public static IEnumerable<EquivalenceLine> Open(string topic, string name, string limit, string reason, PolicyPack pack) =>
        Unmeasured(topic, name, limit, reason, LineVerdict.Inconclusive, pack);

    private static IEnumerable<EquivalenceLine> Unmeasured(string topic, string name, string limit, string reason, LineVerdict verdict, PolicyPack pack) =>
        pack.Limit(limit) is null ? []
            : [EquivalenceWords.Told(new EquivalenceLine { Name = name, Topic = topic, N = 0, Limit = limit, Verdict = verdict, Reason = reason })];
}
