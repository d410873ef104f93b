using Governance.Registry.Access;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Ledger;

/// <summary>The ledger in short.</summary>
/// <param name="Size">How many entries.</param>
/// <param name="Root">The Merkle root over their hashes, 64 lower-case hexadecimal digits.</param>
/// <param name="At">The time of the last entry; null where there is none.</param>
public sealed record LedgerHead(long Size, string Root, DateTimeOffset? At);

/// <summary>Reads the ledger. Reading proves nothing: that is <see cref="VerifyLedger"/>.</summary>
public sealed class LedgerQueries(LedgerTree tree, IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>Size and root now.</summary>
    public async Task<LedgerHead> HeadAsync(CancellationToken cancellationToken)
    {
        long size = await tree.SizeAsync(cancellationToken);
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        LedgerEntry? last = await db.Ledger.AsNoTracking().FirstOrDefaultAsync(entry => entry.Sequence == size - 1, cancellationToken);
        return new LedgerHead(size, Convert.ToHexStringLower(await tree.RootAsync(size, cancellationToken)), last?.At);
    }

    /// <summary>A page of entries, newest first, as far as the viewer may see them.</summary>
    /// <param name="viewer">Who looks: an auditor sees all, others the entries of models granted to them.</param>
    /// <param name="filter">Which entries.</param>
    /// <param name="before">Only entries with a smaller sequence; null for the newest.</param>
    /// <param name="take">How many at most, 1 to 10,000.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<TimelineLine>> PageAsync(
        UserId viewer, LedgerFilter filter, long? before, int take, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(take, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(take, 10_000);
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await VisibleAsync(db, viewer, cancellationToken) is not IQueryable<LedgerEntry> visible)
        {
            return [];
        }

        IQueryable<LedgerEntry> entries = await filter.ApplyAsync(db, visible, cancellationToken);
        if (before is long limit)
        {
            entries = entries.Where(entry => entry.Sequence < limit);
        }

        List<LedgerEntry> page = await entries.OrderByDescending(entry => entry.Sequence).Take(take)
            .ToListAsync(cancellationToken);
        return await ReadableAsync(db, page, cancellationToken);
    }

    /// <summary>One entry, if the viewer may see it.</summary>
    public async Task<TimelineLine?> FindAsync(UserId viewer, long sequence, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        LedgerEntry? entry = await VisibleAsync(db, viewer, cancellationToken) is IQueryable<LedgerEntry> visible
            ? await visible.FirstOrDefaultAsync(row => row.Sequence == sequence, cancellationToken) : null;
        return entry is null ? null : (await ReadableAsync(db, [entry], cancellationToken))[0];
    }

    /// <summary>Whether someone reads the whole ledger, and may so take a copy of it.</summary>
    public async Task<bool> SeesAllAsync(UserId viewer, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Holdings.LoadAsync(db, viewer, cancellationToken) is Holdings holdings && holdings.Decide(Right.SeeLedger, null, null).Allowed;
    }

    private static async Task<IQueryable<LedgerEntry>?> VisibleAsync(GovernanceDb db, UserId viewer, CancellationToken cancellationToken)
    {
        IQueryable<LedgerEntry> entries = db.Ledger.AsNoTracking();
        if (await Holdings.LoadAsync(db, viewer, cancellationToken) is not Holdings holdings)
        {
            return null;
        }

        if (holdings.Decide(Right.SeeLedger, null, null).Allowed)
        {
            return entries;
        }

        string[] scopes = await ScopesAsync(db, holdings, cancellationToken);
        return entries.Where(entry => scopes.Contains(entry.ScopeId) || scopes.Contains(entry.SubjectId));
    }

    internal static async Task<IReadOnlyList<TimelineLine>> ReadableAsync(
        GovernanceDb db, IReadOnlyList<LedgerEntry> entries, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<UserId, string> names = await PeopleQueries.NamesAsync(db, cancellationToken);
        (LedgerEntry Entry, LedgerLeaf Leaf)[] read = [.. entries.Select(entry => (entry, entry.Read()))];
        FactDigest[] reasons = [.. read.Where(r => r.Leaf.Reason is not null).Select(r => r.Leaf.Reason!.Value)];
        Dictionary<FactDigest, string> words = await db.PersonalTexts.AsNoTracking()
            .Where(text => reasons.Contains(text.Digest))
            .ToDictionaryAsync(text => text.Digest, text => text.Text, cancellationToken);
        return
        [
            .. read.Select(r => new TimelineLine(
                r.Entry, NameOf(r.Entry.Actor), r.Leaf.Reason is FactDigest d ? words.GetValueOrDefault(d) : null)),
        ];

        string NameOf(string actor) => actor.StartsWith("user:", StringComparison.Ordinal)
            ? names.GetValueOrDefault(new UserId(Guid.Parse(actor.AsSpan(5))), "?")
            : "the system";
    }

    // The models and versions whose ledger someone may read, as scopes.
    private static async Task<string[]> ScopesAsync(GovernanceDb db, Holdings holdings, CancellationToken cancellationToken)
    {
        Dictionary<ModelId, Model> models = await db.Models.AsNoTracking().ToDictionaryAsync(model => model.Id, cancellationToken);
        List<ModelVersion> versions = await db.Versions.AsNoTracking().ToListAsync(cancellationToken);
        return
        [
            .. models.Values.Where(model => holdings.Decide(Right.SeeLedger, model, null).Allowed).Select(model => model.Id.ToString()),
            .. versions.Where(version => holdings.Decide(Right.SeeLedger, models[version.Model], version.Stage).Allowed)
                .Select(version => version.Id.ToString()),
        ];
    }
}
