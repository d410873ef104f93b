using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.References;

/// <summary>One row in which a token stands for "not known" at every place.</summary>
internal static class MaskedTokens
{
    /// <summary>The row with the tokens that the encoding names for its inputs.</summary>
    /// <param name="mean">One row, for the inputs without such a token.</param>
    /// <param name="encoder">Knows the tokens.</param>
    /// <exception cref="InputException">The encoding names none, or one that its input cannot hold.</exception>
    public static InputBatch Named(InputBatch mean, RowEncoder encoder) => encoder.Inputs.All(input => input.Mask is null)
        ? throw new InputException("The encoding names no mask token: give an input a 'mask', or take the reference token:ID.")
        : new InputBatch([.. mean.Tensors.Select((tensor, input) => encoder.Inputs[input].Mask is CellRule mask
            ? Filled(tensor, mask.Text ?? mask.Number.ToString("R", CultureInfo.InvariantCulture))
            : tensor)]);

    /// <summary>The row with one token in all inputs that hold tokens: texts, or whole numbers with several places.</summary>
    /// <param name="mean">One row, for the other inputs.</param>
    /// <param name="token">The token as a person writes it.</param>
    /// <exception cref="InputException">No input holds tokens, or not this one.</exception>
    public static InputBatch Of(InputBatch mean, string token)
    {
        bool[] tokens = [.. mean.Tensors.Select(tensor => tensor.Width > 1 && tensor.Kind is TensorKind.Int32 or TensorKind.Int64 or TensorKind.Text)];
        return tokens.Contains(true)
            ? new InputBatch([.. mean.Tensors.Select((tensor, input) => tokens[input] ? Filled(tensor, token) : tensor)])
            : throw new InputException("The reference token:ID is for tokens, and the model takes none: no input holds several texts or whole numbers.");
    }

    private static InputTensor Filled(InputTensor tensor, string token)
    {
        Array values = (Array)tensor.Values.Clone();
        bool whole = long.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number);
        bool any = double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) && double.IsFinite(real);
        switch (values)
        {
            case string[] texts: Array.Fill(texts, token); break;
            case long[] numbers when whole: Array.Fill(numbers, number); break;
            case int[] numbers when whole && number is >= int.MinValue and <= int.MaxValue: Array.Fill(numbers, (int)number); break;
            case float[] numbers when any: Array.Fill(numbers, (float)real); break;
            case double[] numbers when any: Array.Fill(numbers, real); break;
            default: throw new InputException($"The input '{tensor.Name}' cannot hold the token '{token}'.");
        }

        return new InputTensor(tensor.Name, values, tensor.Width, tensor.RowShape);
    }
}
