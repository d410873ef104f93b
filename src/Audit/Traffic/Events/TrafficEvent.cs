using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Traffic.Chunks;
using Governance.Registry.Traffic;

namespace Governance.Audit.Traffic.Events;

/// <summary>A request or a response of an outside server, as its inference logger tells of it (CloudEvents 1.0, KServe).</summary>
/// <param name="Id">The event's id; request and response of one call share it.</param>
/// <param name="Part">Which half.</param>
/// <param name="At">When it happened.</param>
/// <param name="Body">The body of the call: JSON of the v1 or v2 protocol.</param>
public sealed record TrafficEvent(string Id, TrafficHalfPart Part, DateTimeOffset At, byte[] Body)
{
    /// <summary>The type of events that hold a request.</summary>
    public const string RequestType = "org.kubeflow.serving.inference.request";

    /// <summary>The type of events that hold a response.</summary>
    public const string ResponseType = "org.kubeflow.serving.inference.response";

    /// <summary>Makes an event of its attributes.</summary>
    /// <param name="id">The attribute <c>id</c>.</param>
    /// <param name="type">The attribute <c>type</c>.</param>
    /// <param name="time">The attribute <c>time</c>; null where it has none.</param>
    /// <param name="received">When it came here: its time where it names none.</param>
    /// <param name="body">The data.</param>
    /// <exception cref="InputException">An attribute is missing or of no use here.</exception>
    public static TrafficEvent Of(string? id, string? type, string? time, DateTimeOffset received, byte[] body)
    {
        if (string.IsNullOrWhiteSpace(id) || id.Length > TrafficBatch.MaxIdLength - 10)
        {
            throw new InputException($"The event has no id, or one of over {TrafficBatch.MaxIdLength - 10} characters.");
        }

        TrafficHalfPart part = type switch
        {
            RequestType => TrafficHalfPart.Request,
            ResponseType => TrafficHalfPart.Response,
            _ => throw new InputException($"The event is of the type '{type}'. Taken are {RequestType} and {ResponseType}."),
        };
        DateTimeOffset at = received;
        return time is not null && !DateTimeOffset.TryParse(
            time, System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.AssumeUniversal | System.Globalization.DateTimeStyles.AdjustToUniversal, out at)
            ? throw new InputException("The event's time cannot be read: write it as in RFC 3339.")
            : new TrafficEvent(id, part, at, body);
    }

    /// <summary>Reads an event in structured mode: one JSON object with attributes and data.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public static TrafficEvent Structured(JsonElement json, DateTimeOffset received)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new InputException("An event in structured mode is a JSON object.");
        }

        byte[] body = json.TryGetProperty("data_base64", out JsonElement coded) && coded.TryGetBytesFromBase64(out byte[]? bytes) ? bytes
            : json.TryGetProperty("data", out JsonElement data) ? System.Text.Encoding.UTF8.GetBytes(data.ValueKind == JsonValueKind.String ? data.GetString()! : data.GetRawText())
            : throw new InputException("The event has no data.");
        return Of(TextOf(json, "id"), TextOf(json, "type"), TextOf(json, "time"), received, body);
    }

    /// <summary>As bytes, to wait for the other half.</summary>
    internal byte[] ToBytes()
    {
        ByteSink sink = new();
        sink.Text(Id);
        sink.Long(DayRows.MicrosOf(At));
        sink.Bytes(Body);
        return sink.Written.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> gave.</summary>
    internal static TrafficEvent Read(TrafficHalfPart part, byte[] bytes)
    {
        ByteSource source = new(bytes);
        string id = source.Text();
        DateTimeOffset at = DayRows.TimeOf(source.Long());
        return new TrafficEvent(id, part, at, source.Rest().ToArray());
    }

    private static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
