namespace Governance.Audit.Inference;

/// <summary>How many rows go to the session at once.</summary>
internal static class BatchSize
{
    private const int MaxElements = 1 << 20;

    /// <summary>The rows of one run, fixed by the shapes and the options alone.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="outputs">The outputs that are read.</param>
    /// <param name="most">The most rows.</param>
    public static int Of(InputBatch batch, IEnumerable<OutputSpec> outputs, int most)
    {
        long widest = batch.Tensors.Max(tensor => (long)tensor.Width);
        foreach (OutputSpec output in outputs.Where(output => output.Shape.Count > 1 && !output.Shape.Skip(1).Contains(null)))
        {
            widest = Math.Max(widest, output.Shape.Skip(1).Aggregate(1L, (product, size) => product * size!.Value));
        }

        return (int)Math.Clamp(MaxElements / Math.Max(widest, 1), 1, most);
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
}
