using Governance.Audit.Comparisons;
using Governance.Audit.Data;
using Governance.Audit.Ensembles;
using Governance.Audit.Inference;
using Governance.Tests;

namespace Governance.Audit.Tests.Ensembles;

public sealed class StackingTests
{
    private static readonly EnsembleOptions Stacking = new() { Combination = Combination.Stacking, Stacked = StackedForm.Full };

    [Fact]
    public void The_graph_says_what_the_reported_coefficients_say()
    {
        EnsembleMember[] members = [GivenMembers.Sample("hmda_gbt"), GivenMembers.Sample("hmda_logreg"), GivenMembers.Sample("hmda_biased")];
        Table test = GivenMembers.Hmda("test");
        (EnsembleModel model, EnsembleReport report) = MakeEnsemble.Run(
            members, Stacking, GivenMembers.Labelled(GivenMembers.Hmda("validation"), "deny"), _ => { }, default);
        double[][] own = [.. members.Select(member => GivenMembers.Probabilities(member, test))];

        double[] said = GivenMembers.Predict(model, test)[EnsembleOutputs.Probabilities].Numbers!;

        StackingReport learned = report.Stacking!;
        for (int row = 0; row < test.Rows; row++)
        {
            double logit = learned.Intercepts[0];
            for (int i = 0; i < members.Length; i++)
            {
                double p = Math.Clamp(own[i][(2 * row) + 1], 1e-6, 1 - 1e-6);
                logit += learned.Coefficients[0][i] * Math.Log(p / (1 - p));
            }

            Assert.Equal(1 / (1 + Math.Exp(-logit)), said[(2 * row) + 1], 1e-5);
        }

        Assert.True(learned.Converged);
        GivenMembers.Dispose(members);
    }

    // Learned on the validation rows, judged on the test rows, which neither the members nor the stacked model have seen.
    [Fact]
    public void On_held_out_rows_it_is_not_surely_worse_than_any_member_and_better_than_the_worst()
    {
        EnsembleMember[] members = [GivenMembers.Sample("hmda_gbt"), GivenMembers.Sample("hmda_logreg"), GivenMembers.Sample("hmda_biased")];
        (EnsembleModel model, EnsembleReport report) = MakeEnsemble.Run(
            members, Stacking, GivenMembers.Labelled(GivenMembers.Hmda("validation"), "deny"), _ => { }, default);
        using OnnxPredictor merged = OnnxPredictor.Load(model.File, new PredictorOptions { Provider = "cpu" }, default);

        ComparisonReport[] held = [.. members.Select(member => CompareModels.Run(
            new ComparedModel(member.Name, member.Predictor, member.Encoding), new ComparedModel("ensemble", merged, model.Encoding),
            GivenMembers.Hmda("test"), new ComparisonOptions { Performance = new() { Label = "deny" } }, _ => { }, default))];

        Assert.All(held, against => Assert.NotEqual("a-better", Metric(against, "log_loss").Verdict));
        Assert.Equal("b-better", Metric(held[2], "log_loss").Verdict);
        Assert.Equal("out of fold", report.Judged!.How);
        Assert.Equal(3, report.Judged.Against.Count);
        Assert.All(report.Judged.Against, against => Assert.NotEqual("a-better", Metric(against, "log_loss").Verdict));
        GivenMembers.Dispose(members);
    }

    [SkippableFact]
    public void Ten_classes_are_stacked_as_well()
    {
        EnsembleMember[] members = [GivenMembers.Shared("digits_lstm"), GivenMembers.Shared("digits_rf")];
        Table rows = GivenMembers.Read(Path.Combine(Reference.Repository, "samples", "digits", "validation.csv"));

        List<AuditWarning> warnings = [];

        (EnsembleModel model, EnsembleReport report) = MakeEnsemble.Run(
            members, Stacking, GivenMembers.Labelled(rows, "digit") with { Folds = 2 }, warnings.Add, default);

        Assert.Equal(20, report.Stacking!.Features.Count);
        Assert.Equal(10, report.Stacking.Coefficients.Count);
        double[][] own = [.. members.Select(member => GivenMembers.Probabilities(member, rows))];
        double[] said = GivenMembers.Predict(model, rows)[EnsembleOutputs.Probabilities].Numbers!;
        double[] logits = [.. Enumerable.Range(0, 10).Select(k => report.Stacking.Intercepts[k] + Enumerable.Range(0, 20)
            .Sum(i => report.Stacking.Coefficients[k][i] * Math.Log(Math.Clamp(own[i / 10][i % 10], 1e-6, 1 - 1e-6))))];
        double sum = logits.Sum(Math.Exp);
        for (int k = 0; k < 10; k++)
        {
            Assert.Equal(Math.Exp(logits[k]) / sum, said[k], 1e-5);
        }

        // 210 numbers from 359 rows: the report says so, and judges it on rows that it has not seen.
        Assert.Contains(warnings, warning => warning.Code == "few-rows-to-stack");
        Assert.Equal("out of fold", report.Judged!.How);
        GivenMembers.Dispose(members);
    }

    [Fact]
    public void Labels_that_no_member_knows_and_missing_data_are_refused()
    {
        EnsembleMember[] members = [GivenMembers.Sample("hmda_logreg"), GivenMembers.Sample("hmda_fair")];
        Table table = GivenMembers.Hmda("test").Head(50);

        Assert.Contains("none of the models' classes no, yes", Assert.Throws<InputException>(
            () => MakeEnsemble.Run(members, Stacking, GivenMembers.Labelled(table, "pirat"), _ => { }, default)).Message);
        Assert.Contains("labelled rows", Assert.Throws<InputException>(() => MakeEnsemble.Run(members, Stacking, null, _ => { }, default)).Message);
        GivenMembers.Dispose(members);
    }

    private static ComparedMetric Metric(ComparisonReport report, string name) => report.Metrics.Single(metric => metric.Name == name);
}
