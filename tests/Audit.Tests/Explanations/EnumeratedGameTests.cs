using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Interactions;
using Governance.Audit.Explanations.Methods;
using Governance.Audit.Inference;

namespace Governance.Audit.Tests.Explanations;

public sealed class EnumeratedGameTests
{
    // Few levels a feature, so that rows agree often; 11 players of 64 contents take 77 bits, so those are hashed.
    [Theory]
    [InlineData(6, 3, 40, 64 << 20)]
    [InlineData(6, 3, 40, 2_000)]
    [InlineData(8, 2, 30, 64 << 20)]
    [InlineData(11, 1000, 64, 64 << 20)]
    [InlineData(7, 1000, 12, 1_000)]
    [InlineData(12, 4, 9, 64 << 20)]
    public void Its_parts_add_up_to_the_whole_game(int players, int levels, int backgroundRows, int blockBytes)
    {
        InputBatch background = Levels(backgroundRows, players, levels, 1);
        InputBatch row = Levels(1, players, levels, 2);
        double[] weights = [.. Enumerable.Range(0, backgroundRows).Select(i => 1.0 + (i % 3))];
        CountedModel model = new((rows, _) => Given.Bent(rows));
        MaskedBackground prepared = new(background, weights, Player.OfElements(row, null));
        double[] scores = prepared.Scores(model, 2, 1, CancellationToken.None);
        double[] full = Given.Bent(row);
        double[] sum = new double[2 << players];
        EnumeratedGame game = new(prepared, model, scores, 2, blockBytes);

        game.Run(row, full, 1, Add, CancellationToken.None);

        MaskedGame whole = new(prepared, row, model, prepared.Mean(scores, 2), CancellationToken.None);
        double[] expected = whole.Value(CoalitionSet.All(players), 1, CancellationToken.None);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], sum[i], 1e-13);
        }

        void Add(ReadOnlySpan<int> some, ReadOnlySpan<double> values)
        {
            for (int s = 0; s < 1 << players; s++)
            {
                int local = 0;
                for (int i = 0; i < some.Length; i++)
                {
                    local |= (s >> some[i] & 1) << i;
                }

                sum[2 * s] += values[2 * local];
                sum[(2 * s) + 1] += values[(2 * local) + 1];
            }
        }
    }

    [Fact]
    public void Contents_that_share_a_hash_are_told_apart()
    {
        // More levels than 64 bits hold side by side: 20 players of 64 levels are 20 x 7 bits.
        InputBatch background = Levels(64, 20, 64, 5);
        MaskedBackground prepared = new(background, null, Player.OfElements(background.Slice(0, 1), null));

        Assert.False(prepared.Marks.Exact);
        Assert.True(new MaskedBackground(Levels(64, 9, 64, 5), null, Player.OfElements(Levels(1, 9, 64, 5), null)).Marks.Exact);
    }

    [Fact]
    public void Sends_each_different_masked_row_once_and_those_known_not_at_all()
    {
        // As MaskedGameTests: twins that differ from the row in four players, and a third row; ends are known.
        InputBatch background = Given.Floats(6, 1, 1, 2, 2, 2, 2, 1, 1, 2, 2, 2, 2, 1, 1, 3, 3, 3, 3);
        InputBatch row = Given.Floats(6, 1, 1, 5, 5, 5, 5);
        CountedModel model = new((rows, _) => Given.Bent(rows));
        MaskedBackground prepared = new(background, null, Player.OfElements(row, null));
        EnumeratedGame game = new(prepared, model, prepared.Scores(model, 2, 1, CancellationToken.None), 2);

        game.Run(row, Given.Bent(row), 1, (_, _) => { }, CancellationToken.None);

        Assert.Equal(3 + 14 + 14, model.Rows);
        Assert.Equal((48, 28), game.Count(row, 1000));
    }

    [Fact]
    public void A_row_like_all_background_rows_needs_no_model()
    {
        InputBatch row = Given.Floats(3, 1, 2, 3);
        ExplanationReport report = ExplainRows.Run(
            new ExplainRequest
            {
                Model = (rows, _) => Given.Bent(rows),
                Outputs = 2,
                Output = "y",
                Rows = row,
                Background = row,
                Players = Player.OfElements(row, null),
                Method = "exact",
            },
            null, TimeProvider.System, CancellationToken.None);

        Assert.Equal([0, 0, 0], report.Rows[0].Values[0]);
        Assert.Equal(2, report.ModelRows);
    }

    [Fact]
    public void Interactions_equal_their_definition()
    {
        InputBatch background = Levels(9, 5, 3, 7);
        InputBatch rows = Levels(2, 5, 3, 8);
        ExplainRequest request = new()
        {
            Model = (batch, _) => Given.Bent(batch),
            Outputs = 2,
            Output = "y",
            Rows = rows,
            Background = background,
            Players = Player.OfElements(rows, null),
            Method = "exact",
            Interactions = true,
        };

        ExplanationReport report = ExplainRows.Run(request, null, TimeProvider.System, CancellationToken.None);

        AttributionTask task = new(request, TimeProvider.System);
        for (int row = 0; row < 2; row++)
        {
            double[] values = task.Game(row, CancellationToken.None).Value(CoalitionSet.All(5), 1, CancellationToken.None);
            for (int output = 0; output < 2; output++)
            {
                double[] alone = [.. Enumerable.Range(0, 32).Select(s => values[(2 * s) + output])];
                for (int i = 0; i < 5; i++)
                {
                    Assert.Equal(0, report.Rows[row].Interactions![output][i][i]);
                    for (int j = 0; j < 5; j++)
                    {
                        Assert.Equal(i == j ? 0 : Index(alone, 5, i, j), report.Rows[row].Interactions![output][i][j], 1e-13);
                    }
                }
            }
        }
    }

    [Fact]
    public void Interactions_of_a_game_of_pairs_are_the_pairs()
    {
        // v(S) = 3 [0 and 1 in S] + 5 [1 and 2 in S]: the index is the coefficient.
        double[] values = [.. Enumerable.Range(0, 8).Select(s => ((s & 3) == 3 ? 3.0 : 0) + ((s & 6) == 6 ? 5.0 : 0))];
        double[] interactions = new double[9];

        PairInteractions.Add(values, 1, [0, 1, 2], 3, interactions);

        Assert.Equal([0, 3, 0, 3, 0, 5, 0, 5, 0], interactions);
    }

    // (s! (M - s - 2)! / (M - 1)!) summed over the coalitions without both.
    private static double Index(double[] values, int players, int i, int j)
    {
        double sum = 0;
        for (int s = 0; s < values.Length; s++)
        {
            if ((s >> i & 1) == 0 && (s >> j & 1) == 0)
            {
                int size = System.Numerics.BitOperations.PopCount((uint)s);
                double weight = Factorial(size) * Factorial(players - size - 2) / Factorial(players - 1);
                sum += weight * (values[s | 1 << i | 1 << j] - values[s | 1 << i] - values[s | 1 << j] + values[s]);
            }
        }

        return sum;
    }

    private static double Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);

    private static InputBatch Levels(int rows, int width, int levels, int seed)
    {
        SeededRandom random = new(seed, 3);
        return Given.Floats(width, [.. Enumerable.Range(0, rows * width).Select(_ => random.NextBelow(levels) / (float)levels)]);
    }
}
