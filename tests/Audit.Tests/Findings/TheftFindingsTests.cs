using Governance.Audit.Findings;
using Governance.Audit.Runs;
using Governance.Audit.Theft.Attacks;
using Governance.Registry.Policies;

namespace Governance.Audit.Tests.Findings;

public sealed class TheftFindingsTests
{
    private static readonly RedTeamReport Report = new()
    {
        Task = "classes",
        Release = "linear",
        Unknowns = 14,
        Policy = "answers/1",
        Days = 30,
        JudgedRows = 232,
        OwnRows = 244,
        ReferenceRows = 1_428,
        BaseRate = 0.93,
        Metrics =
        [
            new RedTeamMetric("theft.fidelity.consumer", 1, 0.95, -0.05, [-0.08, -0.02], "b-better", [0.92, 0.97], 232, "own-data"),
            new RedTeamMetric("theft.queries_to_alarm.consumer.uniform", null, 4, null, null, "undecided", null, 500, "uniform"),
            new RedTeamMetric("theft.queries_to_alarm.consumer.own-data", null, null, null, null, "undecided", null, 244, "own-data"),
        ],
        Attacks = [],
        Membership = [],
        Notes = [],
    };

    [Fact]
    public void A_spec_s_gates_judge_the_fidelity_by_its_interval_and_a_count_as_it_is()
    {
        IReadOnlyList<Finding> findings = Collect(
            new AuditGate { Id = "copy", Metric = "theft.fidelity.consumer", AtMost = 0.9 },
            new AuditGate { Id = "soon", Metric = "theft.queries_to_alarm.consumer.uniform", AtMost = 10 },
            new AuditGate { Id = "ever", Metric = "theft.queries_to_alarm.consumer.own-data", AtMost = 10 });

        Assert.Equal([GateVerdict.Breaches, GateVerdict.Meets, GateVerdict.Inconclusive], findings.Select(finding => finding.Gate!.Verdict));
        Assert.Equal(
            "Fidelity of the best copy on the terms of a consumer is 0.950 (with 95 % confidence between 0.920 and 0.970), measured on 232 rows. It breaches the limit of at most 0.90.",
            findings[0].Sentence);
        Assert.Contains("because no alarm was raised in 244 questions", findings[2].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alarm_that_was_not_raised_is_a_finding_only_where_a_gate_asks_for_it() =>
        Assert.Equal(["theft/fidelity.consumer", "theft/queries_to_alarm.consumer.uniform"], Collect().Select(finding => finding.Id));

    [Fact]
    public void A_policy_pack_s_gate_judges_too()
    {
        PolicyPack pack = PolicyPack.Default with
        {
            Gates = [new Gate { Id = "theft", Metric = "theft.fidelity.consumer", AtMost = 0.98, Citation = "test" }],
        };

        Assert.Equal(("theft", GateVerdict.Meets), TheftFindings.From(Report, [], pack).Select(finding => (finding.Gate!.Id, finding.Gate.Verdict)).First());
    }

    private static IReadOnlyList<Finding> Collect(params AuditGate[] gates) => CollectFindings.Of(
        [], null, null, null, Report, null, new AuditMeasures { SpecSha256 = "", Gates = gates }, PolicyPack.Default);
}
