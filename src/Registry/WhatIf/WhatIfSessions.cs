using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.WhatIf;

/// <summary>Begins what-if sessions, counts and keeps their edits. Whether the person may was judged before.</summary>
public sealed class WhatIfSessions(IDbContextFactory<GovernanceDb> contexts, TimeProvider clock)
{
    /// <summary>Begins a session on a row, or goes on with the one that there is.</summary>
    /// <returns>The session, or a refusal where the person began too many rows today.</returns>
    public async Task<(WhatIfSession? Session, Refusal? Refusal)> BeginAsync(
        UserId person, ModelVersionId version, DatasetId dataset, int row, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        DateTimeOffset now = Microseconds.Truncate(clock.GetUtcNow());
        DateTimeOffset oldest = now.AddDays(-WhatIfSession.KeptDays);
        DateTimeOffset dayAgo = now.AddDays(-1);
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        WhatIfSession? known = await db.WhatIfSessions.AsNoTracking().FirstOrDefaultAsync(
            each => each.Person == person && each.Version == version && each.Dataset == dataset && each.Row == row && each.BegunAt > oldest,
            cancellationToken);
        if (known is not null)
        {
            return (known, null);
        }

        if (await db.WhatIfSessions.CountAsync(
            each => each.Person == person && each.Version == version && each.BegunAt > dayAgo, cancellationToken) >= WhatIfSession.MostRowsADay)
        {
            return (null, new Refusal(
                "too-many-rows", $"You began what-ifs on {WhatIfSession.MostRowsADay} rows of this version today: go on with one of them, or tomorrow."));
        }

        WhatIfSession session = new()
        {
            Id = WhatIfSessionId.New(), Person = person, Version = version, Dataset = dataset, Row = row, BegunAt = now,
        };
        db.WhatIfSessions.Add(session);
        await db.SaveChangesAsync(cancellationToken);
        return (session, null);
    }

    /// <summary>A session of a person with its edits in order; null where it is not theirs or over.</summary>
    public async Task<(WhatIfSession Session, IReadOnlyList<WhatIfEdit> Edits)?> FindAsync(
        UserId person, WhatIfSessionId id, CancellationToken cancellationToken)
    {
        DateTimeOffset oldest = clock.GetUtcNow().AddDays(-WhatIfSession.KeptDays);
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        WhatIfSession? session = await db.WhatIfSessions.AsNoTracking()
            .FirstOrDefaultAsync(each => each.Id == id && each.Person == person && each.BegunAt > oldest, cancellationToken);
        return session is null ? null : (session, await db.WhatIfEdits.AsNoTracking()
            .Where(edit => edit.Session == id).OrderBy(edit => edit.Number).ToListAsync(cancellationToken));
    }

    /// <summary>The person's sessions on a version that are not over, the latest first.</summary>
    public async Task<IReadOnlyList<WhatIfSession>> OfAsync(UserId person, ModelVersionId version, CancellationToken cancellationToken)
    {
        DateTimeOffset oldest = clock.GetUtcNow().AddDays(-WhatIfSession.KeptDays);
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.WhatIfSessions.AsNoTracking().Where(each => each.Person == person && each.Version == version && each.BegunAt > oldest)
            .OrderByDescending(each => each.BegunAt).ToListAsync(cancellationToken);
    }

    /// <summary>Takes one of the session's edits before it is answered, so that no two requests take the same.</summary>
    /// <returns>False where all are used up or another request was first.</returns>
    public async Task<bool> TakeAsync(WhatIfSessionId id, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        WhatIfSession session = await db.WhatIfSessions.FirstAsync(each => each.Id == id, cancellationToken);
        if (session.Edits >= WhatIfSession.MostEdits)
        {
            return false;
        }

        session.Edits++;
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    /// <summary>Gives a taken edit back that was not answered.</summary>
    public async Task GiveBackAsync(WhatIfSessionId id, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.WhatIfSessions.Where(each => each.Id == id && each.Edits > 0)
            .ExecuteUpdateAsync(change => change.SetProperty(each => each.Edits, each => each.Edits - 1), cancellationToken);
    }

    /// <summary>Keeps what a taken edit was and what was answered; of the row as it is, as number 0.</summary>
    public async Task KeepAsync(WhatIfSessionId id, string cells, string answer, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        int number = (await db.WhatIfEdits.Where(edit => edit.Session == id).MaxAsync(edit => (int?)edit.Number, cancellationToken) ?? -1) + 1;
        db.WhatIfEdits.Add(new WhatIfEdit
        {
            Session = id, Number = number, At = Microseconds.Truncate(clock.GetUtcNow()), Cells = cells, Answer = answer,
        });
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Takes the last edit that stands back; nothing where there is none.</summary>
    public async Task UndoAsync(WhatIfSessionId id, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        WhatIfEdit? last = await db.WhatIfEdits.Where(edit => edit.Session == id && edit.Number > 0 && !edit.Undone)
            .OrderByDescending(edit => edit.Number).FirstOrDefaultAsync(cancellationToken);
        if (last is not null)
        {
            last.Undone = true;
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}
