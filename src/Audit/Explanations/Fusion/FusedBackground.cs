using System.Runtime.InteropServices;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.Fusion;

/// <summary>The background as a fused model reads it: rows that are alike to the model are one row with their weights added.</summary>
internal sealed class FusedBackground
{
    /// <summary>Prepares a background.</summary>
    /// <param name="background">The reference rows.</param>
    /// <param name="inputs">What the model reads.</param>
    public FusedBackground(MaskedBackground background, IReadOnlyList<FusableInput> inputs)
    {
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        List<int> rows = [];
        List<double> weights = [];
        int players = background.Players.Count;
        int[] codes = new int[players];
        for (int row = 0; row < background.Rows.Rows; row++)
        {
            for (int player = 0; player < players; player++)
            {
                codes[player] = background.Code(row, player);
            }

            string content = new(MemoryMarshal.Cast<int, char>(codes));
            if (places.TryGetValue(content, out int place))
            {
                weights[place] += background.Weights[row];
            }
            else
            {
                places.Add(content, rows.Count);
                rows.Add(row);
                weights.Add(background.Weights[row]);
            }
        }

        InputBatch different = background.Rows.Take(CollectionsMarshal.AsSpan(rows));
        Values = [.. inputs.Select(input => Masked(different.Tensors[input.Tensor]))];
        Weights = [.. weights];
        RowBytes = inputs.Sum(input => input.RowBytes);
    }

    /// <summary>The number of different rows.</summary>
    public int Rows => Weights.Length;

    /// <summary>For each input: its values, shape [rows, elements].</summary>
    public IReadOnlyList<Array> Values { get; }

    /// <summary>Shape [rows]; adds up to 1.</summary>
    public double[] Weights { get; }

    /// <summary>Bytes of a masked row.</summary>
    public int RowBytes { get; }

    /// <summary>Bytes of all rows and weights.</summary>
    public long Bytes => Rows * ((long)RowBytes + sizeof(double));

    /// <summary>The values of a tensor in the type in which they are masked.</summary>
    public static Array Masked(InputTensor tensor) =>
        tensor.Values is bool[] flags ? Array.ConvertAll(flags, flag => flag ? 1 : 0) : tensor.Values;
}
