using Governance.Registry.Versions;

namespace Governance.Registry.SignOffs;

/// <summary>Which part of what a decision covers is not what it was.</summary>
public enum DossierPart
{
    Weights,
    Encoding,
    Threshold,
    Policy,
    Data,
    Evidence,
    Attestations,
    Cases,
    Register,

    /// <summary>The decision's own document or signature.</summary>
    Decision,

    /// <summary>The parent's approval, of a decision that stands on it.</summary>
    Parent,
}

/// <summary>A difference between what a decision covered and what is there.</summary>
/// <param name="Part">Which part.</param>
/// <param name="Sentence">The same in words; at most 200 characters, never a path.</param>
/// <param name="Lawful">The rows are gone by right (retention, a person's request): the decision is not void, but reviewed anew.</param>
public sealed record DossierDifference(DossierPart Part, string Sentence, bool Lawful = false)
{
    /// <summary>Where the version goes, where that is neither void nor a new review: an inherited approval ends as its parent's did.</summary>
    public Stage? Leads { get; init; }
}
