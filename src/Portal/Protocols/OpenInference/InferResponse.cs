using System.Text.Json;
using Governance.Audit.Answers;
using Governance.Audit.Data;
using Governance.Audit.Serving;

namespace Governance.Portal.Protocols.OpenInference;

/// <summary>An answer in the words of the protocol: JSON, with tensors in it or as bytes behind it.</summary>
/// <param name="Body">All of it.</param>
/// <param name="Json">How many bytes of it are JSON where others follow; null where it is JSON alone.</param>
internal sealed record InferResponse(byte[] Body, int? Json)
{
    /// <summary>Its content type.</summary>
    public string ContentType => Json is null ? "application/json" : "application/octet-stream";

    /// <summary>Checks that a request can be answered as it wants, before anything is charged.</summary>
    /// <param name="request">The request.</param>
    /// <param name="outputs">What the version gives.</param>
    /// <exception cref="InputException">It asks for an output that there is none of.</exception>
    public static void Check(InferRequest request, IEnumerable<ServedOutput> outputs)
    {
        string[] known = [.. outputs.Select(output => output.Name)];
        if (request.Outputs.FirstOrDefault(wanted => !known.Contains(wanted.Name)) is WantedOutput none)
        {
            throw new InputException($"The model gives no output '{none.Name}'; it gives {string.Join(", ", known)}.");
        }
    }

    /// <summary>Writes an answer.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="version">The number of the version that answered.</param>
    /// <param name="answered">What is released.</param>
    public static InferResponse Write(InferRequest request, string model, int version, AnswerOutcome.Answered answered)
    {
        OutputTensor[] all = [.. answered.Outputs.Select(output => new OutputTensor(output, answered.Rows))];
        OutputTensor[] tensors = request.Outputs.Count > 0
            ? [.. request.Outputs.Select(wanted => all.First(tensor => tensor.Name == wanted.Name))]
            : [.. all.Where((tensor, at) => !answered.Outputs[at].IsNative && tensor.IsReleased)];
        List<byte[]> behind = [];
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteString("model_name", model);
            json.WriteString("model_version", $"{version}");
            if (request.Id is not null)
            {
                json.WriteString("id", request.Id);
            }

            WriteParameters(json, answered);
            json.WriteStartArray("outputs");
            foreach (OutputTensor tensor in tensors)
            {
                WriteTensor(json, tensor, request.IsBinary(tensor.Name), behind);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        if (behind.Count == 0)
        {
            return new InferResponse(stream.ToArray(), null);
        }

        int length = (int)stream.Length;
        behind.ForEach(bytes => stream.Write(bytes));
        return new InferResponse(stream.ToArray(), length);
    }

    // The protocol allows texts, numbers and truth values here, nothing nested.
    private static void WriteParameters(Utf8JsonWriter json, AnswerOutcome.Answered answered)
    {
        json.WriteStartObject("parameters");
        json.WriteString("form", JsonNamingPolicy.CamelCase.ConvertName(answered.Policy.Prediction.ToString()));
        json.WriteNumber("units", answered.Units);
        if (answered.Remaining is long remaining)
        {
            json.WriteNumber("remaining", remaining);
        }

        if (answered.Warnings.Count > 0)
        {
            json.WriteString("warnings", string.Join(" ", answered.Warnings.Select(warning => warning.Message)));
        }

        json.WriteEndObject();
    }

    private static void WriteTensor(Utf8JsonWriter json, OutputTensor tensor, bool binary, List<byte[]> behind)
    {
        json.WriteStartObject();
        json.WriteString("name", tensor.Name);
        json.WriteString("datatype", tensor.Type);
        json.WriteStartArray("shape");
        foreach (long size in tensor.Shape)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
        byte[]? bytes = binary ? tensor.ToBytes() : null;
        if (bytes is not null || tensor.Classes is not null)
        {
            json.WriteStartObject("parameters");
            if (tensor.Classes is { } classes)
            {
                json.WriteString("classes", JsonSerializer.Serialize(classes));
            }

            if (bytes is not null)
            {
                json.WriteNumber("binary_data_size", bytes.Length);
                behind.Add(bytes);
            }

            json.WriteEndObject();
        }

        if (bytes is null)
        {
            json.WritePropertyName("data");
            tensor.Write(json);
        }

        json.WriteEndObject();
    }
}
