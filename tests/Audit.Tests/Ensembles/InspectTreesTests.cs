using Governance.Audit.Data;
using Governance.Audit.Ensembles;
using Governance.Audit.Inference;
using Governance.Audit.Tests.Inference.Forms;
using Governance.Audit.Tests.Variants;
using Governance.Audit.Variants;
using Governance.Audit.Variants.Trees;
using Governance.Tests;
using Xunit.Abstractions;

namespace Governance.Audit.Tests.Ensembles;

public sealed class InspectTreesTests(ITestOutputHelper log)
{
    private const int Count = 150;

    // The first k trees are a model of k trees: the runtime says what they reach.
    [Fact]
    public void Stages_and_moves_are_those_of_the_trees_by_themselves()
    {
        GivenTrees given = new() { Trees = 5, Depth = 3, Features = 3, Seed = 6 };
        VariantRows rows = Rows(given.Regressor(), given.Rows(Count, false, 1));
        double[] truth = [.. Enumerable.Range(0, Count).Select(row => rows.Table!.Need("y").Number(row))];

        TreeMembersReport report = Assert.Single(InspectTrees.Run(given.Regressor(), rows, null, default));

        Assert.Equal((TreeFamily.Boosting, 5, "root_mean_squared_error"), (report.Family, report.Trees, report.Metric));
        Assert.Equal([1, 2, 3, 4, 5], report.Stages.Select(stage => stage.Trees));
        double[] before = new double[Count];
        for (int trees = 1; trees <= 5; trees++)
        {
            double[] said = Answers((given with { Trees = trees }).Regressor(), rows.Batch);
            Assert.Equal(Math.Sqrt(said.Zip(truth, (a, b) => (a - b) * (a - b)).Average()), report.Stages[trees - 1].Value, 1e-5);
            double[] added = [.. said.Zip(before, (now, then) => now - then)];
            Assert.Equal(Math.Sqrt(added.Average(value => (value - added.Average()) * (value - added.Average()))), report.Moves[trees - 1].Moves, 1e-5);
            before = said;
        }

        Assert.Equal(1, report.Moves.Sum(move => move.Share), 1e-9);
        Assert.NotNull(report.Disagreement);

        // The same rows at 80 %, as a policy may ask for: the same values with narrower intervals.
        TreeMembersReport lower = Assert.Single(InspectTrees.Run(given.Regressor(), rows with { Level = 0.8 }, null, default));
        Assert.Equal((0.95, 0.8), (report.Level, lower.Level));
        Assert.All(report.Stages.Zip(lower.Stages), pair => Assert.True(
            pair.First.Value == pair.Second.Value && pair.Second.Interval![1] - pair.Second.Interval[0] < 0.8 * (pair.First.Interval![1] - pair.First.Interval[0])));
    }

    // A mean of trees: the mean of the first k, and each tree alone.
    [Fact]
    public void Members_of_a_mean_are_models_of_their_own()
    {
        GivenTrees given = new() { Trees = 4, Depth = 2, Features = 3, Seed = 7 };
        byte[] model = given.Regressor(("aggregate_function", "AVERAGE"));
        VariantRows rows = Rows(model, given.Rows(Count, false, 2));
        double[] truth = [.. Enumerable.Range(0, Count).Select(row => rows.Table!.Need("y").Number(row))];

        TreeMembersReport report = Assert.Single(InspectTrees.Run(model, rows, null, default));

        double[][] upTo = [new double[Count], .. Enumerable.Range(1, 4).Select(trees => Answers((given with { Trees = trees }).Regressor(), rows.Batch))];
        double[] alone = [.. Enumerable.Range(0, 4).Select(tree =>
            Math.Sqrt(Enumerable.Range(0, Count).Average(row => Math.Pow(upTo[tree + 1][row] - upTo[tree][row] - truth[row], 2))))];
        Assert.Equal(TreeFamily.Bagging, report.Family);
        Assert.All(alone.Zip(report.Singles!.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.Equal(alone.Average(), report.Singles.Mean, 1e-5);
        Assert.Equal(
            Math.Sqrt(Enumerable.Range(0, Count).Average(row => Math.Pow((upTo[2][row] / 2) - truth[row], 2))), report.Stages.Single(stage => stage.Trees == 2).Value, 1e-5);
    }

    [SkippableFact]
    public void A_forest_is_better_than_its_trees_and_errs_where_they_disagree()
    {
        using ReferenceModel model = new("digits_rf");

        TreeMembersReport report = Assert.Single(InspectTrees.Run(model.File, model.Calibration, null, default));

        log.WriteLine($"{report.Trees} trees, single {report.Singles!.Mean:0.000} ± {report.Singles.Spread:0.000}, all {report.Stages[^1].Value:0.000}, area {report.Disagreement!.Area:0.000}");
        Assert.Equal((TreeFamily.Bagging, "accuracy"), (report.Family, report.Metric));
        Assert.True(report.Stages[^1].Value > report.Singles.Most);
        Assert.InRange(report.Disagreement.Area!.Value, 0.6, 1);
        Assert.InRange(report.Stages[^1].Value, report.Stages[^1].Interval![0], report.Stages[^1].Interval![1]);
    }

    [SkippableFact]
    public void Boosting_is_followed_stage_by_stage_through_what_stands_behind_it()
    {
        using ReferenceModel model = new("hmda_pipeline");

        TreeMembersReport report = Assert.Single(InspectTrees.Run(model.File, model.Calibration, null, default));

        Assert.Equal((TreeFamily.Boosting, "accuracy"), (report.Family, report.Metric));
        Assert.Null(report.Singles);
        Assert.True(report.Stages[^1].Value >= report.Stages[0].Value);
        Assert.Empty(InspectTrees.Run(GivenModel.Logistic([1, 2, 3], 0), Rows(GivenModel.Logistic([1, 2, 3], 0), new GivenTrees { Features = 3 }.Rows(50, false, 1)), null, default));
    }

    // Readable rows with an outcome near what the model says.
    private static VariantRows Rows(byte[] model, float[] values)
    {
        int count = values.Length / 3;
        double[] said = Answers(model, RuntimeAgreement.Batch(values, 3));
        Column[] cells = [.. Enumerable.Range(0, 3).Select(column => new NumberColumn($"c{column}", [.. Enumerable.Range(0, count).Select(row => (double)values[(3 * row) + column])]))];
        Column truth = new NumberColumn("y", [.. said.Select((value, row) => value + (0.1 * Math.Sin(row)))]);
        using OnnxPredictor predictor = OnnxPredictor.Load(model, new PredictorOptions { Provider = "cpu" }, default);
        return VariantRows.Of(predictor.Signature, null, new Table([.. cells, truth]), "y");
    }

    private static double[] Answers(byte[] model, InputBatch rows)
    {
        using OnnxPredictor predictor = OnnxPredictor.Load(model, new PredictorOptions { Provider = "cpu" }, default);
        return predictor.Predict(rows, default).Outputs[0].Numbers!;
    }
}
