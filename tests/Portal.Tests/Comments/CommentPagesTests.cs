using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Governance.Portal.Features.Comments;
using Governance.Registry.Comments;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Comments;

[Collection(PortalTests.Name)]
public sealed class CommentPagesTests(SamplePortal portal)
{
    [Fact]
    public async Task A_reviewer_comments_a_finding_and_an_approver_reads_it_by_its_link()
    {
        string item = await EvidenceAsync();
        using SignedInClient rita = await portal.SignInAsync("rita");
        IHtmlDocument page = await rita.GetAsync(item);
        string talk = page.QuerySelector("a.talk")!.GetAttribute("href")!;

        IHtmlDocument after = await rita.SubmitAsync(talk, "#comment-text", ("text", "Look at the share of single applicants, @carl and @coen."));

        Assert.Contains("@coen", after.QuerySelector("#comments .note")!.TextContent);
        Assert.DoesNotContain("@carl", after.QuerySelector("#comments .note")!.TextContent);
        string link = after.QuerySelector("#comments .thread li header a")!.GetAttribute("href")!;
        using SignedInClient carl = await portal.SignInAsync("carl");
        Assert.Equal("1", (await carl.GetAsync("/")).QuerySelector(".mentions .count")!.TextContent);
        IHtmlDocument read = await carl.GetAsync(link);
        Assert.Contains("Look at the share", read.QuerySelector("#comments .thread .said")!.TextContent);
        Assert.Equal(["@carl", "@coen"], read.QuerySelectorAll("#comments .mention").Select(word => word.TextContent));
        Assert.Empty(read.QuerySelectorAll("#comments .own"));

        IHtmlDocument list = await carl.SubmitAsync("/comments", "form[action='/comments/read'] button");
        Assert.Null(list.QuerySelector(".mentions .count"));
        Assert.Contains("hmda_fair v1", list.QuerySelector(".thread header")!.TextContent);
        using SignedInClient coen = await portal.SignInAsync("coen");
        Assert.Equal(HttpStatusCode.NotFound, await coen.StatusAsync(link));
    }

    [Fact]
    public async Task Its_author_changes_and_erases_it_where_it_stands()
    {
        string item = await EvidenceAsync();
        using SignedInClient cora = await portal.SignInAsync("cora");
        await cora.SubmitAsync(item, "#comment-text", ("text", "A frist word."));
        IHtmlDocument changed = await cora.SubmitAsync(item, ".own form[action$='/edit'] textarea", ("text", "A first word."));
        Assert.Contains("A first word.", changed.QuerySelector("#comments")!.TextContent);
        Assert.DoesNotContain("frist", changed.QuerySelector("#comments")!.TextContent);

        IHtmlDocument erased = await cora.SubmitAsync(item, ".own form[action$='/erase'] button");

        Assert.DoesNotContain("first word", erased.Body!.TextContent);
        Assert.Contains("The text was erased; its digest remains in the ledger.", erased.QuerySelector("#comments")!.TextContent);
    }

    [Fact]
    public async Task A_case_is_talked_about_without_a_cell_of_its_row()
    {
        ModelVersionId version = await portal.VersionAsync("hmda_biased", 1);
        Governance.Registry.Artifacts.ArtifactDigest data;
        await using (GovernanceDb db = await portal.Services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync())
        {
            data = (await db.Datasets.SingleAsync(row => row.Name == "hmda-test")).Digest;
        }

        CommentTopic topic = CommentTopic.OfCase(version, data, 12);
        Assert.IsType<CommentOutcome.Recorded>(await portal.Services.GetRequiredService<AddComment>().RunAsync(
            Actor.Person(portal["rita"]), topic, "Declined for the ratio.", "/models/hmda_biased/versions/1/explain?case=12", default));
        Assert.IsType<CommentOutcome.NotFound>(await portal.Services.GetRequiredService<AddComment>().RunAsync(
            Actor.Person(portal["rita"]), CommentTopic.OfCase(version, data, 1_000_000), "No such row.", "/x", default));

        using SignedInClient dev = await portal.SignInAsync("dev");
        IElement entry = (await dev.GetAsync("/comments")).QuerySelectorAll(".thread li").First(item => item.TextContent.Contains("Declined for the ratio."));
        Assert.Contains("hmda_biased v1, row 12", entry.QuerySelector("header")!.TextContent);
        using SignedInClient aude = await portal.SignInAsync("aude");
        Assert.DoesNotContain("Declined for the ratio.", (await aude.GetAsync("/comments")).Body!.TextContent);
    }

    [Theory]
    [InlineData("/models/a/versions/1/evidence/b?finding=x&comment-refused=no-text", "/models/a/versions/1/evidence/b?finding=x")]
    [InlineData("/a?comment-unreached=coen#comments", "/a")]
    [InlineData("https://elsewhere.example/a", "/")]
    [InlineData("//elsewhere.example", "/")]
    [InlineData(null, "/")]
    public void The_place_of_a_comment_is_an_address_of_this_portal_without_what_was_just_said(string? asked, string kept) =>
        Assert.Equal(kept, CommentPlace.Of(asked));

    [Fact]
    public void A_text_keeps_every_character_when_its_names_are_set_off()
    {
        const string Text = "@rita, see @carl: a@b.org\nand @rita again";

        IReadOnlyList<(string Text, bool Calls)> pieces = CommentWords.Pieces(Text);

        Assert.Equal(Text, string.Concat(pieces.Select(piece => piece.Text)));
        Assert.Equal(["@rita", "@carl"], pieces.Where(piece => piece.Calls).Select(piece => piece.Text));
    }

    private async Task<string> EvidenceAsync()
    {
        ModelVersionId version = await portal.VersionAsync("hmda_fair", 1);
        await using GovernanceDb db = await portal.Services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        EvidenceRecord record = await db.Evidence.OrderBy(row => row.SealedAt).FirstAsync(row => row.Version == version);
        return $"/models/hmda_fair/versions/1/evidence/{record.Id}";
    }
}
