using Governance.Audit.Monitoring;
using Governance.Audit.Privacy;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Deployments;
using Governance.Registry.Monitors;

namespace Governance.Audit.Tests.Monitoring;

public sealed class MaskReadingsTests
{
    private static readonly DatasetColumn[] Columns =
    [
        new("sex", ColumnKind.Categorical, ColumnRole.Protected), new("income", ColumnKind.Numeric, ColumnRole.Feature),
        new("town", ColumnKind.Categorical, ColumnRole.Feature) { Personal = true },
    ];

    [Theory]
    [InlineData("sex", true)]
    [InlineData("town", true)]
    [InlineData("income", false)]
    [InlineData("afam", true)] // the plan compares its groups
    public void A_sentence_about_a_protected_or_personal_column_names_the_figure_alone(string column, bool masked)
    {
        MonitorReading fairness = Reading(null, null, 200) with { Attribute = "afam" };

        MonitorReading shown = MaskReadings.Run([Reading(column, null, 200), fairness], RowMask.Of(AccessDecision.Denied, Columns), 10)[0];

        Assert.Equal(0.25, shown.Value);
        Assert.Equal(masked, !shown.Sentence.Contains("Female", StringComparison.Ordinal));
        Assert.Equal(!masked ? "the share of 'Female' changed" : $"{column}, whose cells are masked: levels is 0.2500 (n = 200, p = 0.001).", shown.Sentence);
    }

    [Fact]
    public void A_reviewer_whose_grant_names_personal_rows_reads_every_sentence()
    {
        RowMask mask = RowMask.Of(new AccessDecision(true, Role.Reviewer, Allowance.LoggedByGrant), Columns);
        MonitorReading[] readings = [Reading("sex", null, 200), Reading("income", "few", 3)];

        Assert.Equal(readings, MaskReadings.Run(readings, mask, 10));
    }

    [Fact]
    public void Figures_of_a_cohort_of_few_rows_are_not_shown()
    {
        IReadOnlyList<MonitorReading> shown = MaskReadings.Run(
            [Reading("income", "few", 9), Reading("income", "many", 10), Reading("income", null, 9)], RowMask.Of(AccessDecision.Denied, Columns), 10);

        Assert.Equal([null, 0.25, 0.25], shown.Select(reading => reading.Value));
        Assert.DoesNotContain("Female", shown[0].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_alert_may_not_tell_are_protected_and_personal_columns_and_those_that_a_plan_compares() =>
        Assert.Equal(["afam", "sex", "town"], MaskReadings.Personal(Columns, ["afam", null]).Order(StringComparer.Ordinal));

    private static MonitorReading Reading(string? column, string? cohort, int rows) => new()
    {
        Deployment = new DeploymentId(Guid.Empty), Plan = new MonitorPlanId(Guid.Empty), Monitor = "inputs", Kind = "drift", Metric = "levels", Series = "levels",
        Column = column, Cohort = cohort, Rows = rows, WindowFrom = default, WindowTo = default, DueAt = default, Value = 0.25, PValue = 0.001, Threshold = 0.01,
        Verdict = MonitorVerdict.Warning, Settled = true, Sentence = "the share of 'Female' changed",
    };
}
