using System.Text;
using Governance.Registry.Storage;

namespace Governance.Registry.Ledger;

/// <summary>One line of the ledger as it is stored: the leaf's text, its hash, and columns to search by.</summary>
public sealed class LedgerEntry : IAppendOnly
{
    /// <summary>An entry as the database returns it; new ones come from <see cref="Of"/>.</summary>
    public LedgerEntry(
        long sequence, string leaf, string hash, DateTimeOffset at, string actor, string action,
        string subjectKind, string subjectId, string? scopeKind, string? scopeId)
    {
        Sequence = sequence;
        Leaf = leaf;
        Hash = hash;
        At = at;
        Actor = actor;
        Action = action;
        SubjectKind = subjectKind;
        SubjectId = subjectId;
        ScopeKind = scopeKind;
        ScopeId = scopeId;
    }

    /// <summary>From 0, without a gap.</summary>
    public long Sequence { get; private init; }

    /// <summary>The canonical JSON that is hashed; the truth of this row.</summary>
    public string Leaf { get; private init; }

    /// <summary>SHA-256(0x00 ‖ leaf), 64 lower-case hexadecimal digits.</summary>
    public string Hash { get; private init; }

    public DateTimeOffset At { get; private init; }

    public string Actor { get; private init; }

    public string Action { get; private init; }

    public string SubjectKind { get; private init; }

    public string SubjectId { get; private init; }

    public string? ScopeKind { get; private init; }

    public string? ScopeId { get; private init; }

    /// <summary>The entry of a leaf; the search columns repeat it.</summary>
    public static LedgerEntry Of(LedgerLeaf leaf)
    {
        ArgumentNullException.ThrowIfNull(leaf);
        string text = leaf.ToText();
        return new LedgerEntry(
            leaf.Sequence, text, HashOf(text), leaf.At, leaf.Actor, leaf.Action,
            leaf.Subject.Kind, leaf.Subject.Id, leaf.Scope?.Kind, leaf.Scope?.Id);
    }

    /// <summary>The hash that belongs to a leaf's text.</summary>
    public static string HashOf(string leaf) => Convert.ToHexStringLower(MerkleTree.HashLeaf(Encoding.UTF8.GetBytes(leaf)));

    /// <summary>The leaf, read back from its text.</summary>
    /// <exception cref="FormatException">The text is no leaf: the row was tampered with.</exception>
    public LedgerLeaf Read() => LedgerLeaf.Parse(Leaf);
}
