using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using Governance.Tests;

namespace Governance.Audit.Tests.Inference;

public sealed class BoundOutputsTests
{
    private const TensorProto.Types.DataType Float = TensorProto.Types.DataType.Float;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Memory_that_is_used_again_gives_every_batch_its_own_outputs(int threads)
    {
        using OnnxPredictor batched = Load(GivenModel.Logistic([2, -1], 0.5f), new() { Provider = "cpu", BatchRows = 8, Threads = threads });
        using OnnxPredictor single = Load(GivenModel.Logistic([2, -1], 0.5f), new() { Provider = "cpu", BatchRows = 1 });
        float[] values = [.. Enumerable.Range(0, 2 * 43).Select(i => (float)Math.Sin(i))];
        InputBatch rows = new([new InputTensor("x", values, 2, [2])]);

        double[] first = batched.Predict(rows, "prob", CancellationToken.None).Numbers!;
        double[] second = batched.Predict(rows, "prob", CancellationToken.None).Numbers!;

        Assert.Equal(first, second);
        double[] alone = single.Predict(rows, CancellationToken.None)["prob"].Numbers!;
        for (int row = 0; row < 43; row++)
        {
            Assert.Equal(alone[row], second[row], 1e-7);
        }
    }

    // Columns are kept where the first row is positive, so that the width changes from batch to batch.
    [Fact]
    public void An_output_whose_width_depends_on_the_data_is_read_as_it_comes()
    {
        byte[] file = new GivenModel()
            .Input("x", Float, null, 3)
            .Weights("zero", [1], [0f])
            .Weights("first", [1], [0L])
            .Node("Gather", ["x", "first"], ["row"], "", ("axis", 0L))
            .Weights("flat", [1], [-1L])
            .Node("Reshape", ["row", "flat"], ["cells"])
            .Node("Greater", ["cells", "zero"], ["kept"])
            .Node("Compress", ["x", "kept"], ["y"], "", ("axis", 1L))
            .Output("y", Float, null, null)
            .Build();
        using OnnxPredictor model = Load(file, new() { Provider = "cpu", BatchRows = 2 });

        Assert.Equal([1, 2, 3, 4, 5, 6], Predict(model, [1, 2, 3, 4, 5, 6]));
        Assert.Equal([1, 4], Predict(model, [1, -2, -3, 4, 5, 6]));
        Assert.Equal([1, 3, 4, 6], Predict(model, [1, -2, 3, 4, 5, 6]));
    }

    [Fact]
    public void A_stopped_run_leaves_nothing_behind()
    {
        using OnnxPredictor model = Load(GivenModel.Logistic([2, -1], 0.5f), new() { Provider = "cpu", BatchRows = 2 });
        double[] before = Predict(model, [1, 2, 3, 4], 2);
        using CancellationTokenSource stop = new();
        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() =>
            model.Predict(new InputBatch([new InputTensor("x", (float[])[1, 2, 3, 4], 2, [2])]), stop.Token));
        Assert.Equal(before, Predict(model, [1, 2, 3, 4], 2));
    }

    [Fact]
    public void One_output_of_several_is_read_alone()
    {
        byte[] file = new GivenModel()
            .Input("x", Float, null, 2)
            .Node("Neg", ["x"], ["minus"])
            .Node("Abs", ["x"], ["size"])
            .Output("minus", Float, null, 2)
            .Output("size", Float, null, 2)
            .Build();
        using OnnxPredictor model = Load(file, new() { Provider = "cpu" });
        InputBatch rows = new([new InputTensor("x", (float[])[1, -2], 2, [2])]);

        Assert.Equal([1, 2], model.Predict(rows, "size", CancellationToken.None).Numbers!);
        Assert.Equal([-1, 2], model.Predict(rows, "minus", CancellationToken.None).Numbers!);
        Assert.Throws<ArgumentException>("output", () => model.Predict(rows, "nothing", CancellationToken.None));
    }

    [Fact]
    public void Serving_measures_its_batches_and_gives_the_same_to_the_last_digits()
    {
        using OnnxPredictor tuned = Load(GivenModel.Logistic([2, -1], 0.5f), new() { Provider = "cpu", Tuned = true });
        using OnnxPredictor plain = Load(GivenModel.Logistic([2, -1], 0.5f), new() { Provider = "cpu" });
        InputBatch rows = new([new InputTensor("x", (float[])[.. Enumerable.Range(0, 10_000).Select(i => (float)Math.Sin(i))], 2, [2])]);

        double[] a = tuned.Predict(rows, "prob", CancellationToken.None).Numbers!;
        double[] b = plain.Predict(rows, "prob", CancellationToken.None).Numbers!;

        Assert.Equal(5000, a.Length);
        Assert.All(Enumerable.Range(0, 5000), row => Assert.Equal(b[row], a[row], 1e-6));
    }

    // Ticks of a clock of its own: batches of 64 rows cost double, larger ones next to nothing less.
    [Fact]
    public void The_smallest_batch_that_none_clearly_beats_is_taken()
    {
        StepClock clock = new();

        int rows = BatchTuning.Measure(count => clock.Ticks += (count * (count == 64 ? 20 : 10)) - (count == 4096 ? 1 : 0), clock);

        Assert.Equal(256, rows);
    }

    private static double[] Predict(OnnxPredictor model, float[] values, int width = 3) =>
        model.Predict(new InputBatch([new InputTensor("x", values, width, [width])]), CancellationToken.None).Outputs[0].Numbers!;

    private static OnnxPredictor Load(byte[] file, PredictorOptions options) => OnnxPredictor.Load(file, options, CancellationToken.None);

    private sealed class StepClock : TimeProvider
    {
        public long Ticks { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Ticks;
    }
}
