using Governance.Audit.Serving;
using Governance.Portal.Features.SignOffs;
using Governance.Registry.Policies;
using Governance.Registry.Versions;

namespace Governance.Portal.Tests.SignOffs;

public sealed class MeasuredFactsTests
{
    private static readonly DateTimeOffset Day = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private static readonly BulkScoring Bulk = new(1_190, 0.5, "Linux x64", 2);

    [Fact]
    public void Without_anything_measured_each_line_is_missing_and_says_who_brings_it()
    {
        ChecklistMeasures nothing = new();
        ChecklistFact[] facts =
        [
            MeasuredFacts.Capacity(nothing), MeasuredFacts.ReScoring(nothing, 100), MeasuredFacts.Monitoring(nothing, Stage.Draft),
            MeasuredFacts.Frontier(nothing), MeasuredFacts.ReasonCodes(nothing),
        ];

        Assert.All(facts, fact => Assert.Null(fact.Verdict));
        Assert.Contains("Serving tab", facts[0].Words, StringComparison.Ordinal);
        Assert.Contains("Evidence tab", facts[1].Words, StringComparison.Ordinal);
        Assert.StartsWith("Not applicable before approval", facts[2].Words, StringComparison.Ordinal);
        Assert.StartsWith("Not applicable until it is deployed", MeasuredFacts.Monitoring(nothing, Stage.Approved).Words, StringComparison.Ordinal);
        Assert.Contains("Mitigation", facts[3].Words, StringComparison.Ordinal);
        Assert.Contains("explained rows", facts[4].Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Capacity_needs_throughput_and_latency()
    {
        ChecklistFact half = MeasuredFacts.Capacity(new ChecklistMeasures { Bulk = Bulk });
        ChecklistFact whole = MeasuredFacts.Capacity(new ChecklistMeasures { Bulk = Bulk, Served = new ServedLatency(1_200, 0.4, 2.25, "since the portal started") });

        Assert.Null(half.Verdict);
        Assert.Equal(GateVerdict.Meets, whole.Verdict);
        Assert.Equal(
            "A sealed run scored 1,190 rows at 2,380 rows a second (Linux x64, threads: 2). 1,200 answers since the portal started: half within 0.4 ms, 95 % within 2.25 ms.",
            whole.Words);
    }

    [Theory]
    [InlineData(true, 100, GateVerdict.Meets)]
    [InlineData(true, 99, GateVerdict.Inconclusive)]
    [InlineData(false, 100, GateVerdict.Breaches)]
    public void Scoring_again_has_to_give_the_same_bytes_for_as_many_rows_as_the_policy_asks(bool same, long rows, GateVerdict verdict)
    {
        RescoredRun run = new("First audit", rows, same, same ? 0 : 3, same ? null : 2.5e-7, Day);

        ChecklistFact fact = MeasuredFacts.ReScoring(new ChecklistMeasures { Rescored = [run] }, 100);

        Assert.Equal(verdict, fact.Verdict);
        Assert.Contains(same ? "bit for bit the same" : "3 values differ, numbers by up to 2.5e-7", fact.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, 0, 0, GateVerdict.Meets, "bit for bit the same scores")]
    [InlineData(99, 0, 0, GateVerdict.Inconclusive, "the policy asks for 100")]
    [InlineData(100, 0, 6e-8, GateVerdict.Inconclusive, "the same decisions, scores that differ by up to 6e-8")]
    [InlineData(100, 0, 0.001, GateVerdict.Breaches, "differ by up to 1e-3")]
    [InlineData(100, 2, 0, GateVerdict.Breaches, "2 other decisions, the same scores")]
    public void Logged_answers_count_before_evidence_that_was_computed_again(int rows, int decisions, double largest, GateVerdict verdict, string words)
    {
        RescoredRun run = new("First audit", 1_190, true, 0, null, Day);
        RescoredAnswers logged = new(rows, decisions, largest, Day, Day.AddDays(3));

        ChecklistFact fact = MeasuredFacts.ReScoring(new ChecklistMeasures { Rescored = [run], Logged = logged }, 100);

        Assert.Equal(verdict, fact.Verdict);
        Assert.Contains(words, fact.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_live_deployment_needs_a_plan()
    {
        WatchedDeployment watched = new("production", "champion", "Credit watch");
        WatchedDeployment bare = new("canary", "challenger", null);

        ChecklistFact all = MeasuredFacts.Monitoring(new ChecklistMeasures { Deployments = [watched] }, Stage.Approved);
        ChecklistFact some = MeasuredFacts.Monitoring(new ChecklistMeasures { Deployments = [watched, bare] }, Stage.InReview);

        Assert.Equal((GateVerdict.Meets, "'Credit watch' watches production (champion)."), (all.Verdict, all.Words));
        Assert.Equal((GateVerdict.Breaches, "No plan of monitors watches canary (challenger): an operator assigns one."), (some.Verdict, some.Words));
    }

    // By hand: of (0.90, 0.10) the points (0.90, 0.08) and (0.92, 0.10) are better, (0.88, 0.02) and (0.95, 0.20) are a trade.
    [Theory]
    [InlineData(0.90, 0.08, GateVerdict.Inconclusive, "at least as good in both")]
    [InlineData(0.92, 0.10, GateVerdict.Inconclusive, "at least as good in both")]
    [InlineData(0.88, 0.02, GateVerdict.Meets, "It lies on the frontier")]
    [InlineData(0.95, 0.20, GateVerdict.Meets, "None has less disparity")]
    [InlineData(0.90, 0.10, GateVerdict.Meets, "None has less disparity")]
    public void A_version_that_another_beats_in_both_needs_a_reason(double score, double disparity, GateVerdict verdict, string words)
    {
        ChecklistFact fact = MeasuredFacts.Frontier(new ChecklistMeasures
        {
            Candidates = [new FrontierCandidate("credit v2", 0.90, 0.10), new FrontierCandidate("credit v1", score, disparity)],
        });

        Assert.Equal(verdict, fact.Verdict);
        Assert.Contains(words, fact.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Cases_without_a_reason_leave_the_line_open_and_regression_is_not_asked()
    {
        Assert.Equal(GateVerdict.Meets, MeasuredFacts.ReasonCodes(new ChecklistMeasures { Reasons = new ReasonCoverage(7, 7, 40) }).Verdict);
        Assert.Equal(GateVerdict.Inconclusive, MeasuredFacts.ReasonCodes(new ChecklistMeasures { Reasons = new ReasonCoverage(7, 6, 40) }).Verdict);
        Assert.Null(MeasuredFacts.ReasonCodes(new ChecklistMeasures { Reasons = new ReasonCoverage(0, 0, 40) }).Verdict);
        ChecklistMeasures numbers = new() { PredictsNumbers = true };
        Assert.All([MeasuredFacts.ReasonCodes(numbers), MeasuredFacts.Frontier(numbers)], fact => Assert.StartsWith("Not applicable", fact.Words, StringComparison.Ordinal));
    }

    [Fact]
    public void Reasons_push_against_the_person_beyond_their_interval_the_strongest_first_and_four_at_most()
    {
        string[] features = ["a", "b", "c", "d", "e", "f", "g"];
        double[] values = [0.1, 0.5, -0.4, 0.3, 0.2, 0.6, -0.05];
        double[][] interval = [[0.05, 0.15], [0.4, 0.6], [-0.5, -0.3], [-0.01, 0.61], [0.1, 0.3], [0.5, 0.7], [-0.06, -0.04]];

        Assert.Equal(["f", "b", "e", "a"], ReasonCodes.Of(features, values, interval, upwards: true));
        Assert.Equal(["f", "b", "d", "e"], ReasonCodes.Of(features, values, null, upwards: true));
        Assert.Equal(["c", "g"], ReasonCodes.Of(features, values, interval, upwards: false));
    }
}
