using Governance.Registry.Storage;

namespace Governance.Registry.Ledger;

/// <summary>One change under way inside <see cref="AppendGate"/>: its context, its time, and what it tells the ledger.</summary>
public sealed class RegistryChange
{
    private readonly List<LedgerLeaf> leaves = [];

    private readonly long? checkpoint;

    internal RegistryChange(GovernanceDb db, Actor actor, DateTimeOffset now, long? checkpoint)
    {
        this.checkpoint = checkpoint;
        Db = db;
        Actor = actor;
        Now = now;
    }

    /// <summary>The context of the transaction; the gate saves and commits it.</summary>
    public GovernanceDb Db { get; }

    /// <summary>Who does it.</summary>
    public Actor Actor { get; }

    /// <summary>UTC, to the microsecond, not before the last entry: the time of every row and leaf of this change.</summary>
    public DateTimeOffset Now { get; }

    internal IReadOnlyList<LedgerLeaf> Leaves => leaves;

    /// <summary>Adds a new row and tells the ledger.</summary>
    /// <param name="fact">The row.</param>
    /// <param name="action">Such as <c>version.registered</c>.</param>
    /// <param name="scope">The version or model whose history shows it; null for none.</param>
    /// <param name="reason">What the person wrote; stored with it.</param>
    public void Add<TFact>(TFact fact, string action, LedgerSubject? scope, PersonalText? reason = null)
        where TFact : class, IFact
    {
        ArgumentNullException.ThrowIfNull(fact);
        Db.Add(fact);
        Write(fact.Subject, action, scope, before: null, fact.Digest(), reason);
    }

    /// <summary>Changes a row and tells the ledger what it said before and says now.</summary>
    public void Change<TFact>(
        TFact fact, string action, LedgerSubject? scope, Action<TFact> change, PersonalText? reason = null)
        where TFact : class, IFact
    {
        ArgumentNullException.ThrowIfNull(fact);
        ArgumentNullException.ThrowIfNull(change);
        FactDigest before = fact.Digest();
        change(fact);
        Write(fact.Subject, action, scope, before, fact.Digest(), reason);
    }

    /// <summary>Tells the ledger of a change whose rows are not facts of ours (accounts).</summary>
    public void Write(
        LedgerSubject subject, string action, LedgerSubject? scope, FactDigest? before, FactDigest? after,
        PersonalText? reason = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(action);
        Keep(reason);
        leaves.Add(new LedgerLeaf(
            0, Now, Actor.Name, Actor.SessionInLeaf, action, subject, scope, before, after, reason?.Digest, checkpoint));
    }

    /// <summary>Stores a text whose digest a fact holds.</summary>
    public void Keep(PersonalText? text)
    {
        if (text is not null && !Db.PersonalTexts.Local.Contains(text))
        {
            Db.PersonalTexts.Add(text);
        }
    }
}
