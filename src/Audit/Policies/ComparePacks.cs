using Governance.Audit.Findings;
using Governance.Registry.Policies;

namespace Governance.Audit.Policies;

/// <summary>A version by the pack that counts now and by another one, gate by gate. Pure.</summary>
public static class ComparePacks
{
    /// <summary>One row for each metric and slice that either pack judges: the order of the other pack, then what only the present one has.</summary>
    /// <param name="evidence">The version's sealed evidence, newest first.</param>
    /// <param name="now">The pack that counts.</param>
    /// <param name="then">The other pack.</param>
    public static IReadOnlyList<ComparedGate> Of(IReadOnlyList<JudgedEvidence> evidence, PolicyPack now, PolicyPack then)
    {
        IReadOnlyList<GateStanding> present = JudgePack.Gates(evidence, now);
        IReadOnlyList<GateStanding> other = JudgePack.Gates(evidence, then);
        List<ComparedGate> rows = [];
        foreach (GateStanding standing in other)
        {
            rows.Add(new ComparedGate(standing.Gate.Metric, standing.Finding?.Slice, present.FirstOrDefault(each => Same(each, standing)), standing));
        }

        rows.AddRange(present.Where(standing => !other.Any(each => Same(each, standing)))
            .Select(standing => new ComparedGate(standing.Gate.Metric, standing.Finding?.Slice, standing, null)));
        return rows;
    }

    private static bool Same(GateStanding a, GateStanding b) => a.Gate.Metric == b.Gate.Metric && a.Finding?.Slice == b.Finding?.Slice;
}

/// <summary>One metric and slice by two packs.</summary>
/// <param name="Metric">Family and metric.</param>
/// <param name="Slice">The attribute or group; null for all rows.</param>
/// <param name="Now">By the pack that counts; null where it sets no limit.</param>
/// <param name="Then">By the other one; null where it sets no limit.</param>
public sealed record ComparedGate(string Metric, string? Slice, GateStanding? Now, GateStanding? Then)
{
    /// <summary>What was measured; null where nothing was.</summary>
    public Finding? Finding => Then?.Finding ?? Now?.Finding;

    /// <summary>Whether the two packs say different things.</summary>
    public bool Differs => Now?.Verdict != Then?.Verdict || Now is null != Then is null;
}
