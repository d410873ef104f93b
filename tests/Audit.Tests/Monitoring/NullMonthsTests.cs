using Governance.Audit.Monitoring;

namespace Governance.Audit.Tests.Monitoring;

public sealed class NullMonthsTests
{
    // A budget of 6 a month makes 30 months enough: 180 are accepted, and a correct plan may raise fewer, not more than
    // chance adds (five standard errors of a Poisson count). Discrete tests are conservative, so that far fewer are usual.
    [Fact]
    public async Task Months_in_which_nothing_changes_keep_the_budget()
    {
        MonitorReference reference = GivenMonitors.Reference(GivenMonitors.Rows(1_500, 1));
        PreparedPlan plan = PreparedPlan.Make(
            GivenMonitors.Plan(
                """
                - { id: inputs, kind: drift, window: day }
                - { id: west, kind: drift, window: three, cohort: west }
                - { id: cells, kind: quality, window: day }
                - { id: realised, kind: performance, window: day }
                - { id: estimated, kind: estimate, window: day }
                - { id: gap, kind: fairness, window: three, attribute: group }
                """,
                "{ falseAlerts: 6, per: month }"),
            reference, CancellationToken.None);
        int alerts = 0;
        const int Months = 30;
        for (int month = 0; month < Months; month++)
        {
            alerts += (await NullMonths.RunAsync(plan, reference.Rows, month, 30, 60, 2, CancellationToken.None)).Count;
        }

        Assert.InRange(alerts, 1, (6 * Months) + (int)(5 * Math.Sqrt(6 * Months)));
    }
}
