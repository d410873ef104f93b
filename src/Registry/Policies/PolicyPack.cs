using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Governance.Registry.Ledger;
using Governance.Registry.Models;

namespace Governance.Registry.Policies;

/// <summary>A dated set of limits and rules that an audit and a sign-off are judged by. Data, never constants in code.</summary>
/// <remarks>Written as YAML (<see cref="ReadPolicyPack"/>), kept and hashed as canonical JSON. A pack of a name and number never changes.</remarks>
public sealed record PolicyPack
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The built-in pack that counts where none was adopted.</summary>
    public static PolicyPack Default => BuiltInPacks.Default;

    /// <summary>A short name, such as "default".</summary>
    public required string Name { get; init; }

    /// <summary>Counts up with each change, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>Whether it decides by itself, or asks for something besides.</summary>
    public PackKind Kind { get; init; }

    /// <summary>The rule or text that the pack as a whole comes from.</summary>
    public required string Citation { get; init; }

    /// <summary>Where that rule is law or custom.</summary>
    public required string Jurisdiction { get; init; }

    /// <summary>What it is about: which models and uses.</summary>
    public required string AppliesTo { get; init; }

    /// <summary>What it does not say, so that nobody reads it into it.</summary>
    public IReadOnlyList<string> DoesNotSay { get; init; } = [];

    /// <summary>The first day on which it applies.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>The last day on which it applies; null for no end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? EffectiveTo { get; init; }

    /// <summary>The confidence level of intervals, in (0, 1).</summary>
    public required double Level { get; init; }

    /// <summary>A group with fewer rows decides nothing.</summary>
    public required int SmallestGroup { get; init; }

    /// <summary>A rate of a group with fewer events decides nothing.</summary>
    public required int FewestEvents { get; init; }

    /// <summary>Where <see cref="SmallestGroup"/> and <see cref="FewestEvents"/> come from.</summary>
    public required string SmallGroupCitation { get; init; }

    /// <summary>
    /// Groups of fewer rows are not shown, nor derivable from what is, where people see aggregates only. Three to ten is
    /// usual among statistical agencies; this is its careful end.
    /// </summary>
    public int SmallestShownGroup { get; init; } = 10;

    /// <summary>The limits on findings; empty for a pack that only wants numbers reported.</summary>
    public IReadOnlyList<Gate> Gates { get; init; } = [];

    /// <summary>Numbers that are reported without a limit.</summary>
    public IReadOnlyList<ReportDuty> Reports { get; init; } = [];

    /// <summary>How p values are adjusted, by family.</summary>
    public IReadOnlyList<CorrectionRule> Corrections { get; init; } = [];

    /// <summary>Signers, lifetimes and cadence, each tier once; empty for a supplement.</summary>
    public IReadOnlyList<TierRule> Tiers { get; init; } = [];

    /// <summary>What leads an approved version back.</summary>
    public IReadOnlyList<PolicyTrigger> Triggers { get; init; } = [];

    /// <summary>Other numbers that the policy sets.</summary>
    public IReadOnlyList<PolicyLimit> Limits { get; init; } = [];

    /// <summary>The lines of the sign-off checklist, in order.</summary>
    public IReadOnlyList<ChecklistRequirement> Checklist { get; init; } = [];

    /// <summary>SHA-256 of the canonical JSON: what sign-offs and adoptions name.</summary>
    [JsonIgnore]
    public FactDigest Digest => FactDigest.Of(CanonicalBytes());

    /// <summary>Name and number, such as "default 2".</summary>
    [JsonIgnore]
    public string Label => $"{Name} {Number}";

    /// <summary>The gate on this metric, or null.</summary>
    public Gate? GateOn(string metric) => Gates.FirstOrDefault(gate => gate.Metric == metric);

    /// <summary>What it asks of a tier; null for a supplement.</summary>
    public TierRule? For(RiskTier tier) => Tiers.FirstOrDefault(rule => rule.Tier == tier);

    /// <summary>A number that it sets; null where it sets none of this name.</summary>
    public double? Limit(string id) => Limits.FirstOrDefault(limit => limit.Id == id)?.Value;

    /// <summary>How p values of a family are adjusted; null where it does not say.</summary>
    public CorrectionRule? CorrectionOf(string family) => Corrections.FirstOrDefault(rule => rule.Family == family);

    /// <summary>Whether it applies on a day.</summary>
    public bool IsEffectiveOn(DateOnly day) => day >= EffectiveFrom && (EffectiveTo is not DateOnly end || day <= end);

    /// <summary>The lines of the checklist that a tier is asked for.</summary>
    public IEnumerable<ChecklistRequirement> ChecklistFor(RiskTier tier) => Checklist.Where(line => line.FromTier <= tier);

    /// <summary>How long evidence for a line of the checklist counts; null where the pack does not say.</summary>
    /// <param name="line">The line.</param>
    /// <param name="tier">The model's tier.</param>
    public TimeSpan? LifetimeOf(ChecklistRequirement line, RiskTier tier)
    {
        ArgumentNullException.ThrowIfNull(line);
        int? days = line.EvidenceDays is { } own && own.TryGetValue(tier, out int found) ? found : For(tier)?.EvidenceDays;
        return days is int known ? TimeSpan.FromDays(known) : null;
    }

    /// <summary>The pack as canonical JSON, which <see cref="FromJson"/> reads.</summary>
    public byte[] CanonicalBytes() => CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(this, Json));

    /// <summary>The pack as JSON.</summary>
    public JsonNode ToJson() => JsonNode.Parse(CanonicalBytes())!;

    /// <summary>Reads what <see cref="CanonicalBytes"/> wrote.</summary>
    /// <param name="json">UTF-8.</param>
    /// <exception cref="JsonException">It is something else.</exception>
    public static PolicyPack FromJson(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<PolicyPack>(json, Json) ?? throw new JsonException("The policy pack is empty.");
}

/// <summary>What part a pack plays.</summary>
public enum PackKind
{
    /// <summary>It judges audits and sign-offs: one counts at a time.</summary>
    Base,

    /// <summary>It asks for numbers or limits beside the base: several may count at a time.</summary>
    Supplement,
}
