using System.Globalization;
using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Monitoring;
using Governance.Audit.Performance;
using Governance.Audit.Tests.MetricGoldens;
using Governance.Tests;

namespace Governance.Audit.Tests.Monitoring;

public sealed class EstimatedFiguresTests : IChecksMetricRecords
{
    private static readonly string[] Metrics = ["accuracy", "precision", "recall", "specificity", "f1"];

    public static bool Claims(MetricRecord record) =>
        record.File == "nannyml_cbpe.json" && record.Id.StartsWith("binary/", StringComparison.Ordinal)
        && (record.Id.EndsWith("/cbpe", StringComparison.Ordinal) || record.Id.EndsWith("/calibrator_grid", StringComparison.Ordinal)
            || record.Id.EndsWith("/needs_calibration", StringComparison.Ordinal));

    [Fact]
    public void A_known_label_is_a_chance_of_one()
    {
        OutcomeSums sums = default;
        foreach ((double chance, bool positive) in (ReadOnlySpan<(double, bool)>)[(1, true), (1, true), (0, true), (1, false), (0, false), (0, false)])
        {
            sums = sums.With(chance, positive);
        }

        Assert.Equal(new OutcomeSums(2, 1, 1, 2), sums);
        Assert.Equal(4 / 6.0, sums.Rate("accuracy"), 12);
        Assert.Equal(2 / 3.0, sums.Rate("f1"), 12);
        Assert.Equal(0.5, sums.Rate("unselected_rate"), 12);
    }

    // Brute force over all labellings of five rows, each as probable as its chances say.
    [Fact]
    public void An_expected_sum_is_the_mean_over_all_labels()
    {
        double[] chances = [0.1, 0.35, 0.5, 0.8, 0.99];
        bool[] decided = [false, true, false, true, true];
        double expected = 0;
        for (int labels = 0; labels < 32; labels++)
        {
            double weight = 1;
            double right = 0;
            for (int row = 0; row < 5; row++)
            {
                bool positive = (labels & (1 << row)) != 0;
                weight *= positive ? chances[row] : 1 - chances[row];
                right += positive == decided[row] ? 0.2 : 0;
            }

            expected += weight * right;
        }

        OutcomeSums sums = default;
        for (int row = 0; row < 5; row++)
        {
            sums = sums.With(chances[row], decided[row]);
        }

        Assert.Equal(expected, sums.Rate("accuracy"), 12);
    }

    [Fact]
    public void With_known_labels_the_expected_area_is_that_of_mann_and_whitney()
    {
        MonitoredRows rows = GivenMonitors.Rows(500, 5);
        double[] scores = [.. rows.Scores!.Select(score => Math.Round(score, 2))];
        sbyte[] labels = [.. rows.Labels!.Select(label => (sbyte)(label == "yes" ? 1 : 0))];
        AucEstimate[] area = new AucEstimate[1];
        RocAuc.Compute(RankOrder.Ascending(scores), scores, labels, [], [], area);

        Assert.Equal(area[0].Area, ExpectedLoss.RocAuc(Array.ConvertAll(labels, label => (double)label), scores), 12);
    }

    [SkippableTheory]
    [InlineData("calibrated")]
    [InlineData("overconfident")]
    public void Confidence_based_estimates_agree_with_the_goldens(string set)
    {
        (double[] scores, double[] labels, _) = Read($"cbpe_{set}_reference.csv");
        ScoreCalibration calibration = ScoreCalibration.Fit(scores, labels, 42);
        Assert.True(calibration.Calibrates);
        JsonElement grid = RecordOf($"binary/{set}/calibrator_grid").GetProperty("grid");
        JsonElement fitted = RecordOf($"binary/{set}/calibrator_grid").EnumerateObject().First(part => part.Name != "grid").Value;
        for (int i = 0; i < grid.GetArrayLength(); i++)
        {
            Assert.Equal(fitted[i].GetDouble(), calibration.At(grid[i].GetDouble()), 9);
        }

        (double[] current, _, bool[] decided) = Read($"cbpe_{set}_analysis.csv");
        JsonElement expected = RecordOf($"binary/{set}/cbpe");
        for (int chunk = 0; chunk < 6; chunk++)
        {
            Range part = (1000 * chunk)..(1000 * (chunk + 1));
            FigureRows rows = new() { Chance = [.. current[part].Select(calibration.At)], Positive = decided[part], Score = current[part] };
            foreach (string metric in Metrics)
            {
                Assert.Equal(expected.GetProperty($"{metric}_value")[10 + chunk].GetDouble(), rows.Figure(metric, 1, 1), 9);
            }

            // NannyML keeps tied scores apart in the order of its sort; the last chunk has hundreds of ties.
            if (chunk < 5)
            {
                Assert.Equal(expected.GetProperty("roc_auc_value")[10 + chunk].GetDouble(), rows.Figure("roc_auc", 1, 1), 4);
            }
        }
    }

    // The error of y = 2x + noise·x grows with x: traffic with larger x has larger errors, which the trees foresee.
    [Fact]
    public void Trees_foresee_the_error_of_rows_that_are_harder()
    {
        (Table table, double[] values, double[] errors) = Regression(1_500, 0, 1);
        (LossEstimate estimate, double[] within, _) = LossEstimate.Fit(table, values, errors, ["x"], 3, CancellationToken.None);
        (Table harder, double[] predicted, double[] realised) = Regression(600, 0.6, 2);
        (double[] expected, _) = estimate.Expect(harder, predicted);

        Assert.InRange(within.Average() / errors.Average(), 0.93, 1.07);
        Assert.InRange(expected.Average() / realised.Average(), 0.88, 1.12);
        Assert.True(realised.Average() > 1.3 * errors.Average());
    }

    private static (Table Table, double[] Values, double[] Errors) Regression(int rows, double least, int seed)
    {
        Governance.Audit.Explanations.SeededRandom random = new(seed, 1);
        double[] x = new double[rows];
        double[] errors = new double[rows];
        for (int row = 0; row < rows; row++)
        {
            x[row] = least + ((1 - least) * random.NextDouble());
            errors[row] = x[row] * random.NextDouble();
        }

        return (new Table([new NumberColumn("x", x)]), [.. x.Select(value => 2 * value)], errors);
    }

    private static JsonElement RecordOf(string id) => MetricRecords.Of("nannyml_cbpe.json").Single(record => record.Id == id).Value;

    private static (double[] Scores, double[] Labels, bool[] Decided) Read(string file)
    {
        string[][] rows = [.. File.ReadLines(Reference.Path("goldens", "metrics", "inputs", file)).Skip(1).Select(line => line.Split(','))];
        double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
        return ([.. rows.Select(row => Number(row[3]))], [.. rows.Select(row => Number(row[1]))], [.. rows.Select(row => row[2] == "1")]);
    }
}
