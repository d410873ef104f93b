using System.Text.Json.Nodes;

namespace Governance.Registry.Ledger;

/// <summary>A row whose content a leaf names by digest, so that a change behind our back is found.</summary>
public interface IFact
{
    /// <summary>The row, as leaves name it.</summary>
    LedgerSubject Subject { get; }

    /// <summary>
    /// What the row says, as JSON that is hashed. Personal text stands in it only as a salted digest; what may change
    /// without a ledger entry (a progress bar) does not stand in it.
    /// </summary>
    JsonObject ToFact();
}
