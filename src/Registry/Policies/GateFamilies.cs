namespace Governance.Registry.Policies;

/// <summary>The families of findings that a limit can be set on.</summary>
public static class GateFamilies
{
    /// <summary>All, in the order in which people are told of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        ["fairness", "performance", "explanation", "drift", "robustness", "slices", "stability", "theft"];

    /// <summary>Those that an audit measures once, over all rows: not by cohort or protected attribute.</summary>
    public static IReadOnlyList<string> Whole { get; } = ["explanation", "drift", "robustness", "slices", "stability", "theft"];
}
