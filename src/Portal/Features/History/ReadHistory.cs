using Governance.Portal.Components.Parts;
using Governance.Portal.Features.Versions;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.History;

/// <summary>Reads ledger entries as moments of a timeline.</summary>
internal sealed class ReadHistory(IDbContextFactory<GovernanceDb> databases)
{
    /// <summary>Everything recorded about a subject and what belongs to it, the latest first.</summary>
    public async Task<IReadOnlyList<TimelineEntry>> OfAsync(LedgerSubject subject, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken);
        LedgerEntry[] entries = await db.Ledger.AsNoTracking()
            .Where(entry => (entry.SubjectKind == subject.Kind && entry.SubjectId == subject.Id)
                || (entry.ScopeKind == subject.Kind && entry.ScopeId == subject.Id))
            .OrderByDescending(entry => entry.Sequence).ToArrayAsync(cancellationToken);
        return await MomentsAsync(db, entries, _ => null, cancellationToken);
    }

    /// <summary>The latest entries about any of these subjects and what belongs to them; files stored on the way are left out.</summary>
    /// <param name="subjects">Ids with the names that people know them by.</param>
    /// <param name="most">At most this many.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<IReadOnlyList<TimelineEntry>> LatestAsync(
        IReadOnlyDictionary<string, string> subjects, int most, CancellationToken cancellationToken)
    {
        string[] ids = [.. subjects.Keys];
        await using GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken);
        LedgerEntry[] entries = await db.Ledger.AsNoTracking()
            .Where(entry => entry.SubjectKind != LedgerSubject.Artifact)
            .Where(entry => ids.Contains(entry.SubjectId) || (entry.ScopeId != null && ids.Contains(entry.ScopeId)))
            .OrderByDescending(entry => entry.Sequence).Take(most).ToArrayAsync(cancellationToken);
        return await MomentsAsync(
            db, entries, entry => subjects.GetValueOrDefault(entry.ScopeId ?? "") ?? subjects.GetValueOrDefault(entry.SubjectId), cancellationToken);
    }

    private static async Task<IReadOnlyList<TimelineEntry>> MomentsAsync(
        GovernanceDb db, LedgerEntry[] entries, Func<LedgerEntry, string?> subject, CancellationToken cancellationToken)
    {
        PersonNames names = await PersonNames.LoadAsync(db, entries.Select(ActorOf).OfType<UserId>(), cancellationToken);
        Dictionary<string, string> causes = await CausesAsync(db, entries, cancellationToken);
        return
        [
            .. entries.Select(entry => new TimelineEntry(
                entry.At,
                $"{LedgerWords.Of(entry.Action)}{(subject(entry) is string name ? $", {name}" : "")}, by {names.Of(ActorOf(entry))}{(IsUnderBreakGlass(entry) ? ", under break-glass" : "")}{(causes.GetValueOrDefault(entry.SubjectId) is string cause ? $": {cause}" : "")}",
                $"entry {entry.Sequence}, {entry.SubjectKind} {Short(entry.SubjectId)}, leaf {entry.Hash[..8]}")
            {
                IsSignature = LedgerWords.IsSignature(entry),
            }),
        ];
    }

    // Why the system moved a version; a person's reason is theirs and stands with the sign-off.
    private static async Task<Dictionary<string, string>> CausesAsync(GovernanceDb db, LedgerEntry[] entries, CancellationToken cancellationToken)
    {
        StageMoveId[] moves = [.. entries.Where(entry => entry.SubjectKind == LedgerSubject.Move).Select(entry => new StageMoveId(Guid.Parse(entry.SubjectId)))];
        return moves.Length == 0 ? [] : (await db.StageMoves.AsNoTracking().Where(move => moves.Contains(move.Id) && move.By == null).ToListAsync(cancellationToken))
            .ToDictionary(move => move.Id.ToString(), move => move.Cause);
    }

    private static UserId? ActorOf(LedgerEntry entry) =>
        entry.Actor.StartsWith("user:", StringComparison.Ordinal) && Guid.TryParse(entry.Actor["user:".Length..], out Guid id)
            ? new UserId(id)
            : null;

    private static bool IsUnderBreakGlass(LedgerEntry entry) =>
        entry.Read().Session?.StartsWith("break-glass:", StringComparison.Ordinal) == true;

    // The end of a UUIDv7 tells two apart; its beginning is the time.
    private static string Short(string id) => id.Length == 36 ? id[^8..] : id[..Math.Min(8, id.Length)];
}
