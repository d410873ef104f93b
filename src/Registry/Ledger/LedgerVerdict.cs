namespace Governance.Registry.Ledger;

/// <summary>What verifying the ledger found.</summary>
public abstract record LedgerVerdict
{
    private LedgerVerdict()
    {
    }

    /// <summary>Every entry holds, and every fact is as the ledger says.</summary>
    /// <param name="Size">How many entries.</param>
    /// <param name="Root">The Merkle root over their hashes.</param>
    /// <param name="ErasedTexts">Personal texts that were erased on request: named by the ledger, no longer kept.</param>
    public sealed record Holds(long Size, string Root, int ErasedTexts) : LedgerVerdict
    {
        /// <summary>How many entries the last signed checkpoint covers; those behind it are not sealed yet.</summary>
        public long Sealed { get; init; }

        /// <summary>How many checkpoints held, those kept elsewhere included.</summary>
        public int Checkpoints { get; init; }
    }

    /// <summary>Something was changed.</summary>
    /// <param name="Fault">The first thing found.</param>
    /// <param name="Size">How many entries the table holds.</param>
    public sealed record Broken(LedgerFault Fault, long Size) : LedgerVerdict;
}

/// <summary>The first thing that does not hold.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Sequence">The entry at fault, or the one that names the fact; null where no entry is.</param>
/// <param name="Sentence">The same in words.</param>
public sealed record LedgerFault(LedgerFaultKind Kind, long? Sequence, string Sentence);

/// <summary>What can be wrong with a ledger.</summary>
public enum LedgerFaultKind
{
    /// <summary>A sequence is missing.</summary>
    Gap,

    /// <summary>The text is no leaf, or not in canonical form.</summary>
    Form,

    /// <summary>The hash is not that of the text.</summary>
    Hash,

    /// <summary>A column beside the leaf says something else.</summary>
    Columns,

    /// <summary>An entry is older than the one before it.</summary>
    Time,

    /// <summary>The "before" of an entry is not the "after" of the one before on the same subject.</summary>
    Chain,

    /// <summary>A row that the ledger names is gone.</summary>
    FactMissing,

    /// <summary>A row is not what the ledger says.</summary>
    FactChanged,

    /// <summary>A row that no entry speaks of.</summary>
    FactUnknown,

    /// <summary>A version's stage does not follow from its moves.</summary>
    Stage,

    /// <summary>A text is not the one that was digested.</summary>
    Text,

    /// <summary>A signed checkpoint says something else than the entries, or is none.</summary>
    Checkpoint,
}
