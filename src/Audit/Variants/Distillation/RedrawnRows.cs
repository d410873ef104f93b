using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Inference;

namespace Governance.Audit.Variants.Distillation;

/// <summary>More rows to ask the teacher about: real rows, about half of whose columns are taken from other real rows.</summary>
/// <remarks>
/// A column goes over as a whole, so that a level is never split among its features. After Bucilă, Caruana and
/// Niculescu-Mizil, "Model compression", KDD 2006, who exchange cells between near rows; here partners are drawn from all rows,
/// so that the student also learns what the teacher says between the clusters of the data. Such rows are learned from and never
/// measured on.
/// </remarks>
internal static class RedrawnRows
{
    private const double Exchanged = 0.5;

    /// <summary>Draws rows.</summary>
    /// <param name="rows">Real rows, at least one.</param>
    /// <param name="encoder">Which elements make a column.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="seed">The seed.</param>
    public static InputBatch Of(InputBatch rows, RowEncoder encoder, int count, int seed)
    {
        SeededRandom random = new(seed, 60);
        int[] starts = new int[count];
        for (int i = 0; i < count; i++)
        {
            starts[i] = random.NextBelow(rows.Rows);
        }

        InputBatch drawn = rows.Take(starts);
        (int Input, int Offset)[][] columns =
            [.. encoder.Slots.GroupBy(slot => slot.Column, StringComparer.Ordinal).Select(column => column.Select(slot => (slot.Input, slot.Offset)).ToArray())];
        for (int row = 0; row < count; row++)
        {
            foreach ((int Input, int Offset)[] column in columns)
            {
                // Both numbers are drawn in any case, so that one column's luck does not move the others'.
                bool exchange = random.NextDouble() < Exchanged;
                int other = random.NextBelow(rows.Rows);
                foreach ((int input, int offset) in exchange ? column : [])
                {
                    int width = rows.Tensors[input].Width;
                    Array.Copy(rows.Tensors[input].Values, (other * width) + offset, drawn.Tensors[input].Values, (row * width) + offset, 1);
                }
            }
        }

        return drawn;
    }
}
