namespace Governance.Audit.Inference;

/// <summary>Rows in the form that a model reads: one tensor for each input, all with the same number of rows.</summary>
public sealed class InputBatch
{
    /// <summary>Makes a batch.</summary>
    /// <param name="tensors">At least one tensor; equal row counts.</param>
    /// <exception cref="ArgumentException">No tensor, or unequal row counts.</exception>
    public InputBatch(IReadOnlyList<InputTensor> tensors)
    {
        if (tensors.Count == 0 || tensors.Any(tensor => tensor.Rows != tensors[0].Rows))
        {
            throw new ArgumentException("A batch needs tensors of equally many rows.", nameof(tensors));
        }

        Tensors = tensors;
    }

    /// <summary>One tensor for each input, in the order of the model's signature.</summary>
    public IReadOnlyList<InputTensor> Tensors { get; }

    /// <summary>The number of rows.</summary>
    public int Rows => Tensors[0].Rows;

    /// <summary>A copy of the rows <paramref name="start"/> … <paramref name="start"/> + <paramref name="count"/> - 1.</summary>
    public InputBatch Slice(int start, int count) => new([.. Tensors.Select(tensor => tensor.Slice(start, count))]);

    /// <summary>One batch of single rows of several, filled up with copies of the last one.</summary>
    /// <param name="rows">Each row with the batch that it stands in; all of one model.</param>
    /// <param name="size">Rows of the result; at least as many as given.</param>
    /// <exception cref="ArgumentException">The rows do not have the same inputs.</exception>
    public static InputBatch Gather(IReadOnlyList<(InputBatch Batch, int Row)> rows, int size)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, rows.Count);
        return new InputBatch([.. Enumerable.Range(0, rows[0].Batch.Tensors.Count).Select(input =>
            InputTensor.Gather([.. rows.Select(row => (row.Batch.Tensors[input], row.Row))], size))]);
    }

    /// <summary>A copy of these rows, in this order; a row may be taken many times.</summary>
    public InputBatch Take(ReadOnlySpan<int> rows)
    {
        InputTensor[] taken = new InputTensor[Tensors.Count];
        for (int i = 0; i < taken.Length; i++)
        {
            taken[i] = Tensors[i].Take(rows);
        }

        return new InputBatch(taken);
    }
}
