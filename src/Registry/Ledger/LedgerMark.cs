namespace Governance.Registry.Ledger;

/// <summary>How far the ledger has come. While it stays the same, nothing that is governed changed.</summary>
/// <param name="Changes">Changes that this process has committed.</param>
/// <param name="Sequence">Sequence of the last entry that was seen, whoever wrote it; -1 for none, or where only this process counts.</param>
public readonly record struct LedgerMark(long Changes, long Sequence);
