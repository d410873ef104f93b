using Governance.Audit.Equivalence;
using Governance.Audit.Inference;
using Governance.Tests;

namespace Governance.Audit.Tests.Equivalence;

public sealed class TimeTurnsTests
{
    // A clock that moves by itself: 1 ms a look, so that a call takes 1 ms and two seconds are over after about 400 turns.
    private sealed class Ticking : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => 1_000;

        public override long GetTimestamp() => now++;
    }

    [Fact]
    public void Both_are_called_equally_often_and_alike_calls_have_the_ratio_one()
    {
        byte[] model = GivenModel.Logistic([1, 2, 3], 0);
        using OnnxPredictor first = OnnxPredictor.Load(model, new PredictorOptions { Provider = "cpu" }, default);
        using OnnxPredictor second = OnnxPredictor.Load(model, new PredictorOptions { Provider = "cpu" }, default);
        InputBatch rows = new([new InputTensor("x", new float[15], 3, [3])]);

        SpeedAtSize speed = TimeTurns.Run(first, second, rows, rows, 2, 0.95, new Ticking(), default);

        Assert.Equal(2, speed.Rows);
        Assert.InRange(speed.Calls, 380, 400);
        Assert.Equal((0.001, 0.001, 1.0), (speed.A.P95, speed.B.P50, speed.P95Ratio));
        Assert.Equal([1, 1], speed.P95Interval);
        Assert.Equal(2_000, speed.A.RowsPerSecond, 1e-6);
    }

    [Fact]
    public void Both_are_timed_on_the_same_rows()
    {
        using OnnxPredictor model = OnnxPredictor.Load(GivenModel.Logistic([1], 0), new PredictorOptions { Provider = "cpu" }, default);

        Assert.Throws<ArgumentException>(() => TimeTurns.Run(
            model, model, new InputBatch([new InputTensor("x", new float[2], 1, [1])]), new InputBatch([new InputTensor("x", new float[3], 1, [1])]), 1, 0.95, TimeProvider.System, default));
    }
}
