using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Importance;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Inference;
using Governance.Tests;

namespace Governance.Audit.Tests.Explanations.Importance;

public sealed class PermutationImportanceTests
{
    // Shuffling adds the variance that the column explains twice over: E (w (x' − x))² = 2 w² var(x), and the noise stays.
    [Fact]
    public void Of_a_linear_model_is_twice_the_variance_that_the_column_carries()
    {
        PermutationReport report = Linear(rows: 4000, noise: 0.5, repeats: 10);

        Dictionary<string, PermutedFeature> features = report.Features.ToDictionary(feature => feature.Feature);
        double noise = report.Baseline * report.Baseline;
        foreach ((string name, double weight) in ((string, double)[])[("a", 3), ("b", 1)])
        {
            double expected = Math.Sqrt(noise + (2 * weight * weight * 16 / 12.0)) - report.Baseline;
            Assert.Equal(expected, features[name].Importance, 0.03 * expected);
        }

        Assert.Equal(0, features["c"].Importance);
        Assert.Equal(["a", "b", "c"], report.Features.Select(feature => feature.Feature));
    }

    [Fact]
    public void Errors_over_repeats_and_intervals_over_rows_hold_the_mean()
    {
        PermutationReport report = Linear(rows: 300, noise: 0.5, repeats: 6);

        PermutedFeature first = report.Features[0];
        Assert.Equal(first.Repeats.Average(), first.Importance, 1e-12);
        Assert.InRange(first.Importance, first.Interval[0], first.Interval[1]);
        Assert.True(first.StandardError > 0);
        Assert.Equal(6, first.Repeats.Count);
    }

    // Ranks of the same draws, counted here: a leads b in all of them; b and c, shuffled to no loss at all, share their places.
    [Fact]
    public void Ranks_hold_the_places_that_draws_of_rows_give()
    {
        PermutationReport clear = Linear(rows: 400, noise: 0.1, repeats: 3);
        PermutationReport noisy = Linear(rows: 25, noise: 300, repeats: 1);

        Assert.Equal([[1, 1], [2, 2], [3, 3]], clear.Features.Select(feature => feature.Ranks));
        Assert.Equal([1, 2, 3], clear.Features.Select(feature => feature.Rank));
        Assert.Contains(noisy.Features, feature => feature.Ranks[0] < feature.Ranks[1]);
        Assert.All(noisy.Features, feature => Assert.InRange(feature.Rank, feature.Ranks[0], feature.Ranks[1]));
    }

    [Fact]
    public void The_same_seed_shuffles_alike_and_another_does_not()
    {
        PermutationReport one = Linear(200, 0.1, 2, seed: 4);
        PermutationReport same = Linear(200, 0.1, 2, seed: 4);
        PermutationReport other = Linear(200, 0.1, 2, seed: 5);

        Assert.Equal(one.Features.Select(feature => feature.Importance), same.Features.Select(feature => feature.Importance));
        Assert.NotEqual(one.Features[0].Importance, other.Features[0].Importance);
    }

