using Governance.Audit.Explanations;
using Xunit.Abstractions;

namespace Governance.Audit.Tests.Explanations.Players;

/// <summary>Networks of the reference folder: parts of pictures, steps and tokens against a brute force over at most 10 players.</summary>
public sealed class TensorReferenceModelTests(ITestOutputHelper log)
{
    [SkippableTheory]
    [InlineData("digits_cnn", "patches:3", null, 10, "kernel", 150)]
    [InlineData("digits_cnn", "patches:3", null, 10, "permutation", 400)]
    [InlineData("digits_cnn", "patches:4", "mean", 1, "exact", null)]
    [InlineData("digits_lstm", "steps", null, 10, "kernel", 100)]
    [InlineData("digits_lstm", "channels", "mean", 1, "permutation", 600)]
    [InlineData("digits_lstm", "channels", "mean", 1, "kernel", null)]
    [InlineData("digits_transformer", "steps", null, 10, "kernel", 100)]
    [InlineData("digits_transformer", "patches:4x2", null, 10, "permutation", 300)]
    [InlineData("tokens_transformer", "tokens:2", null, 10, "kernel", 100)]
    [InlineData("tokens_transformer", "tokens:2", "zero", 1, "permutation", 600)]
    [InlineData("tokens_transformer", "tokens:2", "zero", 1, "kernel", null)]
    public void Values_agree_with_a_brute_force_within_four_standard_errors(
        string name, string players, string? reference, int backgroundRows, string method, int? samples)
    {
        using GivenTensors model = new(name);
        ExplainRequest request = model.Request(players, reference, 3, 2, backgroundRows) with { Method = method, Samples = samples };
        Assert.InRange(request.Players.Count, 2, 10);

        ExplanationReport report = GivenTensors.Run(request);

        double most = 0;
        for (int row = 0; row < 2; row++)
        {
            double[][] game = model.Game(request, row);
            for (int output = 0; output < model.Classes; output++)
            {
                double[] expected = Shapley(game[output], request.Players.Count);
                double noise = 2e-6 * game[output].Max(Math.Abs);
                for (int player = 0; player < expected.Length; player++)
                {
                    double error = Math.Abs(report.Rows[row].Values[output][player] - expected[player]);
                    double standard = report.Rows[row].StandardErrors?[output][player] ?? 0;
                    most = Math.Max(most, (error - noise) / Math.Max(standard, 1e-12));

                    // Single precision of the model is all that is allowed besides.
                    Assert.InRange(error, 0, (4 * standard) + noise);
                }
            }
        }

        log.WriteLine($"{name}, {players}, {method}: at most {most:0.0} standard errors");
    }

    // Only the words 3, 4, 7 and 8 matter, by construction of the data; 0 is the padding, which says nothing.
    [SkippableTheory]
    [InlineData("zero")]
    [InlineData("token:0")]
    public void Of_the_tokens_those_that_matter_by_construction_carry_the_values(string reference)
    {
        using GivenTensors model = new("tokens_transformer");
        ExplainRequest request = model.Request("tokens", reference, 0, 100, 1) with { Samples = 400 };

        ExplanationReport report = GivenTensors.Run(request);

        long[] tokens = (long[])request.Rows.Tensors[0].Values;
        int shown = 0;
        int carried = 0;
        for (int row = 0; row < 100; row++)
        {
            bool[] matters = [.. Enumerable.Range(0, 16).Select(place => tokens[(row * 16) + place] is 3 or 4 or 7 or 8)];
            double all = report.Rows[row].Values.Sum(values => values.Sum(Math.Abs));
            double theirs = report.Rows[row].Values.Sum(values => values.Where((_, place) => matters[place]).Sum(Math.Abs));
            shown += matters.Contains(true) ? 1 : 0;
            carried += matters.Contains(true) && theirs >= 0.9 * all ? 1 : 0;
        }

        log.WriteLine($"{reference}: in {carried} of {shown} rows with such a word they carry 90 %");
        Assert.InRange(shown, 80, 100);
        Assert.InRange(carried, Math.Ceiling(0.95 * shown), shown);
    }

    [SkippableFact]
    public void Halves_of_halves_of_a_picture_give_exact_owen_values_that_add_up()
    {
        using GivenTensors model = new("digits_cnn");

        ExplanationReport report = GivenTensors.Run(model.Request("pixels", "blur", 0, 2, 5) with { Method = "owen" });

        Assert.Equal(64, report.Features.Count);
        Assert.Null(report.Rows[0].StandardErrors);
        Assert.All(report.Rows, row => Assert.All(row.AdditivityResidual, residual => Assert.InRange(residual, -1e-4, 1e-4)));
        Assert.All(report.Rows, row => Assert.NotNull(row.BaseValue));
    }

    [SkippableFact]
    public void Regions_of_one_picture_are_explained()
    {
        using GivenTensors model = new("digits_cnn");
        ExplainRequest request = model.Request("superpixels:8", "mean", 4, 1, 20) with { Method = "exact" };

        ExplanationReport report = GivenTensors.Run(request);

        double[][] game = model.Game(request, 0);
        double[] expected = Shapley(game[0], request.Players.Count);
        Assert.InRange(request.Players.Count, 3, 14);
        for (int player = 0; player < expected.Length; player++)
        {
            Assert.Equal(expected[player], report.Rows[0].Values[0][player], 1e-4);
        }
    }

    // Σ over coalitions without the player of s! (n - s - 1)! / n! times what it adds (Shapley 1953).
    private static double[] Shapley(double[] values, int players)
    {
        double[] weights = new double[players];
        for (int size = 0; size < players; size++)
        {
            weights[size] = 1.0 / players;
            for (int i = 1; i <= size; i++)
            {
                weights[size] *= (double)i / (players - i);
            }
        }

        double[] shapley = new double[players];
        for (int known = 0; known < values.Length; known++)
        {
            for (int player = 0; player < players; player++)
            {
                if ((known >> player & 1) == 0)
                {
                    shapley[player] += weights[System.Numerics.BitOperations.PopCount((uint)known)] * (values[known | 1 << player] - values[known]);
                }
            }
        }

        return shapley;
    }
}
