using Governance.Audit.Encodings;
using Governance.Audit.Explanations.References;
using Governance.Audit.Inference;

namespace Governance.Audit.Tests.Explanations;

public sealed class ReferenceRowTests
{
    private static readonly InputBatch Rows = new(
    [
        new InputTensor("f", (float[])[1, 0, 1, 2, 1, 0, 6, 0, 1], 3, [3]),
        new InputTensor("l", (long[])[1, 2, 5], 1, [1]),
        new InputTensor("s", (string[])["x", "y", "y"], 1, [1]),
    ]);

    // A number, the one-hot column c in two levels, a whole number and a text.
    private static readonly FeatureSlot[] Slots =
    [
        Slot("f", "f", 0, 0, FeatureKind.Numeric), Slot("c=1", "c", 0, 1, FeatureKind.Onehot), Slot("c=2", "c", 0, 2, FeatureKind.Onehot),
        Slot("l", "l", 1, 0, FeatureKind.Numeric), Slot("s", "s", 2, 0, FeatureKind.Text),
    ];

    [Fact]
    public void The_mean_row_has_means_of_numbers_and_the_most_frequent_categories()
    {
        InputBatch mean = ReferenceRow.Mean(Rows, null, Slots);

        Assert.Equal([3, 0, 1], (float[])mean.Tensors[0].Values);
        Assert.Equal([3], (long[])mean.Tensors[1].Values);
        Assert.Equal(["y"], (string[])mean.Tensors[2].Values);
    }

    [Fact]
    public void Weights_count_in_means_and_frequencies()
    {
        InputBatch mean = ReferenceRow.Mean(Rows, [1, 6, 1], Slots);

        Assert.Equal([(1 + 12 + 6) / 8f, 1, 0], (float[])mean.Tensors[0].Values);
        Assert.Equal([2], (long[])mean.Tensors[1].Values);
        Assert.Equal(["y"], (string[])mean.Tensors[2].Values);
    }

    [Fact]
    public void Missing_numbers_are_left_out_of_the_mean()
    {
        InputBatch rows = Given.Floats(2, float.NaN, float.NaN, 4, float.NaN, 2, float.NaN);

        float[] mean = (float[])ReferenceRow.Mean(rows, null, [Slots[0], Slot("g", "g", 0, 1, FeatureKind.Numeric)]).Tensors[0].Values;

        Assert.Equal([3, float.NaN], mean);
    }

    [Fact]
    public void The_zero_row_is_zero_no_and_empty()
    {
        InputBatch zero = ReferenceRow.Zero(Rows);

        Assert.Equal([0, 0, 0], (float[])zero.Tensors[0].Values);
        Assert.Equal([0], (long[])zero.Tensors[1].Values);
        Assert.Equal([""], (string[])zero.Tensors[2].Values);
        Assert.Equal(1, zero.Rows);
    }

    private static FeatureSlot Slot(string name, string column, int input, int offset, FeatureKind kind) => new(
        name, column, input, offset,
        new EncodedFeature { Name = name, Column = column, Kind = kind, Missing = new(CellAction.Error), Unseen = new(CellAction.Error) });
}
