using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Sampling;
using Governance.Audit.Tests.Explanations.Players;
using Xunit.Abstractions;

namespace Governance.Audit.Tests.Explanations.Sampling;

/// <summary>Networks against one reference row, where few coalitions differ from all others: what intervals of few coalitions are worth.</summary>
public sealed class SparseGameTests(ITestOutputHelper log)
{
    private const int Rows = 3;
    private const int Seeds = 30;

    [SkippableTheory]
    [InlineData("digits_lstm", "channels", "mean", 100)]
    [InlineData("digits_lstm", "channels", "mean", 150)]
    [InlineData("tokens_transformer", "tokens:2", "zero", 100)]
    [InlineData("tokens_transformer", "tokens:2", "zero", 150)]
    public void Intervals_of_the_kernel_hold_as_often_as_they_say_and_errors_beyond_four_are_few(string name, string players, string reference, int samples)
    {
        using GivenTensors model = new(name);
        ExplainRequest request = model.Request(players, reference, 3, Rows, 1);
        int m = request.Players.Count;
        (int inside, int beyond, int all) = (0, 0, 0);
        for (int row = 0; row < Rows; row++)
        {
            double[][] game = model.Game(request, row);
            double[] table = [.. Enumerable.Range(0, 1 << m).SelectMany(s => game.Select(output => output[s]))];
            double[] exact = new double[game.Length * m];
            ExactShapley.Compute(table, game.Length, exact);
            for (int seed = 0; seed < Seeds; seed++)
            {
                SampledAttribution found = SampleCoalitions.Run(
                    m, new SampleBudget(samples, null), new SeededRandom(seed, row), table[..game.Length], table[^game.Length..],
                    coalitions => Given.LookUp(coalitions, table, game.Length)).Attribution;
                Assert.True(found.RestsOnFew);
                for (int i = 0; i < exact.Length; i++)
                {
                    // Single precision of the model is all that is allowed besides.
                    double error = Math.Abs(found.Values[i] - exact[i]) - (2e-6 * game[i / m].Max(Math.Abs));
                    all++;
                    inside += error <= found.Quantile * found.StandardErrors![i] ? 1 : 0;
                    beyond += error > 4 * found.StandardErrors[i] ? 1 : 0;
                }
            }
        }

        log.WriteLine($"{name}, {players}, {samples}: {inside / (double)all:0.000} inside, {beyond / (double)all:0.0000} beyond four standard errors");
        Assert.InRange(inside / (double)all, 0.94, 1);
        Assert.InRange(beyond / (double)all, 0, 0.03);
    }

    [SkippableTheory]
    [InlineData("digits_lstm", "channels", "mean")]
    [InlineData("tokens_transformer", "tokens:2", "zero")]
    public void The_warning_comes_with_few_coalitions_and_not_at_the_usual_budget_which_takes_them_all(string name, string players, string reference)
    {
        using GivenTensors model = new(name);
        ExplainRequest request = model.Request(players, reference, 3, 2, 1);

        ExplanationReport usual = GivenTensors.Run(request);
        ExplanationReport few = GivenTensors.Run(request with { Samples = 100 });

        Assert.Null(usual.Rows[0].StandardErrors);
        Assert.DoesNotContain(usual.Notes, note => note.Code == "few-coalitions");
        Assert.Contains("rest on fewer than 128 drawn pairs", Assert.Single(few.Notes, note => note.Code == "few-coalitions").Message, StringComparison.Ordinal);
    }
}
