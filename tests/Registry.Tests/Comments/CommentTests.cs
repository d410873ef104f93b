using Governance.Registry.Access;
using Governance.Registry.Comments;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.Comments;

public sealed class CommentTests
{
    private const string Place = "/models/credit/versions/1/evidence/x?finding=a";

    [DatabaseFact]
    public async Task Who_sees_the_version_writes_and_reads_and_who_is_called_upon_is_told_until_they_have_read()
    {
        await using Given given = await Given.RegistryAsync();
        (_, CommentTopic topic) = await TopicAsync(given);

        CommentId id = await SayAsync(given, given.Reviewer, topic, "Is this the weak cohort, @app? Ask @OPS too.");

        CommentThread thread = (await given.Get<CommentQueries>().OfAsync(given.Approver, topic, default))!;
        CommentView said = Assert.Single(thread.Comments);
        Assert.Equal(("The rev", "Is this the weak cohort, @app? Ask @OPS too.", true, true), (said.Author, said.Text, said.MentionsViewer, said.Unread));
        Assert.Equal($"{Place}#comment-{id}", said.Address);
        Assert.Equal((1, 1, 0, 0), (await UnreadAsync(given, given.Approver), await UnreadAsync(given, given.Operator),
            await UnreadAsync(given, given.Reviewer), await UnreadAsync(given, given.Auditor)));

        given.Clock.Now = given.Clock.Now.AddMinutes(1);
        await given.Get<CommentQueries>().MarkReadAsync(given.Approver, default);
        Assert.Equal((0, 1), (await UnreadAsync(given, given.Approver), await UnreadAsync(given, given.Operator)));
        given.Clock.Now = given.Clock.Now.AddMinutes(1);
        await SayAsync(given, given.Developer, topic, "It is. @app");
        Assert.Equal(1, await UnreadAsync(given, given.Approver));
        Assert.Equal(2, (await given.Get<CommentQueries>().LatestAsync(given.Approver, onlyMentions: true, 10, default)).Count);
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task For_a_stranger_there_is_nothing_to_read_or_say_and_calling_upon_them_reaches_nobody()
    {
        await using Given given = await Given.RegistryAsync();
        (_, CommentTopic topic) = await TopicAsync(given);

        CommentOutcome.Recorded recorded = Assert.IsType<CommentOutcome.Recorded>(await given.Get<AddComment>().RunAsync(
            Actor.Person(given.Reviewer), topic, "See @other and @nobody and @score > 0.5.", Place, default));

        Assert.Equal(["other"], recorded.Unreached);
        Assert.Null(await given.Get<CommentQueries>().OfAsync(given.Stranger, topic, default));
        Assert.Null(await given.Get<CommentQueries>().FindAsync(given.Stranger, recorded.Id, default));
        Assert.Empty(await given.Get<CommentQueries>().LatestAsync(given.Stranger, false, 10, default));
        Assert.Equal(0, await UnreadAsync(given, given.Stranger));
        Assert.IsType<CommentOutcome.NotFound>(await given.Get<AddComment>().RunAsync(Actor.Person(given.Stranger), topic, "Hello.", Place, default));
        Assert.IsType<CommentOutcome.NotFound>(await given.Get<ChangeComment>().EraseAsync(Actor.Person(given.Stranger), recorded.Id, default));

        // Nor of what is not on record.
        Assert.IsType<CommentOutcome.NotFound>(await given.Get<AddComment>().RunAsync(
            Actor.Person(given.Reviewer), CommentTopic.OfEvidence(topic.Version, EvidenceId.New(), null), "Hello.", Place, default));
    }

    [DatabaseFact]
    public async Task What_is_said_of_a_comparison_is_read_by_who_sees_both_versions()
    {
        await using Given given = await Given.RegistryAsync();
        (ModelVersion version, _) = await TopicAsync(given);
        ModelVersion other = await given.VersionAsync(await given.ModelAsync("other-credit"), "other weights");
        Assert.IsType<RevokeOutcome.Revoked>(await given.Get<RevokeAccess>().RunAsync(Actor.System, given.Approver, "other-credit", default));
        CommentTopic topic = CommentTopic.OfComparison(version.Id, other.Id, version.Artifact);

        Assert.NotNull(await given.Get<CommentQueries>().OfAsync(given.Reviewer, topic, default));
        Assert.Null(await given.Get<CommentQueries>().OfAsync(given.Approver, topic, default));
        CommentTopic mirrored = CommentTopic.OfComparison(other.Id, version.Id, version.Artifact);
        Assert.Null(await given.Get<CommentQueries>().OfAsync(given.Approver, mirrored, default));
    }

    [DatabaseFact]
    public async Task A_case_is_talked_about_by_who_may_have_rows_explained()
    {
        await using Given given = await Given.RegistryAsync();
        (ModelVersion version, _) = await TopicAsync(given);
        CommentTopic topic = CommentTopic.OfCase(version.Id, version.Artifact, 3);

        Assert.NotNull(await given.Get<CommentQueries>().OfAsync(given.Reviewer, topic, default));
        Assert.Null(await given.Get<CommentQueries>().OfAsync(given.Auditor, topic, default));
        Assert.Null(await given.Get<CommentQueries>().OfAsync(given.Operator, topic, default));
    }

    [DatabaseFact]
    public async Task The_author_changes_the_wording_within_a_quarter_of_an_hour_and_nobody_else_ever()
    {
        await using Given given = await Given.RegistryAsync();
        (_, CommentTopic topic) = await TopicAsync(given);
        CommentId id = await SayAsync(given, given.Reviewer, topic, "Frist.");

        Assert.Equal("not-yours", await CodeAsync(given.Get<ChangeComment>().EditAsync(Actor.Person(given.Developer), id, "Mine.", default)));
        Assert.Equal("no-text", await CodeAsync(given.Get<ChangeComment>().EditAsync(Actor.Person(given.Reviewer), id, " ", default)));
        given.Clock.Now = given.Clock.Now.AddMinutes(15);
        Assert.Null(await CodeAsync(given.Get<ChangeComment>().EditAsync(Actor.Person(given.Reviewer), id, "First, @app.", default)));
        CommentView view = (await given.Get<CommentQueries>().FindAsync(given.Approver, id, default))!;
        Assert.Equal(("First, @app.", given.Clock.Now.UtcTicks / 10, true), (view.Text, view.EditedAt!.Value.UtcTicks / 10, view.Unread));

        given.Clock.Now = given.Clock.Now.AddSeconds(1);
        Assert.Equal("too-late", await CodeAsync(given.Get<ChangeComment>().EditAsync(Actor.Person(given.Reviewer), id, "Later.", default)));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task An_erased_text_is_gone_in_all_its_wordings_and_the_ledger_holds()
    {
        await using Given given = await Given.RegistryAsync();
        (_, CommentTopic topic) = await TopicAsync(given);
        CommentId id = await SayAsync(given, given.Reviewer, topic, "A name that should not stand here.");
        await given.Get<ChangeComment>().EditAsync(Actor.Person(given.Reviewer), id, "Another name.", default);

        Assert.Equal("not-yours", await CodeAsync(given.Get<ChangeComment>().EraseAsync(Actor.Person(given.Approver), id, default)));
        Assert.Null(await CodeAsync(given.Get<ChangeComment>().EraseAsync(Actor.Person(given.Reviewer), id, default)));

        await using GovernanceDb db = given.Db();
        Assert.Empty(await db.PersonalTexts.Where(text => text.Text.Contains("name")).ToListAsync());
        CommentView view = Assert.Single((await given.Get<CommentQueries>().OfAsync(given.Approver, topic, default))!.Comments);
        Assert.Equal((null, false, false), (view.Text, view.MayEdit, view.MayErase));
        Assert.Equal("erased", await CodeAsync(given.Get<ChangeComment>().EraseAsync(Actor.Person(given.Reviewer), id, default)));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task A_comment_is_written_once_whoever_writes_to_the_database()
    {
        await using Given given = await Given.RegistryAsync();
        (_, CommentTopic topic) = await TopicAsync(given);
        CommentId id = await SayAsync(given, given.Reviewer, topic, "It stands.");
        await given.Get<ChangeComment>().EditAsync(Actor.Person(given.Reviewer), id, "It stands still.", default);
        await using GovernanceDb db = given.Db();

        await Assert.ThrowsAnyAsync<Exception>(() => db.Comments.ExecuteUpdateAsync(set => set.SetProperty(row => row.Mentioned, "")));
        await Assert.ThrowsAnyAsync<Exception>(() => db.CommentEdits.ExecuteDeleteAsync());
    }

    private static async Task<(ModelVersion Version, CommentTopic Topic)> TopicAsync(Given given)
    {
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        EvidenceRecord evidence = await given.EvidenceAsync(version);
        return (version, CommentTopic.OfEvidence(version.Id, evidence.Id, "a"));
    }

    private static async Task<CommentId> SayAsync(Given given, UserId person, CommentTopic topic, string text) =>
        Assert.IsType<CommentOutcome.Recorded>(await given.Get<AddComment>().RunAsync(Actor.Person(person), topic, text, Place, default)).Id;

    private static Task<int> UnreadAsync(Given given, UserId person) => given.Get<CommentQueries>().UnreadAsync(person, default);

    private static async Task<string?> CodeAsync(Task<CommentOutcome> outcome) => (await outcome as CommentOutcome.Refused)?.Reason.Code;
}
