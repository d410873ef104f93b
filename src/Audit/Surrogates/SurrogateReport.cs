using System.Text.Json.Serialization;
using Governance.Audit.Variants.Distillation;

namespace Governance.Audit.Surrogates;

/// <summary>A small model that people can read, trained on a larger one's answers, with how far it may be believed.</summary>
/// <param name="Student">How faithful it is, on rows that it did not learn from.</param>
public sealed record SurrogateReport(StudentReport Student)
{
    /// <summary>The constants of a linear surrogate by class, in log-odds or in the unit of the value; null for trees, and where they are not shown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SurrogateConstant>? Constants { get; init; }

    /// <summary>The terms of a linear surrogate, those that move it most first; null for trees, and where they are not shown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SurrogateTerm>? Terms { get; init; }

    /// <summary>The leaves of a tree, those with most rows first; null for others, and where they are not shown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SurrogateLeaf>? Leaves { get; init; }

    /// <summary>The same without what makes it a copy of the model: for people who may not see coefficients.</summary>
    public SurrogateReport Closed() => this with { Constants = null, Terms = null, Leaves = null };
}

/// <summary>The constant of a linear surrogate.</summary>
/// <param name="Class">The class that it speaks for; null for a value.</param>
/// <param name="Value">In log-odds, or in the unit of the value.</param>
public sealed record SurrogateConstant(string? Class, double Value);

/// <summary>One term of a linear surrogate.</summary>
/// <param name="Feature">The feature, as the model reads it.</param>
/// <param name="Class">The class that it speaks for; null for a value.</param>
/// <param name="Coefficient">In log-odds, or in the unit of the value, for one unit of the feature.</param>
/// <param name="PerSpread">The same for one standard deviation of the feature over the rows.</param>
public sealed record SurrogateTerm(string Feature, string? Class, double Coefficient, double PerSpread);

/// <summary>One leaf of a tree: a rule.</summary>
/// <param name="Conditions">From the root on, such as "lvrat is above 0.8"; empty where the tree is one leaf.</param>
/// <param name="Class">The class whose probability it gives; null for a value.</param>
/// <param name="Says">The probability in [0, 1], or the value.</param>
/// <param name="Rows">Rows that it learned this from.</param>
/// <param name="Share">Of all rows that it learned from, in [0, 1].</param>
public sealed record SurrogateLeaf(IReadOnlyList<string> Conditions, string? Class, double Says, int Rows, double Share);
