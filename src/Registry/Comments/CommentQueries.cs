using Governance.Registry.Access;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Comments;

/// <summary>Reads comments, as far as the viewer sees what they are about.</summary>
public sealed class CommentQueries(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>The most unread mentions that are counted.</summary>
    public const int MostUnread = 99;

    private const int MostHints = 8;

    // Of the latest comments some are about rows or other versions that the reader does not see.
    private const int Spare = 4;

    /// <summary>What was said about a topic; of evidence as a whole also what was said on its findings. Null where the viewer may not read it.</summary>
    public async Task<CommentThread?> OfAsync(UserId viewer, CommentTopic topic, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(topic);
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        Holdings? holdings = await Holdings.LoadAsync(db, viewer, cancellationToken);
        if (holdings is null || !await CommentReach.SeesAsync(db, holdings, topic, cancellationToken))
        {
            return null;
        }

        Comment[] said = await db.Comments.AsNoTracking().Where(row => row.Version == topic.Version && row.Kind == topic.Kind)
            .OrderBy(row => row.At).ThenBy(row => row.Id).ToArrayAsync(cancellationToken);
        IReadOnlyList<CommentView> views = await CommentViews.ReadAsync(db, viewer, [.. said.Where(row => topic.Covers(row.Topic))], cancellationToken);
        return new CommentThread(views, await MentionableAsync(db, viewer, topic, views, cancellationToken));
    }

    /// <summary>One comment; null where it does not exist for the viewer.</summary>
    public async Task<CommentView?> FindAsync(UserId viewer, CommentId id, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        Comment? comment = await db.Comments.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        Holdings? holdings = comment is null ? null : await Holdings.LoadAsync(db, viewer, cancellationToken);
        return holdings is not null && await CommentReach.SeesAsync(db, holdings, comment!.Topic, cancellationToken)
            ? (await CommentViews.ReadAsync(db, viewer, [comment], cancellationToken)).Single()
            : null;
    }

    /// <summary>The latest comments that someone may read, the latest first.</summary>
    /// <param name="viewer">Who reads.</param>
    /// <param name="onlyMentions">Only those that call upon them.</param>
    /// <param name="most">At most this many.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<CommentView>> LatestAsync(UserId viewer, bool onlyMentions, int most, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<Comment> wanted = onlyMentions ? Mentioning(db, viewer, DateTimeOffset.MinValue) : db.Comments;
        return [.. (await SeenAsync(db, viewer, wanted, most, cancellationToken)).Where(view => view.MentionsViewer || !onlyMentions)];
    }

    /// <summary>How many comments call upon someone that they have not marked as read.</summary>
    public async Task<int> UnreadAsync(UserId viewer, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset read = await CommentViews.ReadUntilAsync(db, viewer, cancellationToken);
        return (await SeenAsync(db, viewer, Mentioning(db, viewer, read), MostUnread, cancellationToken)).Count(view => view.Unread);
    }

    /// <summary>Notes that someone has read what calls upon them.</summary>
    public async Task MarkReadAsync(UserId viewer, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        MentionMark? mark = await db.MentionMarks.FirstOrDefaultAsync(row => row.Person == viewer, cancellationToken);
        if (mark is null)
        {
            db.MentionMarks.Add(new MentionMark { Person = viewer, ReadUntil = db.Now });
        }
        else
        {
            mark.ReadUntil = db.Now;
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    // Comments of others whose present or former wording calls upon someone after a moment.
    private static IQueryable<Comment> Mentioning(GovernanceDb db, UserId person, DateTimeOffset after)
    {
        string id = person.ToString();
        return db.Comments.Where(row => row.By != person && ((row.At > after && row.Mentioned.Contains(id))
            || db.CommentEdits.Any(edit => edit.Comment == row.Id && edit.At > after && edit.Mentioned.Contains(id))));
    }

    // The latest first, of versions that the person sees; cases and comparisons ask for more than that.
    private static async Task<IReadOnlyList<CommentView>> SeenAsync(
        GovernanceDb db, UserId viewer, IQueryable<Comment> wanted, int most, CancellationToken cancellationToken)
    {
        Holdings? holdings = await wanted.AnyAsync(cancellationToken) ? await Holdings.LoadAsync(db, viewer, cancellationToken) : null;
        if (holdings is null)
        {
            return [];
        }

        Dictionary<ModelId, Model> models = await db.Models.AsNoTracking().ToDictionaryAsync(row => row.Id, cancellationToken);
        var versions = await db.Versions.AsNoTracking().Select(row => new { row.Id, row.Model, row.Stage }).ToListAsync(cancellationToken);
        ModelVersionId[] open =
        [
            .. versions.Where(row => holdings.VisibilityOf(models[row.Model], row.Stage) == ModelVisibility.Full).Select(row => row.Id),
        ];
        List<Comment> kept = [];
        foreach (Comment comment in await wanted.AsNoTracking().Where(row => open.Contains(row.Version)).OrderByDescending(row => row.At)
            .ThenByDescending(row => row.Id).Take(most * Spare).ToListAsync(cancellationToken))
        {
            if (kept.Count < most && await CommentReach.SeesAsync(db, holdings, comment.Topic, cancellationToken))
            {
                kept.Add(comment);
            }
        }

        return await CommentViews.ReadAsync(db, viewer, kept, cancellationToken);
    }

    // People who had a hand in the version or spoke here: a hint for whom to call upon, not a list of all who may.
    private static async Task<IReadOnlyList<string>> MentionableAsync(
        GovernanceDb db, UserId viewer, CommentTopic topic, IReadOnlyList<CommentView> said, CancellationToken cancellationToken)
    {
        ModelVersion version = await db.Versions.AsNoTracking().FirstAsync(row => row.Id == topic.Version, cancellationToken);
        Model model = await db.Models.AsNoTracking().FirstAsync(row => row.Id == version.Model, cancellationToken);
        VersionPeople people = await VersionPeople.LoadAsync(db, version, cancellationToken);
        Guid[] around =
        [
            .. ((IEnumerable<UserId>)[model.Owner, people.Author, .. people.Submitters, .. people.Reviewers, .. people.Deciders, .. said.Select(view => view.Comment.By)])
                .Distinct().Where(person => person != viewer).Select(person => person.Value).Take(MostHints),
        ];
        List<string> hints = [];
        foreach (GovernanceUser user in await db.Users.AsNoTracking().Where(user => around.Contains(user.Id)).OrderBy(user => user.UserName).ToListAsync(cancellationToken))
        {
            if (await Holdings.LoadAsync(db, user.Person, cancellationToken) is Holdings holdings && await CommentReach.SeesAsync(db, holdings, topic, cancellationToken))
            {
                hints.Add(user.UserName!);
            }
        }

        return hints;
    }
}
