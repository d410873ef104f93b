using Governance.Registry.Policies;

namespace Governance.Registry.Tests.Policies;

public sealed class GateRuleTests
{
    private static readonly Gate ImpactRatio = PolicyPack.Default.GateOn("fairness.demographic_parity_ratio")!;
    private static readonly Gate ParityDifference = PolicyPack.Default.GateOn("fairness.demographic_parity_difference")!;

    [Theory]
    [InlineData(0.90, 0.85, 0.95, GateVerdict.Meets)]
    [InlineData(0.90, 0.80, 0.95, GateVerdict.Meets)]
    [InlineData(0.90, 0.79, 0.95, GateVerdict.Inconclusive)]
    [InlineData(0.70, 0.60, 0.79, GateVerdict.Breaches)]
    [InlineData(0.70, 0.60, 0.80, GateVerdict.Inconclusive)]
    public void A_floor_is_judged_by_the_whole_interval(double value, double low, double high, GateVerdict verdict) =>
        Assert.Equal(verdict, GateRule.Judge(ImpactRatio, value, low, high, 400, enoughRows: true).Verdict);

    [Theory]
    [InlineData(0.05, 0.01, 0.10, GateVerdict.Meets)]
    [InlineData(0.05, 0.01, 0.11, GateVerdict.Inconclusive)]
    [InlineData(0.20, 0.11, 0.30, GateVerdict.Breaches)]
    public void A_ceiling_is_judged_by_the_whole_interval(double value, double low, double high, GateVerdict verdict) =>
        Assert.Equal(verdict, GateRule.Judge(ParityDifference, value, low, high, 400, enoughRows: true).Verdict);

    [Fact]
    public void Groups_below_the_smallest_size_decide_nothing() =>
        Assert.Equal(GateVerdict.Inconclusive, GateRule.Judge(ImpactRatio, 0.3, 0.2, 0.4, 12, enoughRows: false).Verdict);

    [Fact]
    public void An_undefined_value_is_inconclusive_and_no_sample_size_would_help() =>
        Assert.Equal(new GateJudgement(GateVerdict.Inconclusive, null), GateRule.Judge(ImpactRatio, null, null, null, 0, true));

    // Half-width 0.08 towards the limit, distance 0.04: four times the rows halve the width and decide.
    [Fact]
    public void Four_times_the_rows_decide_what_is_half_a_width_away() =>
        Assert.Equal(1_600, GateRule.Judge(ParityDifference, 0.06, -0.02, 0.14, 400, enoughRows: true).NeededRows);

    [Fact]
    public void A_ratio_is_measured_on_the_log_scale()
    {
        double estimate = 0.8 * Math.Exp(0.05);

        GateJudgement judgement = GateRule.Judge(
            ImpactRatio, estimate, estimate * Math.Exp(-0.15), estimate * Math.Exp(0.15), 100, enoughRows: true);

        Assert.InRange(judgement.NeededRows!.Value, 900, 901);
    }

    [Fact]
    public void Every_gate_of_the_built_in_pack_has_a_limit_and_a_citation() =>
        Assert.All(PolicyPack.Default.Gates, gate =>
        {
            Assert.True(gate.AtLeast is not null || gate.AtMost is not null);
            Assert.True(gate.Citation.Length > 10);
        });
}
