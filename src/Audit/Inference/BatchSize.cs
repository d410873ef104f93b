namespace Governance.Audit.Inference;

/// <summary>How many rows go to the session at once.</summary>
internal static class BatchSize
{
    private const int MaxElements = 1 << 20;

    // A device wants wide batches and has gigabytes for them: 256 MiB of floats.
    private const int DeviceElements = 1 << 26;

    /// <summary>The rows of one run, fixed by the shapes and the options alone.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="outputs">The outputs that are read.</param>
    /// <param name="most">The most rows.</param>
    /// <param name="device">Whether they go to a device with memory of its own.</param>
    public static int Of(InputBatch batch, IEnumerable<OutputSpec> outputs, int most, bool device)
    {
        long widest = batch.Tensors.Max(tensor => (long)tensor.Width);
        foreach (OutputSpec output in outputs.Where(output => output.Shape.Count > 1 && !output.Shape.Skip(1).Contains(null)))
        {
            widest = Math.Max(widest, output.Shape.Skip(1).Aggregate(1L, (product, size) => product * size!.Value));
        }

        return (int)Math.Clamp((device ? DeviceElements : MaxElements) / Math.Max(widest, 1), 1, most);
    }

    /// <summary>Checks that a batch has the model's inputs.</summary>
    /// <exception cref="ArgumentException">It has others.</exception>
    public static void Check(InputBatch batch, ModelSignature signature)
    {
        if (batch.Tensors.Count != signature.Inputs.Count)
        {
            throw new ArgumentException($"The model takes {signature.Inputs.Count} inputs, got {batch.Tensors.Count}.", nameof(batch));
        }

        for (int i = 0; i < batch.Tensors.Count; i++)
        {
            InputSpec spec = signature.Inputs[i];
            InputTensor tensor = batch.Tensors[i];
            if (tensor.Name != spec.Name || tensor.Kind != spec.Kind || (spec.Width >= 0 && spec.Width != tensor.Width))
            {
                throw new ArgumentException($"The tensor '{tensor.Name}' does not fit the input '{spec.Name}'.", nameof(batch));
            }
        }
    }

    /// <summary>The rows from a place on, filled up with copies of the last one; null where no filling is needed.</summary>
    public static InputBatch? Filled(InputBatch batch, int start, int size, bool pad)
    {
        int count = Math.Min(size, batch.Rows - start);
        return pad && count < size ? batch.Take([.. Enumerable.Range(0, size).Select(i => start + Math.Min(i, count - 1))]) : null;
    }
}
