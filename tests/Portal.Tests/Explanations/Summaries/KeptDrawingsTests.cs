using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Summaries;
using Governance.Audit.Privacy;
using Governance.Portal.Features.Cohorts;
using Governance.Portal.Features.Explanations;
using Governance.Portal.Features.Explanations.Summaries;
using Governance.Registry.Access;
using Governance.Registry.Datasets;

namespace Governance.Portal.Tests.Explanations.Summaries;

/// <summary>Drawings of very many rows are made once for each document and each set of columns that may be read.</summary>
public sealed class KeptDrawingsTests
{
    private const int Many = 15_000;

    [Fact]
    public void Of_many_rows_they_are_made_once_and_those_who_may_read_less_get_their_own()
    {
        KeptDrawings kept = new();
        ExplanationReport report = Report(Many);
        GlobalDrawings all = kept.Of(Shown(report, "income", "age"));

        Assert.Same(all, kept.Of(Shown(report, "income", "age")));
        GlobalDrawings less = kept.Of(Shown(report, "income"));
        Assert.NotSame(all, less);
        Assert.Same(less, kept.Of(Shown(report, "income")));
        Assert.NotEqual(all.Swarm!.Figure.ToJson(300), less.Swarm!.Figure.ToJson(300));
        Assert.NotSame(all, kept.Of(Shown(Report(Many), "income", "age")));
    }

    [Fact]
    public void Few_rows_and_cohorts_are_drawn_each_time()
    {
        KeptDrawings kept = new();
        ExplanationReport few = Report(20), many = Report(Many);
        Assert.NotSame(kept.Of(Shown(few, "income", "age")), kept.Of(Shown(few, "income", "age")));

        (AttributionMatrix inside, AttributionMatrix others) = AttributionMatrix.Of(many, 0).Split(Enumerable.Range(0, Many - 10));
        ShownAttributions part = Shown(many, "income", "age") with { Attributions = inside, Others = others };
        Assert.NotSame(kept.Of(part), kept.Of(part));
    }

    private static ExplanationReport Report(int rows) =>
        Given.Report(0.5, ["income", "age"], [.. Enumerable.Range(0, rows).Select(row => (double[])[Math.Sin(row), Math.Cos(3 * row) / 2])]);

    private static ShownAttributions Shown(ExplanationReport report, params string[] open)
    {
        Table table = new([.. new[] { "income", "age" }.Select(name => new NumberColumn(name, [.. Enumerable.Range(0, report.Rows.Count).Select(row => (double)(row % 97))]))]);
        RowMask mask = RowMask.Of(AccessDecision.Denied, [.. new[] { "income", "age" }.Select(name => new DatasetColumn(name, ColumnKind.Numeric, ColumnRole.Feature) { Personal = !open.Contains(name) })]);
        AttributionMatrix all = AttributionMatrix.Of(report, 0);
        return new ShownAttributions
        {
            Sealed = null!, // what is drawn comes from the report alone
            Report = report, Position = 0, Unit = AttributionUnit.Of(report, 0), Attributions = all, Cohort = new CohortView(), Rows = new RowView(table, mask),
            Importance = RankImportance.Of(all, RankImportance.Level, 7),
        };
    }
}
