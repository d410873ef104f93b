using Governance.Registry.Access;
using Governance.Registry.Annotations;
using Governance.Registry.Ledger;
using Governance.Registry.Models;

namespace Governance.Registry.Tests.Annotations;

public sealed class AnnotationTests
{
    [DatabaseFact]
    public async Task The_latest_of_a_key_counts_until_it_is_removed_and_the_ledger_knows_each()
    {
        await using Given given = await Given.RegistryAsync();
        Model model = await given.ModelAsync();
        await given.VersionAsync(model);
        await given.VersionAsync(model, "other weights");

        foreach (AnnotationWish wish in (AnnotationWish[])
        [
            Tag(null, "team", "risk"), Tag(null, "team", "credit risk"), Tag(null, "empty", ""), Tag(1, "data", "hmda"), Tag(2, "data", "german"),
            new AnnotationWish("credit", 1, AnnotationKind.Alias, "champion", null), new AnnotationWish("credit", 2, AnnotationKind.Alias, "champion", null),
            new AnnotationWish("credit", 1, AnnotationKind.Alias, "old", null), new AnnotationWish("credit", 2, AnnotationKind.Description, "", "Better."),
        ])
        {
            Assert.IsType<AnnotateOutcome.Done>(await RunAsync(given, given.Developer, wish));
        }

        AnnotatedModel seen = (await given.Get<AnnotationQueries>().FindAsync(given.Auditor, "credit", default))!;
        Assert.Equal([("empty", ""), ("team", "credit risk")], seen.Tags.Select(tag => (tag.Key, tag.Value)));
        Assert.Equal([("champion", 2), ("old", 1)], seen.Aliases.OrderBy(alias => alias.Key).Select(alias => (alias.Key, alias.Value)));
        Assert.Equal(("german", "Better.", "champion"), (seen.Find(2)!.Tags["data"], seen.Find(2)!.Description, seen.Find(2)!.Aliases.Single()));
        Assert.Equal(("hmda", null, "old"), (seen.Find(1)!.Tags["data"], seen.Find(1)!.Description, seen.Find(1)!.Aliases.Single()));

        long size = (await given.Get<LedgerQueries>().HeadAsync(default)).Size;
        Assert.IsType<AnnotateOutcome.Done>(await RunAsync(given, given.Developer, Tag(null, "team", "credit risk")));
        Assert.IsType<AnnotateOutcome.Done>(await RunAsync(given, given.Developer, Tag(null, "never", null, removes: true)));
        Assert.Equal(size, (await given.Get<LedgerQueries>().HeadAsync(default)).Size); // as it was already

        Assert.IsType<AnnotateOutcome.Done>(await RunAsync(given, given.Developer, Tag(null, "team", null, removes: true)));
        Assert.IsType<AnnotateOutcome.Done>(await RunAsync(
            given, given.Developer, new AnnotationWish("credit", null, AnnotationKind.Alias, "champion", null, Removes: true)));
        seen = (await given.Get<AnnotationQueries>().FindAsync(given.Auditor, "credit", default))!;
        Assert.Equal(["empty"], seen.Tags.Keys);
        Assert.Equal(["old"], seen.Aliases.Keys);
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task Who_does_not_develop_the_model_changes_nothing_and_who_does_not_see_it_finds_nothing()
    {
        await using Given given = await Given.RegistryAsync();
        await given.VersionAsync(await given.ModelAsync());

        foreach (UserId user in (UserId[])[given.Reviewer, given.Approver, given.Auditor, given.Operator])
        {
            Assert.Equal("no-right", Assert.IsType<AnnotateOutcome.Refused>(await RunAsync(given, user, Tag(1, "a", "b"))).Reason.Code);
        }

        Assert.IsType<AnnotateOutcome.NoSuchModel>(await RunAsync(given, given.Stranger, Tag(1, "a", "b")));
        Assert.IsType<AnnotateOutcome.NoSuchVersion>(await RunAsync(given, given.Developer, Tag(9, "a", "b")));
        Assert.Null(await given.Get<AnnotationQueries>().FindAsync(given.Stranger, "credit", default));
        Assert.Empty(await given.Get<AnnotationQueries>().VisibleToAsync(given.Stranger, default));
    }

    [Theory]
    [InlineData(AnnotationKind.Tag, "", "x", "bad-key")]
    [InlineData(AnnotationKind.Tag, "a\nb", "x", "bad-key")]
    [InlineData(AnnotationKind.Tag, "a/b: c.d-e_f", "x", null)]
    [InlineData(AnnotationKind.Alias, "champion-2", null, null)]
    [InlineData(AnnotationKind.Alias, "a b", null, "bad-alias")]
    [InlineData(AnnotationKind.Alias, "Latest", null, "reserved-alias")]
    [InlineData(AnnotationKind.Alias, "v12", null, "reserved-alias")]
    [InlineData(AnnotationKind.Alias, "v12b", null, null)]
    public void Keys_and_aliases_keep_mlflows_rules(AnnotationKind kind, string key, string? value, string? code) =>
        Assert.Equal(code, AnnotationPolicy.RefusalFor(kind, key, value)?.Code);

    [Fact]
    public void A_text_has_a_limit() =>
        Assert.Equal("long-text", AnnotationPolicy.RefusalFor(AnnotationKind.Tag, "a", new string('x', PersonalText.MaxLength + 1))!.Code);

    private static AnnotationWish Tag(int? version, string key, string? value, bool removes = false) =>
        new("credit", version, AnnotationKind.Tag, key, value, removes);

    private static Task<AnnotateOutcome> RunAsync(Given given, UserId user, AnnotationWish wish) =>
        given.Get<Annotate>().RunAsync(Actor.Person(user), wish, default);
}
