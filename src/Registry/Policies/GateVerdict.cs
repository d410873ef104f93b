namespace Governance.Registry.Policies;

/// <summary>What an interval says about a limit.</summary>
public enum GateVerdict
{
    /// <summary>The whole interval lies inside the limit.</summary>
    Meets,

    /// <summary>The whole interval lies outside the limit.</summary>
    Breaches,

    /// <summary>The limit lies inside the interval, there is no interval, or the groups are too small to say.</summary>
    Inconclusive,
}
