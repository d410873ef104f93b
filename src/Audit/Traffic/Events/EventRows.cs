using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;

namespace Governance.Audit.Traffic.Events;

/// <summary>Request and response of one call as rows. Pure.</summary>
/// <remarks>
/// The columns of a request are the names of its tensors (v2) or of its instances' keys (v1). A tensor of several values a row takes
/// the columns of the version's encoding in their order: the column where a feature is its number, else the feature's own name.
/// </remarks>
internal static class EventRows
{
    /// <summary>Puts the halves together.</summary>
    /// <param name="known">What is known of the deployment's columns.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="response">What was answered.</param>
    /// <exception cref="InputException">One of them cannot be read, or they have different numbers of rows.</exception>
    public static IReadOnlyList<ServedRow> Of(DeploymentColumns known, TrafficEvent request, TrafficEvent response)
    {
        Dictionary<string, object?>[] cells = RequestOf(known.Encoding, request.Body);
        (Dictionary<string, double>? Scores, string? Decision)[] answers = ResponseOf(known, response.Body);
        if (cells.Length != answers.Length)
        {
            throw new InputException($"The request of the event '{request.Id}' has {cells.Length} rows, its response {answers.Length}.");
        }

        double millis = (response.At - request.At).TotalMilliseconds;
        return
        [
            .. cells.Select((row, at) => new ServedRow(
                known.Deployment.Id, cells.Length == 1 ? request.Id : $"{request.Id}/{at}", request.At, row)
            {
                Scores = answers[at].Scores, Decision = answers[at].Decision, LatencyMs = millis >= 0 ? millis : null,
            }),
        ];
    }

    /// <summary>The cells of a request, a row each.</summary>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static Dictionary<string, object?>[] RequestOf(ModelEncoding? encoding, byte[] body)
    {
        using JsonDocument document = Parse(body, "request");
        JsonElement root = document.RootElement;
        if (root.TryGetProperty("inputs", out JsonElement inputs) && inputs.ValueKind == JsonValueKind.Array)
        {
            EventTensor[] tensors = [.. inputs.EnumerateArray().Select(EventTensor.OfV2)];
            int rows = tensors.Length == 0 ? 0 : tensors[0].Rows;
            if (rows == 0 || tensors.Any(tensor => tensor.Rows != rows))
            {
                throw new InputException("The tensors of a request have equally many rows, at least one.");
            }

            Dictionary<string, object?>[] cells = New(rows);
            foreach (EventTensor tensor in tensors)
            {
                Put(cells, tensor, NamesOf(encoding, tensor));
            }

            return cells;
        }

        if (root.TryGetProperty("instances", out JsonElement instances) && instances.ValueKind == JsonValueKind.Array && instances.GetArrayLength() > 0)
        {
            JsonElement[] items = [.. instances.EnumerateArray()];
            if (items.All(item => item.ValueKind == JsonValueKind.Object))
            {
                return [.. items.Select(item => item.EnumerateObject().ToDictionary(property => property.Name, property => EventTensor.CellOf(property.Value), StringComparer.Ordinal))];
            }

            EventTensor tensor = EventTensor.OfV1(items);
            Dictionary<string, object?>[] cells = New(tensor.Rows);
            Put(cells, tensor, NamesOf(encoding, tensor));
            return cells;
        }

        throw new InputException("A request has inputs (v2 protocol) or instances (v1 protocol).");
    }

    /// <summary>What was answered, a row each.</summary>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static (Dictionary<string, double>? Scores, string? Decision)[] ResponseOf(DeploymentColumns known, byte[] body)
    {
        using JsonDocument document = Parse(body, "response");
        JsonElement root = document.RootElement;
        EventTensor[] tensors = root.TryGetProperty("outputs", out JsonElement outputs) && outputs.ValueKind == JsonValueKind.Array
            ? [.. outputs.EnumerateArray().Select(EventTensor.OfV2)]
            : root.TryGetProperty("predictions", out JsonElement predictions) && predictions.ValueKind == JsonValueKind.Array && predictions.GetArrayLength() > 0
            ? [EventTensor.OfV1([.. predictions.EnumerateArray()])]
            : throw new InputException("A response has outputs (v2 protocol) or predictions (v1 protocol).");
        int rows = tensors.Length == 0 ? 0 : tensors[0].Rows;
        if (rows == 0 || tensors.Any(tensor => tensor.Rows != rows))
        {
            throw new InputException("The tensors of a response have equally many rows, at least one.");
        }

        var answers = new (Dictionary<string, double>? Scores, string? Decision)[rows];
        foreach (EventTensor tensor in tensors)
        {
            EncodedOutput? output = known.Encoding?.Outputs.FirstOrDefault(each => each.Name == tensor.Name);
            for (int row = 0; row < rows; row++)
            {
                Put(ref answers[row], tensor, row, output, known.Positive);
            }
        }

        return answers;
    }

    private static void Put(
        ref (Dictionary<string, double>? Scores, string? Decision) answer, EventTensor tensor, int row, EncodedOutput? output, string? positive)
    {
        ReadOnlySpan<object?> cells = tensor.Cells.AsSpan(row * tensor.Width, tensor.Width);
        if (cells.Length == 1 && (cells[0] is string || output?.Role == OutputRole.Label))
        {
            answer.Decision = cells[0] is double place && output?.Classes is { } classes && place >= 0 && place < classes.Count && place == Math.Floor(place)
                ? classes[(int)place] : cells[0]?.ToString();
            return;
        }

        answer.Scores ??= new Dictionary<string, double>(StringComparer.Ordinal);
        for (int at = 0; at < cells.Length; at++)
        {
            if (cells[at] is double score)
            {
                string name = cells.Length > 1 ? (output?.Classes is { } classes && classes.Count == cells.Length ? classes[at] : at.ToString(System.Globalization.CultureInfo.InvariantCulture))
                    : output?.Role == OutputRole.Value ? ScoreColumn.Value
                    : positive ?? ScoreColumn.Value;
                answer.Scores[name] = score;
            }
        }
    }

    private static string[] NamesOf(ModelEncoding? encoding, EventTensor tensor)
    {
        if (tensor.Width == 1 && tensor.Name.Length > 0)
        {
            return [tensor.Name];
        }

        EncodedInput? input = encoding?.Inputs.FirstOrDefault(each => each.Name == tensor.Name) ?? (encoding?.Inputs.Count == 1 ? encoding.Inputs[0] : null);
        return input is not null && input.Features.Count == tensor.Width
            ? [.. input.Features.Select(feature => feature.Kind is FeatureKind.Numeric or FeatureKind.Image or FeatureKind.Text ? feature.Column : feature.Name)]
            : [.. Enumerable.Range(0, tensor.Width).Select(at => $"{(tensor.Name.Length == 0 ? "c" : tensor.Name + "_")}{at}")];
    }

    private static void Put(Dictionary<string, object?>[] rows, EventTensor tensor, string[] names)
    {
        for (int row = 0; row < rows.Length; row++)
        {
            for (int at = 0; at < names.Length; at++)
            {
                rows[row][names[at]] = tensor.Cells[(row * tensor.Width) + at];
            }
        }
    }

    private static Dictionary<string, object?>[] New(int rows) =>
        [.. Enumerable.Range(0, rows).Select(_ => new Dictionary<string, object?>(StringComparer.Ordinal))];

    private static JsonDocument Parse(byte[] body, string what)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw new InputException($"The {what} is no JSON object.");
        }
        catch (JsonException fault)
        {
            throw new InputException($"The {what} is no JSON: only calls of the JSON protocols can be read.", fault);
        }
    }
}
