using System.Text.Json.Serialization;
using Governance.Audit.Ensembles;
using Governance.Audit.Theft.Attacks;

namespace Governance.Audit.Surrogates;

/// <summary>What a look inside a model found: models that people can read in its place, what a copy costs, and its trees.</summary>
public sealed record InsideReport
{
    /// <summary>Readable models in its place, the linear one first; empty where none can learn from it.</summary>
    public required IReadOnlyList<SurrogateReport> Surrogates { get; init; }

    /// <summary>How good a copy gets by the questions asked; null where the model cannot be asked in this way.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CopyCostReport? Copies { get; init; }

    /// <summary>Its trees, one report an ensemble; empty where it has none.</summary>
    public required IReadOnlyList<TreeMembersReport> Trees { get; init; }

    /// <summary>The same without what makes surrogates copies of the model: for people who may not see coefficients.</summary>
    public InsideReport Closed() => this with { Surrogates = [.. Surrogates.Select(surrogate => surrogate.Closed())] };
}
