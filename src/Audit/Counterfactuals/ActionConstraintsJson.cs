using System.Text.Json;
using Governance.Audit.Data;

namespace Governance.Audit.Counterfactuals;

/// <summary>
/// Reads <c>{columns:{name:{immutable, min, max, step, whole, direction:"up"|"down"|"any", levels[], order[], cost}}, immutable[], maxChanges}</c>.
/// </summary>
public static class ActionConstraintsJson
{
    /// <summary>Reads constraints.</summary>
    /// <param name="json">UTF-8.</param>
    /// <exception cref="InputException">It is no such JSON; the sentence names the part.</exception>
    public static ActionConstraints Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                json, new JsonDocumentOptions { AllowDuplicateProperties = false, CommentHandling = JsonCommentHandling.Skip });
            return Root(document.RootElement);
        }
        catch (JsonException fault)
        {
            throw new InputException($"The constraints are not valid JSON (line {(fault.LineNumber ?? 0) + 1}).", fault);
        }
        catch (InvalidOperationException fault)
        {
            throw new InputException("The constraints hold text that is not valid Unicode.", fault);
        }
    }

    private static ActionConstraints Root(JsonElement root)
    {
        ActionConstraints constraints = new();
        IReadOnlyList<string> immutable = [];
        foreach (JsonProperty part in Members(root, "The constraints"))
        {
            switch (part.Name)
            {
                case "columns":
                    constraints = constraints with
                    {
                        Columns = Members(part.Value, "'columns' of the constraints").ToDictionary(
                            column => column.Name, column => Column(column.Name, column.Value), StringComparer.Ordinal),
                    };
                    break;
                case "immutable":
                    immutable = Texts(part.Value, "immutable");
                    break;
                case "maxChanges":
                    constraints = constraints with
                    {
                        MaxChanges = part.Value.ValueKind == JsonValueKind.Number && part.Value.TryGetInt32(out int most) && most >= 1 ? most
                            : throw new InputException("'maxChanges' of the constraints is no whole number of at least 1."),
                    };
                    break;
                default:
                    throw new InputException($"The constraints have no '{part.Name}'; there are columns, immutable and maxChanges.");
            }
        }

        return constraints.WithImmutable(immutable);
    }

    private static ColumnConstraint Column(string name, JsonElement json)
    {
        ColumnConstraint column = new();
        foreach (JsonProperty part in Members(json, $"The constraint of '{name}'"))
        {
            JsonElement value = part.Value;
            column = part.Name switch
            {
                "immutable" => column with { Immutable = Truth(value, name, part.Name) },
                "min" => column with { Min = Number(value, name, part.Name) },
                "max" => column with { Max = Number(value, name, part.Name) },
                "step" => column with { Step = Positive(value, name, part.Name) },
                "whole" => column with { Whole = Truth(value, name, part.Name) },
                "direction" => column with { Direction = Direction(value, name) },
                "levels" => column with { Levels = Texts(value, $"levels of {name}") },
                "order" => column with { Order = Texts(value, $"order of {name}") },
                "cost" => column with { Cost = Positive(value, name, part.Name) },
                _ => throw new InputException(
                    $"The constraint of '{name}' has no '{part.Name}'; there are immutable, min, max, step, whole, direction, levels, order and cost."),
            };
        }

        return column.Min > column.Max
            ? throw new InputException($"The constraint of '{name}' has a min above its max.")
            : column;
    }

    private static IEnumerable<JsonProperty> Members(JsonElement json, string what) => json.ValueKind == JsonValueKind.Object
        ? json.EnumerateObject()
        : throw new InputException($"{what} are not a JSON object.");

    private static bool Truth(JsonElement json, string column, string part) => json.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new InputException($"'{part}' of '{column}' is neither true nor false."),
    };

    private static double Number(JsonElement json, string column, string part) =>
        json.ValueKind == JsonValueKind.Number && json.GetDouble() is double number && double.IsFinite(number) ? number
        : throw new InputException($"'{part}' of '{column}' is not a number.");

    private static double Positive(JsonElement json, string column, string part) => Number(json, column, part) is > 0 and double number
        ? number
        : throw new InputException($"'{part}' of '{column}' is not above 0.");

    private static ActionDirection Direction(JsonElement json, string column) => json.ValueKind == JsonValueKind.String ? json.GetString() switch
    {
        "up" => ActionDirection.Up,
        "down" => ActionDirection.Down,
        "any" => ActionDirection.Any,
        string other => throw new InputException($"The direction of '{column}' is up, down or any, not '{other}'."),
        null => ActionDirection.Any,
    }
    : throw new InputException($"The direction of '{column}' is not a text.");

    private static IReadOnlyList<string> Texts(JsonElement json, string what) => json.ValueKind == JsonValueKind.Array
        ? [.. json.EnumerateArray().Select(item => item.ValueKind switch
        {
            JsonValueKind.String => item.GetString()!,
            JsonValueKind.Number => item.GetRawText(),
            _ => throw new InputException($"'{what}' of the constraints holds something that is no text."),
        })]
        : throw new InputException($"'{what}' of the constraints is not a list.");
}
