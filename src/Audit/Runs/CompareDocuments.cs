using System.Text.Json;
using Governance.Registry.Ledger;

namespace Governance.Audit.Runs;

/// <summary>Compares two findings documents value by value. Pure.</summary>
public static class CompareDocuments
{
    /// <summary>The most differences listed; all are counted.</summary>
    public const int MostListed = 200;

    /// <summary>Compares.</summary>
    /// <param name="before">Canonical JSON, as it was sealed.</param>
    /// <param name="now">Canonical JSON, as it was computed now.</param>
    public static ReproductionReport Run(ReadOnlySpan<byte> before, ReadOnlySpan<byte> now)
    {
        bool equal = before.SequenceEqual(now);
        List<Deviation> deviations = [];
        if (!equal)
        {
            Walk("", JsonSerializer.Deserialize<JsonElement>(before), JsonSerializer.Deserialize<JsonElement>(now), deviations);
        }

        return new ReproductionReport
        {
            SealedDigest = FactDigest.Of(before).Hex,
            Digest = FactDigest.Of(now).Hex,
            BitEqual = equal,
            Count = deviations.Count,
            Largest = deviations.Max(deviation => deviation.Difference is double difference ? Math.Abs(difference) : (double?)null),
            Deviations = [.. deviations.Take(MostListed)],
        };
    }

    private static void Walk(string path, JsonElement? before, JsonElement? now, List<Deviation> deviations)
    {
        if (before is { ValueKind: JsonValueKind.Object } left && now is { ValueKind: JsonValueKind.Object } right)
        {
            foreach (string name in left.EnumerateObject().Concat(right.EnumerateObject()).Select(property => property.Name).Distinct())
            {
                Walk(path.Length == 0 ? name : $"{path}.{name}", Property(left, name), Property(right, name), deviations);
            }
        }
        else if (before is { ValueKind: JsonValueKind.Array } first && now is { ValueKind: JsonValueKind.Array } second)
        {
            for (int i = 0; i < Math.Max(first.GetArrayLength(), second.GetArrayLength()); i++)
            {
                Walk($"{path}[{i}]", Item(first, i), Item(second, i), deviations);
            }
        }
        else if (before?.GetRawText() != now?.GetRawText())
        {
            double? difference = before is { ValueKind: JsonValueKind.Number } was && now is { ValueKind: JsonValueKind.Number } isNow
                ? isNow.GetDouble() - was.GetDouble()
                : null;
            deviations.Add(new Deviation(path, Short(before), Short(now), difference));
        }
    }

    private static JsonElement? Property(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value : null;

    private static JsonElement? Item(JsonElement array, int place) => place < array.GetArrayLength() ? array[place] : null;

    private static string? Short(JsonElement? value) => value?.GetRawText() is string { Length: > 200 } text ? text[..199] + "…" : value?.GetRawText();
}
