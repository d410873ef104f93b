using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Inference;
using Governance.Audit.Runs;
using Governance.Tests;

namespace Governance.Audit.Tests.Explanations.Profiles;

public sealed class PartialDependenceTests
{
    [Fact]
    public void Of_a_linear_model_is_its_line_through_the_other_means()
    {
        GivenProfile given = new(GivenProfile.Random(50, 1, "a", "b", "c"), row => 3 + (2 * row[0]) - row[1] + (0.5 * row[2]));
        ProfileAxis axis = given.Axis("a", 5);
        double rest = 3 - Mean(given.Table, "b") + (0.5 * Mean(given.Table, "c"));

        double[] curve = given.Curve(ProfileKind.Pdp, axis);

        Assert.Equal(axis.Numbers!.Select(point => rest + (2 * point)), curve, (expected, actual) => Math.Abs(expected - actual) < 1e-12);
    }

    [Fact]
    public void Of_a_product_of_two_columns_is_the_product_at_each_pair_of_points()
    {
        GivenProfile given = new(GivenProfile.Random(40, 2, "a", "b", "c"), row => (row[0] * row[1]) + row[2]);
        ProfileAxis[] axes = [given.Axis("a", 4), given.Axis("b", 3)];
        double rest = Mean(given.Table, "c");

        ClassProfile profile = given.Run(ProfileKind.Pdp, axes).Profiles[0];

        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                Assert.Equal((axes[0].Numbers![i] * axes[1].Numbers![j]) + rest, profile.Values[i][j], 1e-12);
            }
        }
    }

    [Fact]
    public void Weights_count_like_copies_of_a_row()
    {
        Table once = GivenProfile.Random(12, 3, "a", "b");
        Table twice = once.Take([.. Enumerable.Range(0, 12), 4, 7]);
        static double Model(double[] row) => Math.Sin(row[0] * row[1]);
        GivenProfile weighted = new(once, Model);
        double[] weights = RowBootstrap.Equal(12);
        weights[4] = weights[7] = 2;

        double[] byWeight = weighted.Curve(ProfileKind.Pdp, weighted.Axis("a", 12), weights);
        GivenProfile copied = new(twice, Model);
        double[] byCopies = copied.Curve(ProfileKind.Pdp, copied.Axis("a", 12));

        Assert.Equal(byCopies, byWeight, (expected, actual) => Math.Abs(expected - actual) < 1e-12);
    }

    [Fact]
    public void A_column_of_levels_keeps_exactly_one_of_its_one_hot_elements_set()
    {
        Table table = new([TextColumn.Of("job", ["clerk", "smith", "baker", "smith", null]), new NumberColumn("age", [30, 40, 50, 60, 70])]);
        GivenProfile given = new(table, row => (row[0] * 1) + (row[1] * 10) + (row[2] * 100) + (row[3] / 1000));

        ProfileReport report = given.Run(ProfileKind.Pdp, [given.Axis("job", order: "level")]);

        Assert.Equal(["baker", "clerk", "smith"], report.Features[0].Levels);
        Assert.Equal([1.05, 10.05, 100.05], report.Profiles[0].Values.Select(row => row[0]), (expected, actual) => Math.Abs(expected - actual) < 1e-12);
        Assert.Equal(0.05, report.Profiles[0].Missing!.Value, 1e-12);
        Assert.Equal(0.2, report.Features[0].MissingShare, 1e-12);
    }

    [Fact]
    public void Curves_of_single_rows_have_the_partial_dependence_as_their_mean_and_begin_at_zero_when_centred()
    {
        GivenProfile given = new(GivenProfile.Random(15, 4, "a", "b"), 2, row => [row[0] * row[1], row[0] - row[1]]);
        ProfileAxis axis = given.Axis("a", 5);

        ProfileReport plain = given.Run(ProfileKind.Ice, [axis]);
        ProfileReport centred = given.Run(ProfileKind.Ice, [axis], centred: true);

        for (int output = 0; output < 2; output++)
        {
            ClassProfile profile = plain.Profiles[output];
            for (int point = 0; point < axis.Points; point++)
            {
                Assert.Equal(profile.Curves!.Average(curve => curve.Values[point]), profile.Values[point][0], 1e-12);
                Assert.Equal(profile.Curves![3].Values[point] - profile.Curves[3].Values[0], centred.Profiles[output].Curves![3].Values[point], 1e-12);
            }
        }

        Assert.All(centred.Profiles[0].Curves!, curve => Assert.Equal(0, curve.Values[0]));
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        GivenProfile given = new(GivenProfile.Random(700, 5, "a", "b"), row => Math.Exp(row[0]) * row[1]);
        ProfileAxis[] axes = [given.Axis("a", 9), given.Axis("b", 5)];

        foreach (ProfileKind kind in (ProfileKind[])[ProfileKind.Pdp, ProfileKind.Ale])
        {
            ProfileReport one = given.Run(kind, axes) with { Seconds = null };
            ProfileReport two = given.Run(kind, axes, threads: 2) with { Seconds = null };

            Assert.Equal(JsonSerializer.Serialize(one, ReportJson.Options), JsonSerializer.Serialize(two, ReportJson.Options));
        }
    }

    // The committed figures of scikit-learn; goldens/make.py says how they were made.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Agrees_with_scikit_learn_on_the_mortgage_models(int index)
    {
        string folder = Path.Combine(Reference.Repository, "tests", "Audit.Tests", "Explanations", "Profiles", "goldens");
        JsonElement golden = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "partial_dependence.json"))).RootElement.GetProperty("cases")[index];
        string model = Path.Combine(Reference.Repository, "samples", "models", golden.GetProperty("model").GetString()!);
        using OnnxPredictor predictor = OnnxPredictor.Load(File.ReadAllBytes(Path.Combine(model, "model.onnx")), new PredictorOptions { Provider = "cpu" }, default);
        using FileStream file = File.OpenRead(Path.Combine(Reference.Repository, "samples", "hmda", "test.csv"));
        Table table = CsvTable.Read(file, default).Head(golden.GetProperty("rows").GetInt32());
        RowEncoder encoder = RowEncoder.For(predictor.Signature, ModelEncoding.Read(File.ReadAllBytes(Path.Combine(model, "manifest.json"))), table);
        InputBatch encoded = encoder.Encode(table);
        using ModelScorer scorer = ModelScorer.Of(predictor, new ScorerOptions());
        string[] features = [.. golden.GetProperty("features").EnumerateArray().Select(feature => feature.GetString()!)];
        ProfileAxis[] axes = [.. features.Select(feature => LayAxis.Make(
            ReadableColumn.Of(encoder, table, encoded, feature), encoder, table,
            new AxisOptions { Points = features.Length == 1 ? 7 : 4, Spacing = "uniform" }, _ => { }))];

        ProfileReport report = ProfileModel.Run(
            new ProfileRequest { Model = scorer.Score, Outputs = 1, Output = "p", Rows = encoded, Axes = axes, Kind = features.Length == 1 ? ProfileKind.Ice : ProfileKind.Pdp, Resamples = 10 },
            null, TimeProvider.System, default);

        JsonElement average = golden.GetProperty("average");
        for (int i = 0; i < axes[0].Points; i++)
        {
            if (features.Length == 1)
            {
                Assert.Equal(average[i].GetDouble(), report.Profiles[0].Values[i][0], 1e-6);
                Assert.Equal(golden.GetProperty("individual_first_rows")[2][i].GetDouble(), report.Profiles[0].Curves![2].Values[i], 1e-6);
            }
            else
            {
                for (int j = 0; j < axes[1].Points; j++)
                {
                    Assert.Equal(average[i][j].GetDouble(), report.Profiles[0].Values[i][j], 1e-6);
                }
            }
        }
    }

    private static double Mean(Table table, string column) => ((NumberColumn)table.Need(column)).Values.ToArray().Average();
}
