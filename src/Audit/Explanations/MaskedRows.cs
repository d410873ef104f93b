using System.Diagnostics;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations;

/// <summary>Writes masked rows: a background row with the coalition's elements taken from the row explained.</summary>
internal sealed class MaskedRows
{
    private readonly InputBatch background;
    private readonly InputBatch row;
    private readonly int[] codes;
    private readonly int[][][] offsets;

    /// <summary>Prepares to write rows.</summary>
    /// <param name="background">The reference rows and the players.</param>
    /// <param name="row">The row explained.</param>
    /// <param name="codes">Shape [background rows, players]: 0 where both agree, so that nothing is to write.</param>
    public MaskedRows(MaskedBackground background, InputBatch row, int[] codes)
    {
        this.background = background.Rows;
        this.row = row;
        this.codes = codes;
        Bytes = MaskedBackground.RowBytes(row);
        offsets = [.. row.Tensors.Select((_, tensor) => background.Players
            .Select(player => player.Elements.Where(element => element.Tensor == tensor).Select(element => element.Offset).ToArray())
            .ToArray())];
    }

    /// <summary>Bytes a row.</summary>
    public int Bytes { get; }

    /// <summary>Writes the masked rows start … start + count - 1 of a block.</summary>
    public InputBatch Make(MaskedBlock block, int start, int count)
    {
        InputTensor[] tensors = new InputTensor[row.Tensors.Count];
        for (int tensor = 0; tensor < tensors.Length; tensor++)
        {
            InputTensor like = row.Tensors[tensor];
            Array values = like.Values switch
            {
                float[] own => Fill(own, tensor, block, start, count),
                double[] own => Fill(own, tensor, block, start, count),
                long[] own => Fill(own, tensor, block, start, count),
                int[] own => Fill(own, tensor, block, start, count),
                bool[] own => Fill(own, tensor, block, start, count),
                string[] own => Fill(own, tensor, block, start, count),
                _ => throw new UnreachableException(),
            };
            tensors[tensor] = new InputTensor(like.Name, values, like.Width, like.RowShape);
        }

        return new InputBatch(tensors);
    }

    private T[] Fill<T>(T[] own, int tensor, MaskedBlock block, int start, int count)
    {
        T[] others = (T[])background.Tensors[tensor].Values;
        int[][] places = offsets[tensor];
        T[] values = new T[count * own.Length];
        for (int i = 0; i < count; i++)
        {
            (int other, int coalition) = block[start + i];
            Span<T> masked = values.AsSpan(i * own.Length, own.Length);
            others.AsSpan(other * own.Length, own.Length).CopyTo(masked);
            for (int player = 0; player < places.Length; player++)
            {
                if (codes[(other * places.Length) + player] != 0 && block.Coalitions.Contains(coalition, player))
                {
                    foreach (int place in places[player])
                    {
                        masked[place] = own[place];
                    }
                }
            }
        }

        return values;
    }
}
