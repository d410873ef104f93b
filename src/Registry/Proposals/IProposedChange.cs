using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Registry.Proposals;

/// <summary>A kind of change that two persons make together: features that have one implement and register it.</summary>
public interface IProposedChange
{
    /// <summary>Its stable name, such as <c>administrator</c>.</summary>
    string Kind { get; }

    /// <summary>Why this person may neither propose nor confirm it, or null when they may: asked of both persons, at both times.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="holdings">What they hold.</param>
    /// <param name="what">The change.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<Refusal?> RefusalForAsync(GovernanceDb db, Holdings holdings, JsonObject what, CancellationToken cancellationToken);

    /// <summary>Makes the change, in the transaction in which it is confirmed.</summary>
    Task ApplyAsync(RegistryChange change, JsonObject what, CancellationToken cancellationToken);

    /// <summary>What would change, as a sentence for whoever decides.</summary>
    string Sentence(JsonObject what);
}
