using Governance.Audit.Findings;
using Governance.Audit.Runs;
using Governance.Portal.Features.Schedules;
using Governance.Registry.Policies;

namespace Governance.Portal.Tests.Schedules;

public sealed class RunDiffTests
{
    [Fact]
    public void A_new_breach_comes_first_then_other_verdicts_then_values_that_left_their_interval()
    {
        FindingsDocument before = Document(
            Finding("moved", 0.80, 0.75, 0.85, GateVerdict.Meets), Finding("same", 0.5, 0.4, 0.6, null), Finding("better", 0.7, 0.6, 0.8, GateVerdict.Breaches),
            Finding("worse", 0.9, 0.8, 1.0, GateVerdict.Meets), Finding("gone", 1, 1, 1, null));
        FindingsDocument now = Document(
            Finding("moved", 0.86, 0.82, 0.9, GateVerdict.Meets), Finding("same", 0.55, 0.4, 0.6, null), Finding("better", 0.7, 0.6, 0.8, GateVerdict.Inconclusive),
            Finding("worse", 0.9, 0.8, 1.0, GateVerdict.Breaches), Finding("fresh", 1, 1, 1, null));

        IReadOnlyList<FindingChange> changes = RunDiff.Of(before, now);

        Assert.Equal(
            [("worse", ChangeKind.Verdict), ("better", ChangeKind.Verdict), ("moved", ChangeKind.LeftInterval), ("fresh", ChangeKind.New), ("gone", ChangeKind.Gone)],
            changes.Select(change => (change.Id, change.Kind)));
        Assert.Equal(["worse"], changes.Where(change => change.IsWorse).Select(change => change.Id));
    }

    [Fact]
    public void The_ends_of_an_interval_belong_to_it_and_a_value_that_became_undefined_left_it()
    {
        FindingsDocument before = Document(Finding("end", 0.5, 0.4, 0.6, null), Finding("lost", 0.5, 0.4, 0.6, null));
        FindingsDocument now = Document(Finding("end", 0.6, 0.5, 0.7, null), Finding("lost", null, 0, 0, null));

        Assert.Equal(["lost"], RunDiff.Of(before, now).Select(change => change.Id));
    }

    private static Finding Finding(string id, double? value, double low, double high, GateVerdict? verdict) => new()
    {
        Id = id, Family = "performance", Metric = id, Value = value, Interval = value is null ? null : [low, high], N = 100, Sentence = "It is so.",
        Gate = verdict is GateVerdict known ? new GateOutcome("gate", 0.8, null, known, null) : null,
    };

    private static FindingsDocument Document(params Finding[] findings) => new()
    {
        Engine = new EngineIdentity("governance", "1", "cpu", 1), Subject = new AuditSubject("m", 1, "a", "b", null), Data = [],
        Options = new AuditOptions { Name = "x", Evaluation = "e", Background = "b" }, Policy = new PolicyReference("default", 1), Findings = findings, Warnings = [],
    };
}
