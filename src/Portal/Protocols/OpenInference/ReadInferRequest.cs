using System.Text.Json;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;
using Governance.Audit.Serving;

namespace Governance.Portal.Protocols.OpenInference;

/// <summary>Reads a request of the Open Inference Protocol: JSON, with tensors in it or as bytes behind it.</summary>
/// <remarks>
/// Source: Open Inference Protocol V2, REST, and its binary tensor data extension. Bytes are little-endian, row-major, without
/// padding; elements of BYTES have their length as four bytes before them. JSON data may be flat or nested as the shape says.
/// </remarks>
internal static class ReadInferRequest
{
    /// <summary>The header that says how many bytes of the body are JSON.</summary>
    public const string HeaderLength = "Inference-Header-Content-Length";

    private const int MostTensors = 4_096;

    /// <summary>Reads a body.</summary>
    /// <param name="body">All of it.</param>
    /// <param name="json">How many bytes of it are JSON; null for all.</param>
    /// <exception cref="InputException">The body is no such request; the sentence names the part.</exception>
    public static InferRequest Read(ReadOnlyMemory<byte> body, int? json)
    {
        if (json is < 0 || json > body.Length)
        {
            throw new InputException($"The header {HeaderLength} says {json} bytes; the body has {body.Length}.");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(body[..(json ?? body.Length)], new JsonDocumentOptions { MaxDepth = 64, AllowDuplicateProperties = false });
            return Read(document.RootElement, body[(json ?? body.Length)..]);
        }
        catch (JsonException fault)
        {
            throw new InputException($"The request is not valid JSON (line {(fault.LineNumber ?? 0) + 1}).", fault);
        }
        catch (InvalidOperationException fault)
        {
            throw new InputException("A part of the request is of another kind than the protocol says, or holds text that is not valid Unicode.", fault);
        }
    }

    private static InferRequest Read(JsonElement root, ReadOnlyMemory<byte> binary)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("inputs", out JsonElement inputs) || inputs.ValueKind != JsonValueKind.Array)
        {
            throw new InputException("The request has no array 'inputs'.");
        }

        if (inputs.GetArrayLength() is 0 or > MostTensors)
        {
            throw new InputException($"A request has 1 to {MostTensors} inputs.");
        }

        List<NamedTensor> tensors = [];
        foreach (JsonElement input in inputs.EnumerateArray())
        {
            tensors.Add(Tensor(input, ref binary));
        }

        if (!binary.IsEmpty)
        {
            throw new InputException($"{binary.Length} bytes behind the inputs belong to none of them.");
        }

        return new InferRequest(
            Text(root, "id"), tensors, root.TryGetProperty("outputs", out JsonElement outputs) ? [.. outputs.EnumerateArray().Select(Wanted)] : [],
            Flag(Parameters(root), "binary_data_output") ?? false, FormOf(Text(Parameters(root), "form")), Text(Parameters(root), "environment"));
    }

    private static PredictionForm? FormOf(string? word) => word is null ? null
        : Enum.TryParse(word, ignoreCase: true, out PredictionForm form) && Enum.IsDefined(form) ? form
        : throw new InputException($"The form '{word}' is none of {string.Join(", ", Enum.GetNames<PredictionForm>().Select(JsonNamingPolicy.CamelCase.ConvertName))}.");

    private static WantedOutput Wanted(JsonElement output) => new(
        Text(output, "name") ?? throw new InputException("An output of the request has no name."), Flag(Parameters(output), "binary_data"));

    private static NamedTensor Tensor(JsonElement input, ref ReadOnlyMemory<byte> binary)
    {
        string name = Text(input, "name") ?? throw new InputException("An input of the request has no name.");
        string type = Text(input, "datatype") ?? throw new InputException($"The input '{name}' has no datatype.");
        if (!TensorType.IsKnown(type))
        {
            throw new InputException($"The input '{name}' has the datatype '{type}', which the protocol does not know.");
        }

        long[] shape = Shape(input, name, out long count);
        if (Parameters(input).TryGet("binary_data_size", out JsonElement size))
        {
            if (!size.TryGetInt64(out long bytes) || bytes < 0 || bytes > binary.Length)
            {
                throw new InputException($"The input '{name}' has a binary_data_size of {size.GetRawText()}; {binary.Length} bytes are left. Is the header {HeaderLength} there?");
            }

            ReadOnlyMemory<byte> own = binary[..(int)bytes];
            binary = binary[(int)bytes..];
            return new NamedTensor(name, shape, BinaryTensors.Read(own.Span, name, type, (int)count));
        }

        return input.TryGetProperty("data", out JsonElement data)
            ? new NamedTensor(name, shape, JsonTensors.Read(data, name, type, (int)count))
            : throw new InputException($"The input '{name}' has neither data nor a binary_data_size.");
    }

    private static long[] Shape(JsonElement input, string name, out long count)
    {
        if (!input.TryGetProperty("shape", out JsonElement dims) || dims.ValueKind != JsonValueKind.Array || dims.GetArrayLength() > 16)
        {
            throw new InputException($"The input '{name}' has no shape.");
        }

        long[] shape = [.. dims.EnumerateArray().Select(dim => dim.TryGetInt64(out long size) && size is >= 0 and <= int.MaxValue
            ? size
            : throw new InputException($"The input '{name}' has a dimension of {dim.GetRawText()}."))];
        count = 1;
        foreach (long size in shape)
        {
            count *= size;
            if (count > 1 << 26)
            {
                throw new InputException($"The input '{name}' has more than {1 << 26} elements.");
            }
        }

        return shape;
    }

    private static JsonElement Parameters(JsonElement of) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty("parameters", out JsonElement parameters) ? parameters : default;

    private static bool TryGet(this JsonElement of, string name, out JsonElement value)
    {
        value = default;
        return of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out value);
    }

    private static string? Text(JsonElement of, string name) =>
        of.TryGet(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool? Flag(JsonElement of, string name) =>
        of.TryGet(name, out JsonElement value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;
}
