namespace Governance.Registry.Policies;

/// <summary>A number that a policy sets where no gate on a finding does.</summary>
public sealed record PolicyLimit
{
    /// <summary>What the names of limits on a variant against its parent begin with: all of them are asked for where it inherits a sign-off.</summary>
    public const string EquivalencePrefix = "equivalence-";

    /// <summary>A short name, unique in its policy, such as "psi-large".</summary>
    public required string Id { get; init; }

    /// <summary>What it limits, for people.</summary>
    public required string Name { get; init; }

    /// <summary>The number.</summary>
    public required double Value { get; init; }

    /// <summary>Which way it would ask for more.</summary>
    public required Stricter Stricter { get; init; }

    /// <summary>The rule or text that it comes from.</summary>
    public required string Citation { get; init; }
}

/// <summary>Which way a number asks for more.</summary>
public enum Stricter
{
    /// <summary>A lower number is stricter.</summary>
    Lower,

    /// <summary>A higher number is stricter.</summary>
    Higher,

    /// <summary>Neither: every change needs a second person.</summary>
    Neither,
}
