namespace Governance.Audit.Explanations.Trees;

/// <summary>A node's test on the code of a feature in place of its value: low &lt; code ≤ high, perhaps negated.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Low">Exclusive.</param>
/// <param name="High">Inclusive.</param>
/// <param name="Negated">Whether the test holds outside.</param>
/// <param name="MissingPasses">Whether it holds for a missing value, code 0.</param>
/// <param name="Members">For each code whether it is of the set that is asked for; null for tests of one range.</param>
internal sealed record CodedTest(int Feature, short Low, short High, bool Negated, bool MissingPasses, bool[]? Members)
{
    /// <summary>Whether a code passes.</summary>
    public bool Passes(short code) => code == 0 ? MissingPasses : Members is null ? (code > Low && code <= High) != Negated : Members[code];
}
