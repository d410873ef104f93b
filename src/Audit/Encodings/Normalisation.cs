using System.Text.Json;
using System.Text.Json.Nodes;
using Governance.Audit.Data;

namespace Governance.Audit.Encodings;

/// <summary>How the pixels of a picture's data were made: (share − mean) / std of shares between 0 for dark and 1. Said so that the picture can be shown as it was.</summary>
/// <param name="Mean">One number for all channels, or one a channel.</param>
/// <param name="Std">As many, above 0.</param>
public sealed record Normalisation(IReadOnlyList<double> Mean, IReadOnlyList<double> Std)
{
    /// <summary>Reads {"mean": …, "std": …}; a number in place of a list is for all channels.</summary>
    /// <exception cref="InputException">A part is missing or wrong.</exception>
    internal static Normalisation? Read(JsonElement input)
    {
        if (input.Find("normalised") is not JsonElement json)
        {
            return null;
        }

        double[] mean = json.ValueKind == JsonValueKind.Object ? Numbers(json, "mean") : throw new InputException("The encoding's 'normalised' is no object with mean and std.");
        double[] std = Numbers(json, "std");
        return mean.Length == std.Length && std.All(each => each > 0)
            ? new Normalisation(mean, std)
            : throw new InputException("The encoding's 'normalised' has as many numbers of mean as of std, and std above 0.");
    }

    /// <summary>How bright an element is, from 0 for dark to 1; outside of it where the data goes further.</summary>
    /// <param name="channel">From 0.</param>
    /// <param name="value">The element as the data has it.</param>
    public double Share(int channel, double value) => (value * Std[Std.Count == 1 ? 0 : channel]) + Mean[Mean.Count == 1 ? 0 : channel];

    /// <summary>As <see cref="Read"/> reads it.</summary>
    internal JsonObject Write() => new()
    {
        ["mean"] = new JsonArray([.. Mean.Select(each => (JsonNode)each)]),
        ["std"] = new JsonArray([.. Std.Select(each => (JsonNode)each)]),
    };

    private static double[] Numbers(JsonElement json, string name) => json.Find(name) switch
    {
        { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() > 0 => [.. list.EnumerateArray().Select(each => each.Finite(name))],
        { ValueKind: JsonValueKind.Number } number => [number.Finite(name)],
        _ => throw new InputException($"The encoding's 'normalised' has no '{name}'."),
    };
}
