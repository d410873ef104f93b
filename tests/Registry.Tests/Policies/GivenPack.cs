using Governance.Registry.Models;
using Governance.Registry.Policies;

namespace Governance.Registry.Tests.Policies;

/// <summary>Packs for tests: random ones, and every way to ask for less.</summary>
internal static class GivenPack
{
    /// <summary>The default pack with numbers drawn anew.</summary>
    public static PolicyPack Random(Random random)
    {
        PolicyPack pack = PolicyPack.Default;
        return pack with
        {
            Name = "random",
            Level = 0.5 + (random.NextDouble() * 0.49),
            SmallestGroup = random.Next(2, 100),
            FewestEvents = random.Next(2, 50),
            SmallestShownGroup = random.Next(2, 20),
            Gates = [.. pack.Gates.Select(gate => gate with
            {
                AtLeast = random.NextDouble(), AtMost = 1 + random.NextDouble(), MinimumRows = random.Next(2, 1000),
                Estimator = (GateEstimator)random.Next(1, 4),
            })],
            Corrections = [.. pack.Corrections.Select(rule => rule with { Method = (CorrectionMethod)random.Next(3), Alpha = 0.01 + (random.NextDouble() * 0.1) })],
            Tiers = [.. pack.Tiers.Select(rule => rule with
            {
                Reviewers = random.Next(2, 5), Approvers = random.Next(2, 5), EvidenceDays = random.Next(10, 400), CadenceDays = random.Next(10, 400),
            })],
            Limits = [.. pack.Limits.Select(limit => limit with { Value = random.NextDouble() * 10 })],
            Checklist = [.. pack.Checklist.Select(line => line with { FromTier = (RiskTier)random.Next(3) })],
        };
    }

    /// <summary>Ways to ask for less in one point; each takes a pack and a number that says where.</summary>
    public static IReadOnlyList<Func<PolicyPack, int, PolicyPack>> Loosen { get; } =
    [
        (pack, _) => pack with { Level = pack.Level - 0.01 },
        (pack, _) => pack with { SmallestGroup = pack.SmallestGroup - 1 },
        (pack, _) => pack with { FewestEvents = pack.FewestEvents - 1 },
        (pack, _) => pack with { SmallestShownGroup = pack.SmallestShownGroup - 1 },
        (pack, at) => pack with { Gates = Without(pack.Gates, at) },
        (pack, at) => pack with { Gates = With(pack.Gates, at, gate => gate with { AtLeast = gate.AtLeast - 0.001 }) },
        (pack, at) => pack with { Gates = With(pack.Gates, at, gate => gate with { AtMost = gate.AtMost + 0.001 }) },
        (pack, at) => pack with { Gates = With(pack.Gates, at, gate => gate with { AtLeast = null }) },
        (pack, at) => pack with { Gates = With(pack.Gates, at, gate => gate with { MinimumRows = gate.MinimumRows - 1 }) },
        (pack, at) => pack with { Gates = With(pack.Gates, at, gate => gate with { Estimator = GateEstimator.Any }) },
        (pack, at) => pack with { Corrections = With(pack.Corrections, at, rule => rule with { Alpha = rule.Alpha / 2 }) },
        (pack, at) => pack with { Corrections = Without(pack.Corrections, at) },
        (pack, at) => pack with { Tiers = With(pack.Tiers, at, rule => rule with { Reviewers = rule.Reviewers - 1 }) },
        (pack, at) => pack with { Tiers = With(pack.Tiers, at, rule => rule with { Approvers = rule.Approvers - 1 }) },
        (pack, at) => pack with { Tiers = With(pack.Tiers, at, rule => rule with { EvidenceDays = rule.EvidenceDays + 1 }) },
        (pack, at) => pack with { Tiers = With(pack.Tiers, at, rule => rule with { CadenceDays = rule.CadenceDays + 1 }) },
        (pack, at) => pack with { Triggers = Without(pack.Triggers, at) },
        (pack, at) => pack with { Limits = With(pack.Limits, at, limit => limit with { Value = limit.Value + (limit.Stricter == Stricter.Higher ? -0.5 : 0.5) }) },
        (pack, at) => pack with { Limits = With(pack.Limits, at, limit => limit with { Stricter = limit.Stricter == Stricter.Lower ? Stricter.Higher : Stricter.Lower }) },
        (pack, at) => pack with { Checklist = Without(pack.Checklist, at) },
        (pack, at) => pack with { Checklist = With(pack.Checklist, at, line => line with { FromTier = line.FromTier + 1 }) },
    ];

    /// <summary>Ways to ask for more.</summary>
    public static IReadOnlyList<Func<PolicyPack, int, PolicyPack>> Tighten { get; } =
    [
        (pack, _) => pack with { Level = pack.Level + 0.001, SmallestGroup = pack.SmallestGroup + 1, FewestEvents = pack.FewestEvents + 1 },
        (pack, at) => pack with { Gates = With(pack.Gates, at, gate => gate with { AtLeast = gate.AtLeast + 0.001, AtMost = gate.AtMost - 0.001 }) },
        (pack, at) => pack with { Gates = [.. pack.Gates, pack.Gates[0] with { Id = $"more-{at}", Metric = $"drift.more-{at}" }] },
        (pack, at) => pack with { Tiers = With(pack.Tiers, at, rule => rule with { Reviewers = rule.Reviewers + 1, Approvers = rule.Approvers + 1, EvidenceDays = rule.EvidenceDays - 1, CadenceDays = rule.CadenceDays - 1 }) },
        (pack, at) => pack with { Limits = With(pack.Limits, at, limit => limit with { Value = limit.Value + limit.Stricter switch { Stricter.Higher => 0.5, Stricter.Lower => -0.5, _ => 0 } }) },
        (pack, at) => pack with { Checklist = [.. pack.Checklist, pack.Checklist[0] with { Id = $"more-{at}" }] },
    ];

    private static IReadOnlyList<T> With<T>(IReadOnlyList<T> list, int at, Func<T, T> change) =>
        [.. list.Select((item, i) => i == at % list.Count ? change(item) : item)];

    private static IReadOnlyList<T> Without<T>(IReadOnlyList<T> list, int at) => [.. list.Where((_, i) => i != at % list.Count)];
}
