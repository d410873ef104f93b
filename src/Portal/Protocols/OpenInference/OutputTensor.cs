using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Governance.Audit.Answers;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Serving;

namespace Governance.Portal.Protocols.OpenInference;

/// <summary>One tensor of an answer, read from what was released of each row.</summary>
/// <param name="output">What it holds.</param>
/// <param name="rows">The answered rows.</param>
/// <remarks>A number that the output policy holds back is null in JSON and NaN as bytes; a decision is never held back.</remarks>
internal sealed class OutputTensor(ServedOutput output, IReadOnlyList<AnsweredRow> rows)
{
    /// <summary>Its name.</summary>
    public string Name => output.Name;

    /// <summary>Its element type.</summary>
    public string Type => output.Content == ServedContent.Label ? (output.Labels is null ? TensorType.Bytes : "INT64") : output.IsDouble ? "FP64" : "FP32";

    /// <summary>Its dimensions.</summary>
    public IReadOnlyList<long> Shape => output.Width == 0 ? [rows.Count] : [rows.Count, output.Width];

    /// <summary>Whether anything of it is released of any row.</summary>
    public bool IsReleased => output.Content switch
    {
        ServedContent.Label => rows.Any(row => row.Prediction.Label is not null),
        ServedContent.Probabilities => rows.Any(row => row.Prediction.Probabilities is not null),
        ServedContent.Value => rows.Any(row => row.Prediction.Value is not null),
        _ => rows.Any(row => row.Prediction.Band is not null),
    };

    /// <summary>The classes of its columns; null where it has none.</summary>
    public IReadOnlyList<string>? Classes => output.Content == ServedContent.Probabilities ? output.Classes : null;

    /// <summary>Its elements as JSON, flat.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        if (output.Content == ServedContent.Label)
        {
            foreach (AnsweredRow row in rows)
            {
                if (output.Labels is null)
                {
                    json.WriteStringValue(row.Prediction.Label);
                }
                else
                {
                    json.WriteNumberValue(Number(row.Prediction.Label));
                }
            }
        }
        else
        {
            foreach (double number in Numbers())
            {
                if (!double.IsFinite(number))
                {
                    json.WriteNullValue();
                }
                else if (output.IsDouble)
                {
                    json.WriteNumberValue(number);
                }
                else
                {
                    json.WriteNumberValue((float)number);
                }
            }
        }

        json.WriteEndArray();
    }

    /// <summary>Its elements as bytes.</summary>
    public byte[] ToBytes()
    {
        if (output.Content == ServedContent.Label && output.Labels is null)
        {
            return BinaryTensors.Write(rows.Select(row => row.Prediction.Label ?? ""));
        }

        if (output.Content == ServedContent.Label)
        {
            byte[] labels = new byte[rows.Count * sizeof(long)];
            for (int at = 0; at < rows.Count; at++)
            {
                BinaryPrimitives.WriteInt64LittleEndian(labels.AsSpan(at * sizeof(long)), Number(rows[at].Prediction.Label));
            }

            return labels;
        }

        double[] numbers = [.. Numbers()];
        int size = output.IsDouble ? sizeof(double) : sizeof(float);
        byte[] bytes = new byte[numbers.Length * size];
        for (int at = 0; at < numbers.Length; at++)
        {
            Span<byte> place = bytes.AsSpan(at * size);
            if (output.IsDouble)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(place, numbers[at]);
            }
            else
            {
                BinaryPrimitives.WriteSingleLittleEndian(place, (float)numbers[at]);
            }
        }

        return bytes;
    }

    private IEnumerable<double> Numbers() => rows.SelectMany(row => Of(row.Prediction));

    private IEnumerable<double> Of(ReleasedPrediction row) => output.Content switch
    {
        ServedContent.Probabilities => output.Classes!.Select(name => row.Probabilities is not null && row.Probabilities.TryGetValue(name, out double number) ? number : double.NaN),
        ServedContent.Value => [row.Value ?? double.NaN],
        _ => [row.Band?.Low ?? double.NaN, row.Band?.High ?? double.NaN],
    };

    private long Number(string? label)
    {
        int place = label is null || output.Classes is null ? -1 : output.Classes.ToList().IndexOf(label);
        return place >= 0 ? output.Labels![place] : long.TryParse(label, CultureInfo.InvariantCulture, out long number) ? number : -1;
    }
}
