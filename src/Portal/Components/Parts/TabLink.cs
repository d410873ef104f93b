using Governance.Registry.Policies;

namespace Governance.Portal.Components.Parts;

/// <summary>One tab: a link, so that the address is the state.</summary>
/// <param name="Name">The word on it.</param>
/// <param name="Address">Where it leads.</param>
/// <param name="IsHere">Whether it is the one shown.</param>
public sealed record TabLink(string Name, string Address, bool IsHere)
{
    /// <summary>A mark on the tab; <see cref="Note"/> says it in words.</summary>
    public GateVerdict? Mark { get; init; }

    /// <summary>What the mark means, such as "has a breach"; null for no mark.</summary>
    public string? Note { get; init; }
}
