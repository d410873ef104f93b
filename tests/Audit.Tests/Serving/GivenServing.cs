using Governance.Audit.Inference;
using Governance.Audit.Serving;
using Governance.Registry.Serving;

namespace Governance.Audit.Tests.Serving;

/// <summary>Small things to serve.</summary>
internal static class GivenServing
{
    /// <summary>One input of floats.</summary>
    public static InputBatch Rows(int width, params float[] values) => new([new InputTensor("x", values, width, [width])]);

    /// <summary>An output of one number a row.</summary>
    public static Prediction Numbers(IEnumerable<double> numbers)
    {
        double[] all = [.. numbers];
        return new Prediction([new OutputValues(new OutputSpec("y", "tensor(float)", [null, 1], OutputRole.Value, null), all, null, [1], all.Length, null)]);
    }

    /// <summary>The first number of each row.</summary>
    public static float[] First(InputBatch batch)
    {
        InputTensor tensor = batch.Tensors[0];
        return [.. Enumerable.Range(0, batch.Rows).Select(row => ((float[])tensor.Values)[row * tensor.Width])];
    }

    /// <summary>A batcher over a function.</summary>
    public static RowBatcher Batcher(
        Func<InputBatch, CancellationToken, Prediction> run, ServingSettings? settings = null, ServingDoor? door = null, BatchForm? form = null,
        ServingMeter? meter = null) => new(
        run, form ?? new BatchForm(1, [1, 2, 3, 4, 6, 8]), settings ?? ServingSettings.Default, new RunTurns(), door ?? new ServingDoor(),
        meter ?? Meter(), TimeProvider.System);

    /// <summary>A meter of its own.</summary>
    public static ServingMeter Meter() => new("model", 1, new ServingInstruments(), TimeProvider.System);
}

/// <summary>A clock that a test moves.</summary>
internal sealed class SteppedTime : TimeProvider
{
    /// <summary>Seconds since it began.</summary>
    public double Seconds { get; set; }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => (long)(Seconds * TimeSpan.TicksPerSecond);
}
