using Governance.Audit.Explanations;
using Governance.Audit.Inference;

namespace Governance.Audit.Tests.Explanations;

public sealed class MaskedGameTests
{
    [Fact]
    public void A_coalition_is_worth_the_weighted_mean_over_masked_rows()
    {
        InputBatch background = Given.RandomRows(7, 5, 1);
        InputBatch row = Given.RandomRows(1, 5, 2);
        double[] weights = [1, 0, 2, 3, 0.5, 1, 4];

        double[] values = Values(background, row, weights, 1);

        float[] own = (float[])row.Tensors[0].Values;
        float[] others = (float[])background.Tensors[0].Values;
        for (int s = 0; s < 32; s++)
        {
            double[] expected = new double[2];
            for (int b = 0; b < 7; b++)
            {
                float[] masked = [.. Enumerable.Range(0, 5).Select(i => (s >> i & 1) != 0 ? own[i] : others[(b * 5) + i])];
                double[] outputs = Given.Bent(Given.Floats(5, masked));
                expected[0] += weights[b] / 11.5 * outputs[0];
                expected[1] += weights[b] / 11.5 * outputs[1];
            }

            Assert.Equal(expected[0], values[2 * s], 1e-14);
            Assert.Equal(expected[1], values[(2 * s) + 1], 1e-14);
        }
    }

    [Fact]
    public void Sends_each_different_masked_row_once()
    {
        // The row and the background agree in two of six features, and two background rows are alike: 2^4 - 1 masked
        // rows for the pair of twins (the full one is the row itself), the same for the third, the row, and the
        // three background rows for the base value.
        InputBatch background = Given.Floats(6, 1, 1, 2, 2, 2, 2, 1, 1, 2, 2, 2, 2, 1, 1, 3, 3, 3, 3);
        InputBatch row = Given.Floats(6, 1, 1, 5, 5, 5, 5);
        CountedModel model = new((rows, _) => Given.Bent(rows));
        MaskedBackground prepared = new(background, null, Player.OfElements(row, null));
        double[] empty = prepared.BaseValue(model, 2, 1, CancellationToken.None);

        new MaskedGame(prepared, row, model, empty, CancellationToken.None).Value(CoalitionSet.All(6), 1, CancellationToken.None);

        // Sub-coalitions that know one of the agreeing features only mask to a background row.
        Assert.Equal(3 + 1 + (15 + 15) + 1, model.Rows);
    }

    [Fact]
    public void The_empty_and_the_full_coalition_are_the_base_value_and_the_prediction_to_the_bit()
    {
        InputBatch background = Given.RandomRows(9, 4, 3);
        InputBatch row = Given.RandomRows(1, 4, 4);

        double[] values = Values(background, row, null, 1);

        Assert.Equal(Given.Bent(row), values[^2..]);
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        InputBatch background = Given.RandomRows(40, 10, 3);
        InputBatch row = Given.RandomRows(1, 10, 4);

        Assert.Equal(Values(background, row, null, 1), Values(background, row, null, 4));
    }

    [Fact]
    public void Masks_inputs_of_every_kind_and_players_across_inputs()
    {
        InputBatch background = Mixed([1f, 2f], ["a", "b"], [10, 20], [true, false], [0.5, 0.25], [7, 8]);
        InputBatch row = Mixed([3f], ["c"], [30], [true], [0.75], [9]);
        Player[] players =
        [
            new("pair", [new(0, 0), new(1, 0)], ["f", "s"]), new("l", [new(2, 0)]), new("b", [new(3, 0)]),
            new("d", [new(4, 0)]), new("i", [new(5, 0)]),
        ];
        MaskedBackground prepared = new(background, null, players);
        CountedModel model = new(Sum);
        double[] empty = prepared.BaseValue(model, 1, 1, CancellationToken.None);
        MaskedGame game = new(prepared, row, model, empty, CancellationToken.None);

        double[] values = game.Value(CoalitionSet.All(5), 1, CancellationToken.None);
        double[] attribution = new double[5];
        ExactShapley.Compute(values, attribution);

        // The model is a sum, so each player's value is its own term less the term's mean over the background.
        double[] expected = [3 - 1.5 + (1000 * (2 - 0.5)), 30 - 15, 1 - 0.5, 0.75 - 0.375, 9 - 7.5];
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(expected[i], attribution[i], 1e-10);
        }

        static double[] Sum(InputBatch rows, CancellationToken cancellationToken) =>
        [
            .. Enumerable.Range(0, rows.Rows).Select(row => ((float[])rows.Tensors[0].Values)[row]
                + (1000.0 * (((string[])rows.Tensors[1].Values)[row][0] - 'a')) + ((long[])rows.Tensors[2].Values)[row]
                + (((bool[])rows.Tensors[3].Values)[row] ? 1 : 0) + ((double[])rows.Tensors[4].Values)[row]
                + ((int[])rows.Tensors[5].Values)[row]),
        ];
    }

    [Fact]
    public void Missing_values_agree_with_missing_values()
    {
        InputBatch background = Given.Floats(2, float.NaN, 1, 2, 1);
        InputBatch row = Given.Floats(2, float.NaN, 4);
        CountedModel model = new((rows, _) =>
            [.. ((float[])rows.Tensors[0].Values).Chunk(2).Select(x => (float.IsNaN(x[0]) ? 10.0 : x[0]) + x[1])]);
        MaskedBackground prepared = new(background, null, Player.OfElements(row, ["a", "b"]));
        double[] empty = prepared.BaseValue(model, 1, 1, CancellationToken.None);

        double[] values = new MaskedGame(prepared, row, model, empty, CancellationToken.None).Value(CoalitionSet.All(2), 1, CancellationToken.None);

        Assert.Equal([7, 11, 10, 14], values);
    }

    [Fact]
    public void Refuses_players_that_leave_an_element_out_or_share_one()
    {
        InputBatch rows = Given.Floats(2, 1, 2);

        Assert.Throws<ArgumentException>("players", () => new MaskedBackground(rows, null, [new Player("a", [new(0, 0)])]));
        Assert.Throws<ArgumentException>("players", () =>
            new MaskedBackground(rows, null, [new Player("a", [new(0, 0), new(0, 1)]), new Player("b", [new(0, 1)])]));
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(0, 0)]
    [InlineData(double.NaN, 1)]
    public void Refuses_weights_that_are_no_weights(double first, double second) =>
        Assert.Throws<ArgumentException>("weights", () =>
            new MaskedBackground(Given.Floats(1, 1, 2), [first, second], Player.OfElements(Given.Floats(1, 1), null)));

    private static double[] Values(InputBatch background, InputBatch row, double[]? weights, int threads)
    {
        MaskedBackground prepared = new(background, weights, Player.OfElements(row, null));
        CountedModel model = new((rows, _) => Given.Bent(rows));
        double[] empty = prepared.BaseValue(model, 2, threads, CancellationToken.None);
        MaskedGame game = new(prepared, row, model, empty, CancellationToken.None);
        return game.Value(CoalitionSet.All(prepared.Players.Count), threads, CancellationToken.None);
    }

    private static InputBatch Mixed(float[] f, string[] s, long[] l, bool[] b, double[] d, int[] i) =>
        new([new("f", f, 1, [1]), new("s", s, 1, [1]), new("l", l, 1, [1]), new("b", b, 1, [1]), new("d", d, 1, [1]), new("i", i, 1, [])]);
}
