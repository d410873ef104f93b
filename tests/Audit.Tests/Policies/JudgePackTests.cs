using Governance.Audit.Findings;
using Governance.Audit.Policies;
using Governance.Audit.Runs;
using Governance.Audit.Tests.Documents;
using Governance.Registry.Policies;

namespace Governance.Audit.Tests.Policies;

public sealed class JudgePackTests
{
    [Fact]
    public void The_same_pack_gives_the_findings_that_were_sealed() =>
        Assert.Equal(Bytes(GivenAudits.Hmda.Findings), Bytes(JudgePack.Findings(GivenAudits.Hmda, PolicyPack.Default)));

    // Random packs: judged afterwards, a document says what the audit would have said under that pack from the start.
    [Fact]
    public void Judging_afterwards_is_judging_at_the_time()
    {
        Random random = new(5);
        for (int i = 0; i < 4; i++)
        {
            PolicyPack pack = PolicyPack.Default with
            {
                Name = "random", Number = i + 1, SmallestGroup = random.Next(1, 300), FewestEvents = random.Next(0, 200),
                Gates = [.. PolicyPack.Default.Gates.Select(gate => gate with
                {
                    AtLeast = gate.AtLeast is null ? null : random.NextDouble(), AtMost = gate.AtMost is null ? null : random.NextDouble() * 0.3,
                    MinimumRows = random.Next(2) == 0 ? null : random.Next(1, 2000),
                    Estimator = (GateEstimator)random.Next(3),
                })],
            };

            IReadOnlyList<Finding> afterwards = JudgePack.Findings(GivenAudits.Hmda, pack);

            Assert.Equal(Bytes(GivenAudits.Run(pack, null).Findings), Bytes(afterwards));
        }
    }

    [Fact]
    public void A_stricter_limit_turns_a_verdict_and_a_missing_one_says_so()
    {
        PolicyPack strict = PolicyPack.Default with
        {
            Gates =
            [
                .. PolicyPack.Default.Gates.Select(gate => gate.Metric == "performance.ece" ? gate with { AtMost = 0.0001 } : gate),
                new Gate { Id = "drift", Metric = "drift.share", AtMost = 0.1, Citation = "A test." },
            ],
        };

        IReadOnlyList<ComparedGate> rows = ComparePacks.Of([new JudgedEvidence(Guid.Empty, GivenAudits.Hmda, 0.95)], PolicyPack.Default, strict);

        ComparedGate ece = rows.Single(row => row.Metric == "performance.ece");
        Assert.Equal(GateVerdict.Breaches, ece.Then!.Verdict);
        Assert.NotEqual(GateVerdict.Breaches, ece.Now!.Verdict);
        Assert.True(ece.Differs);
        ComparedGate drift = rows.Single(row => row.Metric == "drift.share");
        Assert.Null(drift.Then!.Verdict);
        Assert.Contains("No sealed evidence holds drift.share", drift.Then.Lacks, StringComparison.Ordinal);
        Assert.Null(drift.Now);
        Assert.Equal(GivenAudits.Hmda.Findings.Count(finding => finding.Metric == "demographic_parity_ratio"), rows.Count(row => row.Metric == "fairness.demographic_parity_ratio"));
    }

    [Fact]
    public void An_interval_of_another_level_is_not_stretched()
    {
        GateStanding[] standings = [.. JudgePack.Gates([new JudgedEvidence(Guid.Empty, GivenAudits.Hmda, 0.95)], PolicyPack.Default with { Level = 0.99 })];

        Assert.All(standings, standing => Assert.Null(standing.Verdict));
        Assert.All(standings, standing => Assert.Contains("level 0.95, the pack asks for 0.99", standing.Lacks, StringComparison.Ordinal));
    }

    [Fact]
    public void A_pack_that_only_reports_judges_nothing() =>
        Assert.Empty(JudgePack.Gates([new JudgedEvidence(Guid.Empty, GivenAudits.Hmda, 0.95)], BuiltInPacks.Find("ll144", 1)!.Pack));

    private static byte[] Bytes(IReadOnlyList<Finding> findings) => SealableFindings.Bytes(findings);
}
