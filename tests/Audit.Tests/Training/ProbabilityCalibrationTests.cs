using Governance.Audit.Explanations;
using Governance.Audit.Training;

namespace Governance.Audit.Tests.Training;

public sealed class ProbabilityCalibrationTests
{
    // Of rows that share a score the best constant is the share of positives.
    [Fact]
    public void Few_scores_become_the_shares_that_came_true()
    {
        double[] seconds = [0.1, 0.1, 0.1, 0.1, 0.9, 0.9];
        double[] truth = [0, 0, 0, 1, 1, 0];

        ProbabilityCalibration calibration = ProbabilityCalibration.Fit(Pairs(seconds), truth, 2, []);

        Assert.Equal(0.25, calibration.Apply([0.9, 0.1])[1], 1e-12);
        Assert.Equal(0.5, calibration.Apply([0.1, 0.9])[1], 1e-12);
        Assert.Equal(0.5, calibration.Apply([0.1, 0.9])[0], 1e-12);
    }

    [Fact]
    public void Too_sure_scores_are_brought_back_on_rows_not_seen()
    {
        (double[] scores, double[] truth) = TooSure(4000, 1);
        (double[] others, double[] outcome) = TooSure(4000, 2);

        ProbabilityCalibration calibration = ProbabilityCalibration.Fit(Pairs(scores), truth, 2, []);

        double before = others.Zip(outcome, (score, y) => (score - y) * (score - y)).Average();
        double after = others.Zip(outcome, (score, y) => Math.Pow(calibration.Apply([1 - score, score])[1] - y, 2)).Average();
        Assert.True(after < before - 0.01, $"{after} is not better than {before}");
    }

    [Fact]
    public void Three_classes_add_up_to_one_also_where_every_curve_says_none()
    {
        IsotonicCurve nothing = new([0, 1], [0, 0]);
        IsotonicCurve half = new([0, 1], [0, 0.5]);

        Assert.Equal([1 / 3.0, 1 / 3.0, 1 / 3.0], new ProbabilityCalibration([nothing, nothing, nothing]).Apply([0.2, 0.3, 0.5]));
        double[] mixed = new ProbabilityCalibration([half, half, nothing]).Apply([0.25, 0.75, 0]);
        Assert.Equal(0.25, mixed[0], 1e-12);
        Assert.Equal(0.75, mixed[1], 1e-12);
    }

    [Fact]
    public void Refuses_shapes_and_numbers_that_are_no_probabilities()
    {
        Assert.Throws<ArgumentException>(() => ProbabilityCalibration.Fit([0.5, 0.5], [0, 1], 2, []));
        Assert.Throws<ArgumentException>(() => ProbabilityCalibration.Fit([0.5, 1.5], [0], 2, []));
        Assert.Throws<ArgumentException>(() => ProbabilityCalibration.Fit([0.5, 0.5], [2], 2, []));
        Assert.Throws<ArgumentException>(() => ProbabilityCalibration.Fit([0.5, double.NaN], [0], 2, []));
    }

    private static double[] Pairs(double[] seconds) => [.. seconds.SelectMany(second => (double[])[1 - second, second])];

    // The score says p, the truth comes with (p + 0.5) / 2.
    private static (double[] Scores, double[] Truth) TooSure(int count, int seed)
    {
        SeededRandom random = new(seed, 0);
        double[] scores = new double[count];
        double[] truth = new double[count];
        for (int row = 0; row < count; row++)
        {
            scores[row] = random.NextDouble();
            truth[row] = random.NextDouble() < (scores[row] + 0.5) / 2 ? 1 : 0;
        }

        return (scores, truth);
    }
}
