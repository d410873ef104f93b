using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Quality;
using Governance.Audit.Tests.Explanations.Profiles;

namespace Governance.Audit.Tests.Explanations.Quality;

public sealed class ExplanationQualityTests
{
    // Two of six columns do anything at all, one three times as much as the other.
    private static double Model(double[] row) => (3 * row[1]) + row[4];

    [Fact]
    public void True_attributions_are_faithful_compact_and_add_up()
    {
        QualityReport quality = Measure("exact", report => report);

        Assert.True(quality.Faithfulness.DeletionInterval[0] > 0);
        Assert.True(quality.Faithfulness.InsertionInterval[0] > 0);
        Assert.InRange(quality.Compactness.Most, 1, 2);
        Assert.Equal(6, quality.Compactness.Features);
        Assert.InRange(quality.AdditivityGap, 0, 1e-12);
        Assert.Equal((0, 0.0, null), (quality.Reseeding.Seeds, quality.Reseeding.MeanChange, quality.Reseeding.WithinErrors));
    }

    [Fact]
    public void Curves_run_between_the_output_and_the_average()
    {
        Faithfulness curves = Measure("exact", report => report).Faithfulness;

        Assert.Equal(curves.Deletion[0], curves.Insertion[^1], 1e-12);
        Assert.Equal(0, curves.Deletion[^1], 1e-12);
        Assert.Equal(0, curves.Insertion[0], 1e-12);
        Assert.True(curves.Deletion[0] > 0);
        Assert.Equal(7, curves.Shares.Count);
        Assert.Equal(curves.Deletion[0], curves.RandomDeletion[0], 1e-12);
    }

    [Fact]
    public void Attributions_of_the_wrong_sign_are_not()
    {
        QualityReport quality = Measure("exact", report => report with
        {
            Rows = [.. report.Rows.Select(row => row with { Values = [[.. row.Values[0].Select(value => -value)]] })],
        });

        Assert.True(quality.Faithfulness.DeletionGain < 0);
        Assert.True(quality.Faithfulness.InsertionGain < 0);
    }

    [Fact]
    public void Noise_of_a_twentieth_of_the_spread_changes_a_linear_model_by_its_coefficients()
    {
        NoiseStability noise = Measure("exact", report => report).Noise!;

        // |3 d1 + d4| with d of 5 % of a spread of 1: the mean absolute value of a normal number is 0.8 of its deviation.
        Assert.InRange(noise.OutputChange, 0.05, 0.25);
        Assert.True(noise.MeanChange >= noise.OutputChange);
        Assert.InRange(noise.RelativeChange, 0.01, 0.2);
        Assert.InRange(noise.RankCorrelation, 0.8, 1);
    }

    [Theory]
    [InlineData(new double[] { 9, 1 }, 0.9, 1)]
    [InlineData(new double[] { 8, 2 }, 0.9, 2)]
    [InlineData(new double[] { -5, 3, 2 }, 0.8, 2)]
    [InlineData(new double[] { 0, 0 }, 0.9, 0)]
    public void The_least_number_of_features_that_carry_a_share(double[] values, double share, int needed) =>
        Assert.Equal(needed, Compactness.Needed(values, share));

    [Fact]
    public void Noise_keeps_decimals_levels_and_missing_cells()
    {
        Table table = new([new NumberColumn("age", [20, 30, 40, 50]), new NumberColumn("rate", [0.1, 0.2, double.NaN, 0.4]), TextColumn.Of("job", ["a", "b", "a", "b"])]);
        GivenProfile given = new(table, _ => 0);
        var columns = Governance.Audit.Explanations.Profiles.ReadableColumn.All(given.Encoder, table, given.Encoded);

        Table noisy = NoisyRows.Make(table, table, columns, 0.5, 1, 0)!;

        Assert.All(Enumerable.Range(0, 4), row => Assert.Equal(Math.Round(noisy.Need("age").Number(row)), noisy.Need("age").Number(row)));
        Assert.True(double.IsNaN(noisy.Need("rate").Number(2)));
        Assert.Equal("b", noisy.Need("job").Text(3));
        Assert.Null(NoisyRows.Make(table, table, columns, 1e-9, 1, 0));
    }

    private static QualityReport Measure(string method, Func<ExplanationReport, ExplanationReport> change)
    {
        GivenProfile given = new(GivenProfile.Random(40, 8, "a", "b", "c", "d", "e", "f"), Model);
        ExplainRequest request = new()
        {
            Model = given.Score,
            Outputs = 1,
            Output = "f",
            Rows = given.Encoded,
            Background = given.Encoded,
            Players = given.Encoder.Players(),
            Method = method,
            Seed = 2,
        };
        ExplanationReport report = change(ExplainRows.Run(request, null, TimeProvider.System, default));
        return ExplanationQuality.Measure(request, report, given.Table, given.Table, given.Encoder, TimeProvider.System, default);
    }
}
