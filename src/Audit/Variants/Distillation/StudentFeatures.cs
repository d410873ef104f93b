using Governance.Audit.Data;
using Governance.Audit.Inference;

namespace Governance.Audit.Variants.Distillation;

/// <summary>The numbers that a student reads: all elements of its parent's inputs, side by side, as 32-bit floats.</summary>
internal static class StudentFeatures
{
    /// <summary>The most elements of a row.</summary>
    public const int Most = 500;

    /// <summary>Why a model has no such numbers; null where it has.</summary>
    public static string? Misfit(ModelSignature signature)
    {
        InputSpec? text = signature.Inputs.FirstOrDefault(input => input.Kind == TensorKind.Text);
        InputSpec? array = signature.Inputs.FirstOrDefault(input => input.RowShape.Count > 1 && input.Width != 1);
        long width = signature.Inputs.Sum(input => Math.Max(1L, input.Width));
        return text is not null ? $"A student reads numbers; the model's input '{text.Name}' is text."
            : array is not null ? $"A student reads rows of cells; the model's input '{array.Name}' is a picture, a sequence or another array."
            : width > Most ? $"A student reads up to {Most} numbers a row; the model takes {width:N0}."
            : null;
    }

    /// <summary>The rows.</summary>
    /// <param name="batch">Rows of a model that fits.</param>
    /// <returns>Shape [rows][elements].</returns>
    /// <exception cref="InputException">A number lies beyond 32-bit floats.</exception>
    public static float[][] Of(InputBatch batch)
    {
        float[][] rows = [.. Enumerable.Range(0, batch.Rows).Select(_ => new float[batch.Tensors.Sum(tensor => tensor.Width)])];
        int offset = 0;
        foreach (InputTensor tensor in batch.Tensors)
        {
            float[] values = tensor.Values switch
            {
                float[] own => own,
                double[] own => Array.ConvertAll(own, value => (float)value),
                long[] own => Array.ConvertAll(own, value => (float)value),
                int[] own => Array.ConvertAll(own, value => (float)value),
                bool[] own => Array.ConvertAll(own, value => value ? 1f : 0f),
                _ => throw new InputException($"A student reads numbers; the model's input '{tensor.Name}' is text."),
            };
            if (Array.Exists(values, float.IsInfinity))
            {
                throw new InputException($"A number of the input '{tensor.Name}' is infinite as a 32-bit float: a student cannot learn from it.");
            }

            for (int row = 0; row < rows.Length; row++)
            {
                values.AsSpan(row * tensor.Width, tensor.Width).CopyTo(rows[row].AsSpan(offset));
            }

            offset += tensor.Width;
        }

        return rows;
    }
}
