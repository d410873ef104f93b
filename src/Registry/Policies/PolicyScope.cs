using System.Text.Json.Nodes;
using Governance.Registry.Models;

namespace Governance.Registry.Policies;

/// <summary>For which models a pack is adopted: for all, for those of a tier, or for one. The narrower one counts.</summary>
/// <param name="Tier">The tier; null for all tiers.</param>
/// <param name="Model">The model's name; null for all models.</param>
public readonly record struct PolicyScope(RiskTier? Tier, string? Model)
{
    /// <summary>All models.</summary>
    public static PolicyScope All => default;

    /// <summary>How narrow it is: 0 for all models, 1 for a tier, 2 for one model.</summary>
    public int Narrowness => Model is not null ? 2 : Tier is not null ? 1 : 0;

    /// <summary>Whether a model belongs to it.</summary>
    public bool Holds(string model, RiskTier tier) => Model is not null ? Model == model : Tier is null || Tier == tier;

    /// <summary>For people, such as "all models".</summary>
    public string Words => Model is not null ? $"the model {Model}" : Tier is RiskTier tier ? $"models of tier {tier}" : "all models";

    /// <summary>Reads "all", "tier:high" or "model:NAME".</summary>
    /// <returns>False where it is neither.</returns>
    public static bool TryParse(string? text, out PolicyScope scope)
    {
        scope = All;
        if (text is null or "all")
        {
            return text is not null;
        }

        if (text.StartsWith("tier:", StringComparison.Ordinal) && Enum.TryParse(text[5..], ignoreCase: true, out RiskTier tier) && Enum.IsDefined(tier))
        {
            scope = new PolicyScope(tier, null);
            return true;
        }

        scope = text.StartsWith("model:", StringComparison.Ordinal) ? new PolicyScope(null, text[6..]) : All;
        return scope.Model is { Length: > 0 };
    }

    /// <summary>As <see cref="TryParse"/> reads it.</summary>
    public override string ToString() => Model is not null ? $"model:{Model}" : Tier is RiskTier tier ? $"tier:{ReadPolicyPack.TierName(tier)}" : "all";

    /// <summary>As it stands in facts.</summary>
    public JsonNode ToJson() => JsonValue.Create(ToString());
}
