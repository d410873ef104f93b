using System.Text.Json;
using System.Text.Json.Nodes;
using Governance.Audit.Data;

namespace Governance.Audit.Encodings;

/// <summary>Reads and writes the part <c>groupThresholds</c> of an encoding.</summary>
/// <remarks>
/// <c>{method, constraint, columns, positive, otherwise, key, groups:[{group, pIgnore, constant, rules:[{p, op, threshold}]}]}</c>,
/// op being one of &gt;, &gt;=, &lt;, always and never.
/// </remarks>
public static class GroupThresholdsJson
{
    private const double RoundingOfShares = 1e-9;

    private static readonly (string Name, ThresholdOperator Op)[] Operators =
    [
        (">", ThresholdOperator.Above), (">=", ThresholdOperator.AtLeast), ("<", ThresholdOperator.Below),
        ("always", ThresholdOperator.Always), ("never", ThresholdOperator.Never),
    ];

    /// <summary>Reads it.</summary>
    /// <param name="json">The object itself, or one that has it as its <c>groupThresholds</c>, such as an encoding.</param>
    /// <exception cref="InputException">A part is missing or wrong.</exception>
    public static GroupThresholds Read(JsonElement json)
    {
        JsonElement own = json.Find("groupThresholds") ?? json;
        IReadOnlyList<string> columns = own.Texts("columns") ?? [];
        GroupRule[] groups = [.. own.Items("groups").Select(Group)];
        if (columns.Count == 0 || groups.Length == 0 || columns.Distinct(StringComparer.Ordinal).Count() < columns.Count)
        {
            throw new InputException("Thresholds by group need 'columns', each once, and 'groups'.");
        }

        if (groups.GroupBy(group => group.Group, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1)?.Key is string twice)
        {
            throw new InputException($"The thresholds name the group '{twice}' twice.");
        }

        return new GroupThresholds
        {
            Method = own.NeedText("method"),
            Constraint = own.Text("constraint"),
            Columns = columns,
            Positive = own.NeedText("positive"),
            Otherwise = own.Number("otherwise") ?? throw new InputException("The thresholds by group lack 'otherwise', the threshold of all other rows."),
            Key = own.NeedText("key"),
            Groups = groups,
        };
    }

    /// <summary>Writes it, without null fields.</summary>
    public static JsonObject Write(GroupThresholds thresholds)
    {
        JsonObject json = new()
        {
            ["columns"] = new JsonArray([.. thresholds.Columns.Select(column => (JsonNode?)column)]),
            ["groups"] = new JsonArray([.. thresholds.Groups.Select(Group)]),
            ["key"] = thresholds.Key,
            ["method"] = thresholds.Method,
            ["otherwise"] = thresholds.Otherwise,
            ["positive"] = thresholds.Positive,
        };
        if (thresholds.Constraint is string constraint)
        {
            json["constraint"] = constraint;
        }

        return json;
    }

    private static JsonObject Group(GroupRule group) => new()
    {
        ["constant"] = group.Constant,
        ["group"] = group.Group,
        ["pIgnore"] = group.PIgnore,
        ["rules"] = new JsonArray([.. group.Rules.Select(Rule)]),
    };

    private static JsonNode Rule(ThresholdRule rule)
    {
        JsonObject json = new() { ["op"] = Operators.First(known => known.Op == rule.Op).Name, ["p"] = rule.P };
        if (rule.Threshold is double threshold)
        {
            json["threshold"] = threshold;
        }

        return json;
    }

    private static GroupRule Group(JsonElement json)
    {
        string group = json.NeedText("group");
        ThresholdRule[] rules = [.. json.Items("rules").Select(rule => Rule(rule, group))];
        if (rules.Length == 0 || Math.Abs(rules.Sum(rule => rule.P) - 1) > RoundingOfShares)
        {
            throw new InputException($"The chances 'p' of the rules of the group '{group}' do not add up to 1.");
        }

        return new GroupRule(group, Share(json, "pIgnore", 0, group), Share(json, "constant", 0, group), rules);
    }

    private static ThresholdRule Rule(JsonElement json, string group)
    {
        string op = json.NeedText("op");
        (string? name, ThresholdOperator found) = Operators.FirstOrDefault(known => known.Name == op);
        double? threshold = json.Number("threshold");
        bool needs = found is not (ThresholdOperator.Always or ThresholdOperator.Never);
        return name is null ? throw new InputException($"The rule '{op}' of the group '{group}' is none of >, >=, <, always and never.")
            : needs && threshold is null ? throw new InputException($"A rule '{op}' of the group '{group}' has no threshold.")
            : new ThresholdRule(Share(json, "p", 1, group), found, needs ? threshold : null);
    }

    private static double Share(JsonElement json, string name, double absent, string group) => json.Number(name) switch
    {
        null => absent,
        >= 0 and <= 1 and double share => share,
        _ => throw new InputException($"'{name}' of the group '{group}' does not lie in 0 to 1."),
    };
}