    [Theory]
    [InlineData("accuracy")]
    [InlineData("roc_auc")]
    [InlineData("log_loss")]
    [InlineData("brier")]
    public void Metrics_of_the_rows_as_they_are_agree_with_the_performance_report(string metric)
    {
        PermutationReport report = Mortgages("hmda_gbt", metric, weighted: false);

        // samples/models/expected_metrics.json, test split.
        System.Text.Json.JsonElement expected = System.Text.Json.JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(Reference.Repository, "samples", "models", "expected_metrics.json"))).RootElement;
        Assert.Equal(Find(expected, "hmda_gbt", metric), report.Baseline, 1e-4);
        Assert.InRange(report.Baseline, report.BaselineInterval[0], report.BaselineInterval[1]);
    }

    [Fact]
    public void A_metric_that_does_not_fit_the_model_is_refused()
    {
        Assert.Throws<InputException>(() => Mortgages("hmda_gbt", "rmse", weighted: false));
        Assert.Throws<InputException>(() => ImportanceMetrics.Read("f2"));
    }

    [Fact]
    public void Orders_agree_in_rank_and_in_their_first_five()
    {
        ImportanceAgreement same = ImportanceAgreement.Of([5, 4, 3, 2, 1, 0], [50, 40, 30, 20, 10, 0]);
        ImportanceAgreement turned = ImportanceAgreement.Of([5, 4, 3, 2, 1, 0], [0, 1, 2, 3, 4, 5]);

        Assert.Equal((1, 5), (Math.Round(same.RankCorrelation, 12), same.TopOverlap));
        Assert.Equal((-1, 4), (Math.Round(turned.RankCorrelation, 12), turned.TopOverlap));
    }

    [Fact]
    public void A_feature_that_always_leads_outranks_with_certainty_and_twins_with_one_half()
    {
        SeededRandom random = new(3, 0);
        double[] values = new double[60 * 3];
        for (int row = 0; row < 60; row++)
        {
            double twin = random.NextDouble();
            (values[3 * row], values[(3 * row) + 1], values[(3 * row) + 2]) = (5 + random.NextDouble(), twin, twin);
        }

        RankReport report = RankStability.Of(values, 3, 400, 0.95, 1, default);

        Assert.Equal(1, report.Outranks[0][1]);
        Assert.Equal(0.5, report.Outranks[1][2]);
        Assert.Equal([1, 1], report.Ranks[0]);
        Assert.Equal([2, 3], report.Ranks[1]);
    }

    private static double Find(System.Text.Json.JsonElement root, string model, string metric)
    {
        System.Text.Json.JsonElement at = root.TryGetProperty("models", out System.Text.Json.JsonElement models) ? models : root;
        at = at.GetProperty(model);
        return Search(at, metric) ?? throw new InvalidOperationException($"No {metric} of {model}.");
    }

    private static double? Search(System.Text.Json.JsonElement at, string metric)
    {
        if (at.ValueKind != System.Text.Json.JsonValueKind.Object)
        {
            return null;
        }

        return at.TryGetProperty(metric, out System.Text.Json.JsonElement found) && found.ValueKind == System.Text.Json.JsonValueKind.Number
            ? found.GetDouble()
            : at.EnumerateObject().Select(member => Search(member.Value, metric)).FirstOrDefault(value => value is not null);
    }

    private static PermutationReport Mortgages(string name, string metric, bool weighted)
    {
        string folder = Path.Combine(Reference.Repository, "samples", "models", name);
        using OnnxPredictor predictor = OnnxPredictor.Load(File.ReadAllBytes(Path.Combine(folder, "model.onnx")), new PredictorOptions { Provider = "cpu" }, default);
        using FileStream file = File.OpenRead(Path.Combine(Reference.Repository, "samples", "hmda", "test.csv"));
        Table table = CsvTable.Read(file, default);
        RowEncoder encoder = RowEncoder.For(predictor.Signature, ModelEncoding.Read(File.ReadAllBytes(Path.Combine(folder, "manifest.json"))), table);
        return PermutationImportance.Run(
            new PermutationRequest
            {
                Predictor = predictor,
                Rule = new DecisionRule(predictor.Signature, encoder.Encoding),
                Rows = encoder.Encode(table),
                Table = table,
                Label = "deny",
                Players = encoder.Players(),
                Metric = ImportanceMetrics.Read(metric),
                Weights = weighted ? RowBootstrap.Equal(table.Rows) : null,
                Repeats = 1,
                Resamples = 50,
            },
            null, default);
    }

    private static PermutationReport Linear(int rows, double noise, int repeats, int seed = 1)
    {
        SeededRandom random = new(9, 0);
        double[][] x = [.. Enumerable.Range(0, 4).Select(_ => new double[rows])];
        for (int row = 0; row < rows; row++)
        {
            (x[0][row], x[1][row], x[2][row]) = (4 * random.NextDouble(), 4 * random.NextDouble(), 4 * random.NextDouble());
            x[3][row] = (float)((3 * (float)x[0][row]) - (float)x[1][row]) + (noise * (random.NextDouble() - 0.5));
        }

        Table table = new([new NumberColumn("a", x[0]), new NumberColumn("b", x[1]), new NumberColumn("c", x[2]), new NumberColumn("y", x[3])]);
        using OnnxPredictor predictor = OnnxPredictor.Load(
            new GivenModel().Input("x", Governance.Audit.Inference.Graphs.TensorProto.Types.DataType.Float, null, 3).Weights("w", [3, 1], [3f, -1f, 0f]).Node("MatMul", ["x", "w"], ["value"])
                .Output("value", Governance.Audit.Inference.Graphs.TensorProto.Types.DataType.Float, null, 1).Build(),
            new PredictorOptions { Provider = "cpu" }, default);
        ModelEncoding encoding = ModelEncoding.Read(
            """{"inputs":[{"name":"x","features":[{"name":"a"},{"name":"b"},{"name":"c"}]}],"outputs":[{"name":"value","role":"value"}]}"""u8.ToArray());
        RowEncoder encoder = new(predictor.Signature, encoding);
        return PermutationImportance.Run(
            new PermutationRequest
            {
                Predictor = predictor,
                Rule = new DecisionRule(predictor.Signature, encoding),
                Rows = encoder.Encode(table),
                Table = table,
                Label = "y",
                Players = encoder.Players(),
                Metric = ImportanceMetric.Rmse,
                Repeats = repeats,
                Resamples = 100,
                Seed = seed,
            },
            null, default);
    }
}
