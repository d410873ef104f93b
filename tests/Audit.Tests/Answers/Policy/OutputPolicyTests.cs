using Governance.Audit.Answers.Policy;

namespace Governance.Audit.Tests.Answers.Policy;

public sealed class OutputPolicyTests
{
    private static readonly RowPrediction Three = new("b", ["a", "b", "c"], [0.245, 0.705, 0.05], null);

    [Theory]
    [InlineData(PredictionForm.Full, new[] { 0.245, 0.705, 0.05 })]
    [InlineData(PredictionForm.TwoDecimals, new[] { 0.25, 0.71, 0.05 })]
    [InlineData(PredictionForm.OneDecimal, new[] { 0.2, 0.7, 0.1 })]
    public void Halves_are_rounded_away_from_zero(PredictionForm form, double[] expected)
    {
        // 0.125 is a half exactly; 0.245 and 0.705 are what their doubles are: just above or below.
        ReleasedPrediction released = Policy(form).Apply(new RowPrediction("b", ["a", "b", "c"], [0.2450000001, 0.7050000001, 0.05], null));

        double[] shown = [.. released.Probabilities!.Values];
        Assert.Equal("b", released.Label);
        for (int at = 0; at < expected.Length; at++)
        {
            Assert.Equal(expected[at], shown[at], 1e-9);
        }

        Assert.Equal(0.13, Policy(PredictionForm.TwoDecimals).Apply(new RowPrediction("x", ["x"], [0.125], null)).Probabilities!["x"]);
    }

    [Fact]
    public void A_label_alone_carries_no_number()
    {
        ReleasedPrediction released = OutputPolicy.LabelsAlone.Apply(Three);

        Assert.Equal(new ReleasedPrediction("b", null, null, null), released);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    [InlineData(10, 3)]
    public void Top_k_shows_half_of_the_classes_at_most_and_three_at_most(int classes, int shown)
    {
        double[] probabilities = [.. Enumerable.Range(1, classes).Select(at => at / (classes * (classes + 1) / 2.0))];
        string[] names = [.. Enumerable.Range(1, classes).Select(at => $"c{at}")];

        ReleasedPrediction released = Policy(PredictionForm.TopK).Apply(new RowPrediction(names[^1], names, probabilities, null));

        Assert.Equal(names.Reverse().Take(shown).Order(), released.Probabilities!.Keys.Order());
        Assert.All(released.Probabilities.Values, value => Assert.Equal(value, Math.Round(value, 1), 1e-12));
    }

    [Theory]
    [InlineData(PredictionForm.Full, 1234.567, 1234.567)]
    [InlineData(PredictionForm.TwoDecimals, 1234.567, 1230.0)] // spread 1000: steps of 10
    [InlineData(PredictionForm.OneDecimal, 1234.567, 1200.0)] // steps of 100
    [InlineData(PredictionForm.OneDecimal, -40, 0.0)]
    public void A_value_is_rounded_to_a_share_of_its_spread(PredictionForm form, double value, double expected)
    {
        ReleasedPrediction released = Policy(form).Apply(new RowPrediction(null, null, null, value), new ValueSpread(500, 1500));

        Assert.Equal(expected, released.Value);
        Assert.False(double.IsNegative(released.Value!.Value) && released.Value == 0);
    }

    [Theory]
    [InlineData(0.0, null, 25.0)]
    [InlineData(30.0, 25.0, 50.0)]
    [InlineData(75.0, 75.0, null)]
    [InlineData(-900.0, null, 25.0)]
    [InlineData(900.0, 75.0, null)]
    public void A_value_alone_becomes_its_quarter_of_the_spread(double value, double? low, double? high)
    {
        ReleasedPrediction released = OutputPolicy.LabelsAlone.Apply(new RowPrediction(null, null, null, value), new ValueSpread(0, 100));

        Assert.Null(released.Value);
        Assert.Equal(new ValueBand(low, high), released.Band);
    }

    [Fact]
    public void Without_a_spread_the_digits_of_the_value_itself_are_rounded()
    {
        RowPrediction row = new(null, null, null, 0.0012345);

        Assert.Equal(0.0012, Policy(PredictionForm.TwoDecimals).Apply(row).Value!.Value, 1e-12);
        Assert.Equal(0.001, Policy(PredictionForm.OneDecimal).Apply(row).Value!.Value, 1e-12);
        Assert.Equal(new ValueBand(null, null), OutputPolicy.LabelsAlone.Apply(row).Band);
    }

    [Fact]
    public void The_stricter_part_wins_everywhere()
    {
        OutputPolicy mixed = new(PredictionForm.Full, AttributionForm.None, CounterfactualForm.Prototype);

        OutputPolicy both = mixed.And(new OutputPolicy(PredictionForm.OneDecimal, AttributionForm.Full, CounterfactualForm.NearestRow));

        Assert.Equal(new OutputPolicy(PredictionForm.OneDecimal, AttributionForm.None, CounterfactualForm.Prototype), both);
        Assert.True(OutputPolicy.Off.IsLooserThan(both));
        Assert.False(both.IsLooserThan(mixed));
        Assert.Equal(OutputPolicy.LabelsAlone, OutputPolicy.Off.And(OutputPolicy.LabelsAlone));
    }

    private static OutputPolicy Policy(PredictionForm form) => new(form, AttributionForm.None, CounterfactualForm.None);
}
