using Governance.Audit.Encodings;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.References;

/// <summary>Makes one row that stands for "not known" out of many, or out of nothing.</summary>
public static class ReferenceRow
{
    /// <summary>
    /// The weighted mean of numeric features (whole-number inputs rounded), and for texts, truth values, mapped and
    /// one-hot columns the most frequent content, because a mean of categories is none.
    /// </summary>
    /// <param name="rows">At least one row.</param>
    /// <param name="weights">Shape [rows], at least 0 with a sum above 0; null for equal weights.</param>
    /// <param name="slots">What the elements mean.</param>
    public static InputBatch Mean(InputBatch rows, IReadOnlyList<double>? weights, IReadOnlyList<FeatureSlot> slots)
    {
        InputBatch mean = rows.Slice(0, 1);
        foreach (IGrouping<string, FeatureSlot> column in slots.GroupBy(slot => slot.Column, StringComparer.Ordinal))
        {
            FeatureSlot[] numbers = [.. column.Where(slot => IsNumber(slot, rows))];
            FeatureSlot[] categories = [.. column.Except(numbers)];
            foreach (FeatureSlot slot in numbers)
            {
                Set(mean.Tensors[slot.Input].Values, slot.Offset, Average(rows.Tensors[slot.Input], slot.Offset, weights));
            }

            if (categories.Length > 0)
            {
                int row = MostFrequent(rows, categories, weights);
                foreach (FeatureSlot slot in categories)
                {
                    InputTensor tensor = rows.Tensors[slot.Input];
                    Array.Copy(tensor.Values, (row * tensor.Width) + slot.Offset, mean.Tensors[slot.Input].Values, slot.Offset, 1);
                }
            }
        }

        return mean;
    }

    /// <summary>0 for numbers, no for truth values, the empty text.</summary>
    /// <param name="like">Any rows of the model's inputs.</param>
    public static InputBatch Zero(InputBatch like)
    {
        InputBatch zero = like.Slice(0, 1);
        foreach (InputTensor tensor in zero.Tensors)
        {
            if (tensor.Values is string[] texts)
            {
                Array.Fill(texts, "");
            }
            else
            {
                Array.Clear(tensor.Values);
            }
        }

        return zero;
    }

    private static bool IsNumber(FeatureSlot slot, InputBatch rows) =>
        slot.Feature.Kind is FeatureKind.Numeric or FeatureKind.Image && rows.Tensors[slot.Input].Kind is not (TensorKind.Text or TensorKind.Boolean);

    // Missing values are left out; a feature that is always missing stays so.
    private static double Average(InputTensor tensor, int offset, IReadOnlyList<double>? weights)
    {
        double sum = 0;
        double total = 0;
        for (int row = 0; row < tensor.Rows; row++)
        {
            double value = Number(tensor.Values, (row * tensor.Width) + offset);
            double weight = weights?[row] ?? 1;
            if (!double.IsNaN(value))
            {
                sum += weight * value;
                total += weight;
            }
        }

        return sum / total;
    }

    private static int MostFrequent(InputBatch rows, FeatureSlot[] slots, IReadOnlyList<double>? weights)
    {
        ContentCodes codes = new(rows, [new Player("", [.. slots.Select(slot => new PlayerElement(slot.Input, slot.Offset))])]);
        Dictionary<int, (double Weight, int Row)> counts = [];
        for (int row = 0; row < rows.Rows; row++)
        {
            int code = codes.All[row];
            (double weight, int first) = counts.GetValueOrDefault(code, (0, row));
            counts[code] = (weight + (weights?[row] ?? 1), first);
        }

        return counts.Values.OrderByDescending(count => count.Weight).ThenBy(count => count.Row).First().Row;
    }

    private static double Number(Array values, int at) => values switch
    {
        float[] numbers => numbers[at],
        double[] numbers => numbers[at],
        long[] numbers => numbers[at],
        int[] numbers => numbers[at],
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static void Set(Array values, int at, double value)
    {
        switch (values)
        {
            case float[] numbers: numbers[at] = (float)value; break;
            case double[] numbers: numbers[at] = value; break;
            case long[] numbers: numbers[at] = (long)Math.Round(value); break;
            case int[] numbers: numbers[at] = (int)Math.Round(value); break;
            default: throw new System.Diagnostics.UnreachableException();
        }
    }
}
