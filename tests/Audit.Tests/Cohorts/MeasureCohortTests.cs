using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Registry.Policies;

namespace Governance.Audit.Tests.Cohorts;

public sealed class MeasureCohortTests
{
    private static readonly AuditOptions Options = new() { Name = "Test", Evaluation = "rows", Background = "rows", Protected = ["sex", "young"] };

    // The same rows measured by an audit whose spec names the cohort.
    [Fact]
    public void A_part_gives_the_figures_that_an_audit_of_it_gives()
    {
        ScoredTable scored = Scored(400, 3);
        AuditOptions asked = Options with { Measures = new AuditMeasures { SpecSha256 = "", Intersections = 2, Cohorts = [new NamedCohort("part", "age > 40")] } };
        IReadOnlyList<SliceReport> audit = new MeasureSlices(scored, asked, PolicyPack.Default, new AuditShards(null))
            .Run(1, new UnitProgress(new Silent(), 100, 0), default).Slices;

        CohortFigures live = MeasureCohort.Run(
            scored, Cohort.Parse("age > 40").Rows(scored.Table), asked, PolicyPack.Default, CohortFamilies.Performance | CohortFamilies.Fairness, default);

        Assert.Equal(audit[1].Performance!.Metrics, live.Performance!.Metrics);
        Assert.Equal(audit[1].Performance!.Intervals["accuracy"], live.Performance.Intervals["accuracy"]);
        Assert.Equal(["sex", "young", "sex|young"], live.Fairness!.Attributes.Select(attribute => attribute.Attribute));
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(
                audit[1].Fairness!.Attributes[i].Groups.Select(group => (group.Group, group.Count, group.Metrics["selection_rate"])),
                live.Fairness.Attributes[i].Groups.Select(group => (group.Group, group.Count, group.Metrics["selection_rate"])));
        }

        Assert.Contains(live.Findings, finding => finding.Family == "performance" && finding.Value == live.Performance.Metrics[finding.Metric]);
    }

    [Fact]
    public void What_cannot_be_measured_of_these_rows_is_a_note()
    {
        ScoredTable scored = Scored(60, 4) with { Label = "nowhere" };

        CohortFigures live = MeasureCohort.Run(scored, [0, 1, 2], Options, PolicyPack.Default, CohortFamilies.Performance | CohortFamilies.Fairness, default);

        Assert.Null(live.Performance);
        Assert.Null(live.Fairness);
        Assert.NotEmpty(live.Notes);
    }

    [Fact]
    public void A_part_beside_the_rest_has_the_difference_of_the_two_and_finds_what_was_put_in()
    {
        ScoredTable scored = Scored(4_000, 5); // wrong more often above 40
        int[] part = Cohort.Parse("age > 40").Rows(scored.Table);
        int[] rest = Cohort.Parse("not age > 40").Rows(scored.Table);
        CohortFigures first = MeasureCohort.Run(scored, part, Options, PolicyPack.Default, CohortFamilies.Performance | CohortFamilies.Fairness, default);
        CohortFigures second = MeasureCohort.Run(scored, rest, Options, PolicyPack.Default, CohortFamilies.Performance | CohortFamilies.Fairness, default);

        CohortContrast accuracy = ContrastCohorts.Of(first.Performance!, second.Performance!).Single(contrast => contrast.Metric == "accuracy");
        IReadOnlyList<CohortContrast> rates = ContrastCohorts.Of(first.Fairness!, second.Fairness!, "selection_rate");

        Assert.Equal(Accuracy(scored, part) - Accuracy(scored, rest), accuracy.Difference, 1e-12);
        Assert.Equal("lower", accuracy.Verdict);
        Assert.Equal([("sex", "f"), ("sex", "m"), ("young", "no"), ("young", "yes")], rates.Select(rate => (rate.Attribute, rate.Group)).Order());
        Assert.All(rates, rate => Assert.InRange(rate.Difference, rate.Interval![0], rate.Interval[1]));
    }

    private sealed class Silent : IRunProgress
    {
        public void Report(string stage, long done, long total)
        {
        }
    }

    private static double Accuracy(ScoredTable scored, int[] rows) =>
        rows.Average(row => scored.Table.Need("label").Text(row) == scored.Table.Need("said").Text(row) ? 1.0 : 0.0);

    private static ScoredTable Scored(int rows, int seed)
    {
        Random random = new(seed);
        double[] age = [.. Enumerable.Range(0, rows).Select(_ => (double)random.Next(20, 70))];
        double[] score = [.. age.Select(_ => random.NextDouble())];
        string[] said = [.. score.Select(each => each >= 0.5 ? "yes" : "no")];
        return new ScoredTable
        {
            Table = new Table(
            [
                new NumberColumn("age", age), TextColumn.Of("sex", [.. age.Select(_ => random.Next(2) == 0 ? "f" : "m")]),
                TextColumn.Of("young", [.. age.Select(each => random.NextDouble() < 0.5 ? "yes" : "no")]),
                TextColumn.Of("label", [.. said.Select((each, row) => random.NextDouble() < (age[row] > 40 ? 0.3 : 0.1) ? (each == "yes" ? "no" : "yes") : each)]),
                TextColumn.Of("said", said), new NumberColumn("p", score),
            ]),
            Prediction = "said", Label = "label", Positive = "yes", Favourable = "no", Classes = ["no", "yes"], Scores = ["p"],
        };
    }
}
