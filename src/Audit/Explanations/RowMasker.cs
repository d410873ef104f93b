using System.Collections.Concurrent;
using System.Diagnostics;
using System.Numerics;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations;

/// <summary>Writes masked rows into batches whose memory is used again: the row explained, with players of background rows.</summary>
internal sealed class RowMasker
{
    private readonly InputBatch background;
    private readonly int[][][] offsets;
    private readonly ConcurrentDictionary<int, ConcurrentBag<InputBatch>> spare = [];

    /// <summary>Prepares to write rows.</summary>
    /// <param name="background">The reference rows and the players.</param>
    public RowMasker(MaskedBackground background)
    {
        this.background = background.Rows;
        RowBytes = MaskedBackground.RowBytes(background.Rows);
        offsets = [.. background.Rows.Tensors.Select((_, tensor) => background.Players
            .Select(player => player.Elements.Where(element => element.Tensor == tensor).Select(element => element.Offset).ToArray())
            .ToArray())];
    }

    /// <summary>Managed bytes a row.</summary>
    public int RowBytes { get; }

    /// <summary>Writes the rows start … start + count - 1 of a block; give the batch back with <see cref="Return"/>.</summary>
    /// <param name="own">The row explained.</param>
    /// <param name="block">The masked rows.</param>
    /// <param name="start">The first slot.</param>
    /// <param name="count">At least 1.</param>
    public InputBatch Make(InputBatch own, IMaskedSlots block, int start, int count)
    {
        InputBatch batch = spare.TryGetValue(count, out ConcurrentBag<InputBatch>? bag) && bag.TryTake(out InputBatch? used)
            ? used
            : New(count);
        for (int tensor = 0; tensor < batch.Tensors.Count; tensor++)
        {
            Array from = background.Tensors[tensor].Values;
            switch (own.Tensors[tensor].Values)
            {
                case float[] row: Fill((float[])batch.Tensors[tensor].Values, row, (float[])from, offsets[tensor], block, start, count); break;
                case double[] row: Fill((double[])batch.Tensors[tensor].Values, row, (double[])from, offsets[tensor], block, start, count); break;
                case long[] row: Fill((long[])batch.Tensors[tensor].Values, row, (long[])from, offsets[tensor], block, start, count); break;
                case int[] row: Fill((int[])batch.Tensors[tensor].Values, row, (int[])from, offsets[tensor], block, start, count); break;
                case bool[] row: Fill((bool[])batch.Tensors[tensor].Values, row, (bool[])from, offsets[tensor], block, start, count); break;
                case string[] row: Fill((string[])batch.Tensors[tensor].Values, row, (string[])from, offsets[tensor], block, start, count); break;
                default: throw new UnreachableException();
            }
        }

        return batch;
    }

    /// <summary>Takes a batch back, so that the next one of its size needs no memory.</summary>
    /// <param name="batch">Of <see cref="Make"/>; nobody may read it any more.</param>
    public void Return(InputBatch batch)
    {
        // Only full batches come again and again; the odd last ones are left to the collector.
        if (batch.Rows == CountedModel.BatchSize(RowBytes))
        {
            spare.GetOrAdd(batch.Rows, _ => []).Add(batch);
        }
    }

    private InputBatch New(int count) => new([.. background.Tensors.Select(tensor => new InputTensor(
        tensor.Name, Array.CreateInstance(tensor.Values.GetType().GetElementType()!, count * tensor.Width), tensor.Width, tensor.RowShape))]);

    private static void Fill<T>(T[] values, T[] own, T[] others, int[][] places, IMaskedSlots block, int start, int count)
    {
        int width = own.Length;
        Span<ulong> taken = stackalloc ulong[(places.Length + 63) / 64];
        Span<T> masked = values;
        for (int slot = start; slot < start + count; slot++)
        {
            own.CopyTo(masked);
            ReadOnlySpan<T> other = others.AsSpan(block.Row(slot) * width, width);
            block.Taken(slot, taken);
            for (int word = 0; word < taken.Length; word++)
            {
                for (ulong left = taken[word]; left != 0; left &= left - 1)
                {
                    foreach (int place in places[(64 * word) + BitOperations.TrailingZeroCount(left)])
                    {
                        masked[place] = other[place];
                    }
                }
            }

            masked = masked[width..];
        }
    }
}
