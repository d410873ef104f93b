using Governance.Audit.Data;

namespace Governance.Audit.Inference;

/// <summary>The rows of one run of a session: fixed by shapes and options, or measured for serving, and halved where a device has no room.</summary>
/// <param name="options">How the model is run.</param>
/// <param name="device">Whether it runs on a device with memory of its own.</param>
internal sealed class RunSize(PredictorOptions options, bool device)
{
    private volatile int most = device ? options.DeviceRows : options.BatchRows;
    private volatile bool tuned;

    /// <summary>Rows for a batch.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="outputs">The outputs that are read.</param>
    /// <param name="run">Runs so many of the rows, to be timed where serving asks for it.</param>
    public int Of(InputBatch batch, IReadOnlyList<OutputSpec> outputs, Action<int> run)
    {
        if (options.Tuned && !device && !tuned && batch.Rows >= BatchTuning.LeastRows)
        {
            most = BatchTuning.Measure(run, options.Time);
            tuned = true;
        }

        return BatchSize.Of(batch, outputs, most, device);
    }

    /// <summary>Halves the size after a run that found no memory; false where there is nothing to halve.</summary>
    /// <param name="rows">The rows that were too many.</param>
    /// <param name="refusal">What the run said.</param>
    public bool Halve(int rows, InputException refusal)
    {
        if (rows <= 1 || !LacksRoom(refusal))
        {
            return false;
        }

        most = Math.Min(most, rows / 2);
        return true;
    }

    /// <summary>Whether a run on a device found no memory, which says nothing about the rows.</summary>
    public bool LacksRoom(InputException refusal) => device && RuntimeFault.IsMemory(refusal);
}
