using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Summaries;

namespace Governance.Audit.Tests.Explanations.Summaries;

public sealed class AttributionMatrixTests
{
    [Fact]
    public void Reads_the_class_asked_for_of_rows_that_hold_all()
    {
        ExplanationReport report = Report([Row(3, null, [0.2, 0.8], [[1, 2], [3, 4]]), Row(9, null, [0.4, 0.6], [[5, 6], [7, 8]])]);

        AttributionMatrix second = AttributionMatrix.Of(report, 1);

        Assert.Equal([3, 9], second.Rows.ToArray());
        Assert.Equal([3.0, 4, 7, 8], second.Values.ToArray());
        Assert.Equal([0.8, 0.6], second.Outputs.ToArray());
        Assert.Equal([4.0, 8], second.Column(1));
    }

    [Fact]
    public void Of_rows_with_a_class_of_their_own_reads_those_of_the_class()
    {
        ExplanationReport report = Report([Row(0, 1, [0.8], [[1, 2]]), Row(1, 0, [0.7], [[3, 4]]), Row(2, 1, [0.9], [[5, 6]])]);

        AttributionMatrix second = AttributionMatrix.Of(report, 1);

        Assert.Equal([0, 2], second.Rows.ToArray());
        Assert.Equal([1.0, 2, 5, 6], second.Values.ToArray());
    }

    [Fact]
    public void Leaves_out_rows_with_an_attribution_that_is_no_number_and_counts_them()
    {
        ExplanationReport report = Report([Row(0, null, [0.2, 0.8], [[1, 2], [3, double.NaN]]), Row(1, null, [0.2, 0.8], [[1, 2], [3, 4]])]);

        AttributionMatrix second = AttributionMatrix.Of(report, 1);

        Assert.Equal([1], second.Rows.ToArray());
        Assert.Equal(1, second.LeftOut);
        Assert.Equal(2, AttributionMatrix.Of(report, 0).Count);
    }

    [Fact]
    public void Takes_rows_with_their_values_and_outputs()
    {
        AttributionMatrix all = Matrices.Of(["a", "b"], [[1, 2], [3, 4], [5, 6], [7, 8]]);

        AttributionMatrix taken = all.Take([3, 1]);

        Assert.Equal([3, 1], taken.Rows.ToArray());
        Assert.Equal([7.0, 8, 3, 4], taken.Values.ToArray());
        Assert.Equal([15.0, 7], taken.Outputs.ToArray());
    }

    private static ExplanationReport Report(ExplainedRow[] rows) => new()
    {
        Method = "exact", Output = "probabilities", Classes = ["no", "yes"], Link = "identity", Features = ["a", "b"],
        Background = new BackgroundSummary(1, ""), BaseValue = [0.5, 0.5], Rows = rows,
        Evaluations = 1, ModelRows = 1, ModelCalls = 1, Converged = true, Provider = "cpu", Seed = 1,
    };

    private static ExplainedRow Row(int row, int? own, double[] prediction, double[][] values) => new()
    {
        Row = row, ClassIndex = own, Prediction = prediction, Values = values, AdditivityResidual = [.. prediction.Select(_ => 0.0)],
    };
}
