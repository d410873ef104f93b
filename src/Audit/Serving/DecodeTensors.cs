using System.Globalization;
using Governance.Audit.Answers;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;

namespace Governance.Audit.Serving;

/// <summary>Reads tensors of a model's inputs back into the readable rows that encode to them.</summary>
internal static class DecodeTensors
{
    /// <summary>Reads them back.</summary>
    /// <param name="encoder">The version's.</param>
    /// <param name="tensors">One for each input, by name; others are left alone.</param>
    /// <param name="form">For the sentence that says what may be sent.</param>
    /// <exception cref="InputException">An input is missing, has another shape or type, or a row stands for no readable row.</exception>
    public static Table Run(RowEncoder encoder, Dictionary<string, NamedTensor> tensors, RowForm form)
    {
        InputTensor[] asked = [.. encoder.Inputs.Select((input, at) => tensors.TryGetValue(input.Name, out NamedTensor? tensor)
            ? Typed(encoder.Signature.Inputs[at], input.Features.Count, tensor)
            : throw new InputException($"The request has no input '{input.Name}', which the model takes. {TensorRows.Wanted(form)}"))];
        Table rows = new([.. encoder.Slots.GroupBy(slot => slot.Column, StringComparer.Ordinal).Select(column => ColumnOf(column.Key, [.. column], asked))]);
        InputBatch again = encoder.Encode(rows);
        for (int input = 0; input < asked.Length; input++)
        {
            if (FirstOther(asked[input], again.Tensors[input]) is int at)
            {
                FeatureSlot slot = encoder.Slots.First(slot => slot.Input == input && slot.Offset == at % asked[input].Width);
                throw new InputException(
                    $"Row {at / asked[input].Width} of the input '{asked[input].Name}' stands for no readable row: its element {slot.Offset} ('{slot.Name}') is not what the column '{slot.Column}' encodes to.")
                { Column = slot.Column };
            }
        }

        return rows;
    }

    private static InputTensor Typed(InputSpec spec, int width, NamedTensor tensor)
    {
        bool fits = tensor.Width == width
            && (spec.RowShape.Count == 0 || tensor.Shape.Count == 2 || spec.RowShape.Contains(-1)
                || tensor.Shape.Skip(1).SequenceEqual(spec.RowShape.Select(size => (long)size)));
        if (!fits || tensor.Rows == 0)
        {
            throw new InputException(
                $"The input '{spec.Name}' has shape [{string.Join(", ", tensor.Shape)}]; the model takes [rows{string.Concat(spec.RowShape.Select(size => $", {(size < 0 ? width : size)}"))}].");
        }

        Array values = (spec.Kind, tensor.Values) switch
        {
            (TensorKind.Float, float[] numbers) => numbers,
            (TensorKind.Double, double[] numbers) => numbers,
            (TensorKind.Double, float[] numbers) => Array.ConvertAll(numbers, number => (double)number),
            (TensorKind.Int64, long[] numbers) => numbers,
            (TensorKind.Int32, long[] numbers) when Array.TrueForAll(numbers, number => number == (int)number) => Array.ConvertAll(numbers, number => (int)number),
            (TensorKind.Boolean, bool[] flags) => flags,
            (TensorKind.Text, string[] texts) => texts,
            _ => throw new InputException($"The input '{spec.Name}' takes {spec.Kind.ToString().ToLowerInvariant()} elements; those sent are of another type or too large."),
        };
        return new InputTensor(spec.Name, values, width, [width]);
    }

    private static Column ColumnOf(string name, FeatureSlot[] slots, InputTensor[] asked)
    {
        int rows = asked[0].Rows;
        FeatureSlot first = slots[0];
        if (slots.All(slot => slot.Feature.Kind is FeatureKind.Numeric or FeatureKind.Image) && asked[first.Input].Kind != TensorKind.Text)
        {
            return new NumberColumn(name, [.. Enumerable.Range(0, rows).Select(row => Number(asked[first.Input], row, first.Offset))]);
        }

        FeatureSlot? number = Array.Find(slots, slot => slot.Feature.Kind is FeatureKind.Numeric or FeatureKind.Image && asked[slot.Input].Kind != TensorKind.Text);
        return TextColumn.Of(name, [.. Enumerable.Range(0, rows).Select(row => number is not null
            ? TextOf(Number(asked[number.Input], row, number.Offset))
            : Level(slots, asked, row))]);
    }

    // Of several levels for one number the first by name: encoded again they are the same.
    private static string? Level(FeatureSlot[] slots, InputTensor[] asked, int row)
    {
        FeatureSlot slot = Array.Find(slots, each => each.Feature.Kind != FeatureKind.Onehot) ?? slots[0];
        EncodedFeature feature = slot.Feature;
        if (feature.Kind == FeatureKind.Onehot)
        {
            return Array.Find(slots, each => Number(asked[each.Input], row, each.Offset) == 1)?.Feature.Level;
        }

        if (asked[slot.Input].Values is string[] texts)
        {
            string text = texts[(row * asked[slot.Input].Width) + slot.Offset];
            bool stands = feature.Missing is { Action: CellAction.Text, Text: string missing } && missing == text && feature.Levels?.Contains(text) != true;
            return text.Length == 0 || stands ? null : text;
        }

        double number = Number(asked[slot.Input], row, slot.Offset);
        return (feature.Map ?? new Dictionary<string, double>()).Where(pair => pair.Value == number || (float)pair.Value == (float)number)
            .Select(pair => pair.Key).Order(StringComparer.Ordinal).FirstOrDefault();
    }

    private static string? TextOf(double number) => double.IsNaN(number) ? null : number.ToString("R", CultureInfo.InvariantCulture);

    private static double Number(InputTensor tensor, int row, int offset)
    {
        int at = (row * tensor.Width) + offset;
        return tensor.Values switch
        {
            float[] numbers => TensorRows.Shortest(numbers[at]),
            double[] numbers => numbers[at],
            long[] numbers => numbers[at],
            int[] numbers => numbers[at],
            bool[] flags => flags[at] ? 1 : 0,
            _ => double.NaN,
        };
    }

    // To the last bit, but any NaN is a missing cell.
    private static int? FirstOther(InputTensor asked, InputTensor again)
    {
        for (int at = 0; at < asked.Values.Length; at++)
        {
            bool same = (asked.Values, again.Values) switch
            {
                (float[] left, float[] right) => BitConverter.SingleToInt32Bits(left[at]) == BitConverter.SingleToInt32Bits(right[at]) || (float.IsNaN(left[at]) && float.IsNaN(right[at])),
                (double[] left, double[] right) => BitConverter.DoubleToInt64Bits(left[at]) == BitConverter.DoubleToInt64Bits(right[at]) || (double.IsNaN(left[at]) && double.IsNaN(right[at])),
                (long[] left, long[] right) => left[at] == right[at],
                (int[] left, int[] right) => left[at] == right[at],
                (bool[] left, bool[] right) => left[at] == right[at],
                (string[] left, string[] right) => left[at] == right[at],
                _ => false,
            };
            if (!same)
            {
                return at;
            }
        }

        return null;
    }
}
