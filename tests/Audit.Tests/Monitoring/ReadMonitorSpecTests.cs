using Governance.Audit.Data;
using Governance.Audit.Monitoring;
using Governance.Tests;

namespace Governance.Audit.Tests.Monitoring;

public sealed class ReadMonitorSpecTests
{
    [Fact]
    public void Every_sample_plan_is_read_and_spends_no_more_than_its_budget()
    {
        string[] files = Directory.GetFiles(Path.Combine(Reference.Repository, "samples", "monitors"), "*.yaml");

        Assert.NotEmpty(files);
        Assert.All(files, file =>
        {
            MonitorSpec spec = ReadMonitorSpec.Run(File.ReadAllText(file));
            Assert.InRange(spec.Budget.ExpectedAMonth(spec), 0, spec.Budget.AMonth + 1e-9);
        });
    }

    [Fact]
    public void A_monitor_s_windows_share_its_part_of_the_budget()
    {
        MonitorSpec spec = GivenMonitors.Plan("""
            - { id: a, kind: drift, window: day, share: 3 }
            - { id: b, kind: volume, window: day }
            """, "{ falseAlerts: 3, per: quarter }");

        Assert.Equal(1, spec.Budget.AMonth, 12);
        Assert.Equal(0.75 / FalseAlarmBudget.DaysAMonth, spec.Budget.LevelOf(spec, spec.Monitors[0]), 12);
        Assert.Equal(1, spec.Budget.ExpectedAMonth(spec), 12);
    }

    [Theory]
    [InlineData("- { id: a, kind: drift, window: day, colums: [number] }", "line 10, column", "did you mean 'columns'")]
    [InlineData("- { id: a, kind: drift, window: da }", "line 10, column", "did you mean 'day'")]
    [InlineData("- { id: a, kind: drift, window: day, cohort: south }", "line 10, column", "no cohort 'south'")]
    [InlineData("- { id: a, kind: performance, window: day, metrics: [ks] }", "line 10, column", "'ks' is no metric")]
    [InlineData("- { id: a, kind: fairness, window: day }", "line 10, column", "needs the key 'attribute'")]
    [InlineData("- { id: a, kind: volume, window: day, test: ks }", "line 10, column", "has no key 'test'")]
    [InlineData("- { id: a, kind: performance, window: day, atLeast: 0.8, atMost: 0.9 }", "line 10, column", "one limit")]
    public void What_is_wrong_is_refused_with_its_place(string monitor, string place, string sentence)
    {
        InputException fault = Assert.Throws<InputException>(() => GivenMonitors.Plan(monitor));

        Assert.Contains(place, fault.Message, StringComparison.Ordinal);
        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_monitors_of_one_id_are_refused() => Assert.Contains(
        "two monitors 'a'",
        Assert.Throws<InputException>(() => GivenMonitors.Plan("- { id: a, kind: volume, window: day }\n- { id: a, kind: drift, window: day }")).Message,
        StringComparison.Ordinal);
}
