using System.Net;
using AngleSharp.Html.Dom;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Privacy;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Privacy;

[Collection(PortalTests.Name)]
public sealed class RowReadTests(SamplePortal portal)
{
    private const string Page = "/models/hmda_biased/versions/1/explain?case=3";

    [Fact]
    public async Task A_reviewer_whose_grant_names_personal_rows_sees_them_and_is_written_down()
    {
        UserId pia = await ReviewerAsync("pia", GrantExtras.PersonalRows);
        using SignedInClient client = await portal.SignInAsync("pia");

        IHtmlDocument page = await client.GetAsync(Page);

        Assert.DoesNotContain("masked", page.QuerySelectorAll("#case dl.kv dd").Select(cell => cell.TextContent));
        Assert.Contains("Each look is written down", page.QuerySelector("#case")!.TextContent, StringComparison.Ordinal);
        RowRead read = Assert.Single(await ReadsAsync(pia));
        Assert.Equal((true, ReadPurpose.Page, ReadKind.Explanation, 40), (read.Unmasked, read.Purpose, read.Kind, read.Rows));
        Assert.Equal(64, read.Row.Length);

        await client.DownloadAsync(page.QuerySelector("a[href$='explanation.json']")!.GetAttribute("href")!);
        Assert.Contains(await ReadsAsync(pia), each => each.Purpose == ReadPurpose.Export);
    }

    [Fact]
    public async Task Where_the_look_cannot_be_written_down_no_row_is_shown()
    {
        await ReviewerAsync("rosa", GrantExtras.PersonalRows);
        using SignedInClient client = await portal.SignInAsync("rosa");
        string download = (await client.GetAsync(Page)).QuerySelector("a[href$='explanation.json']")!.GetAttribute("href")!;
        await SqlAsync("CREATE TRIGGER refuse_reads BEFORE INSERT ON RowReads BEGIN SELECT RAISE(ABORT, 'full'); END");
        try
        {
            foreach (string address in (string[])[Page, "/models/hmda_biased/versions/1/counterfactuals"])
            {
                IHtmlDocument page = await client.GetAsync(address);
                Assert.Contains("could not be shown", page.Body!.TextContent, StringComparison.Ordinal);
                Assert.Empty(page.QuerySelectorAll("dl.kv, #case, select"));
            }

            Assert.Equal(HttpStatusCode.InternalServerError, await client.StatusAsync(download));
        }
        finally
        {
            await SqlAsync("DROP TRIGGER refuse_reads");
        }

        Assert.Equal(HttpStatusCode.OK, await client.StatusAsync(Page));
    }

    [Fact]
    public async Task The_auditor_and_the_owner_read_the_log_and_nobody_else()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");
        using SignedInClient aude = await portal.SignInAsync("aude");
        using SignedInClient dev = await portal.SignInAsync("dev");
        using SignedInClient otto = await portal.SignInAsync("otto");
        await rita.GetAsync(Page);

        Assert.Contains("Rita Sample", (await aude.GetAsync("/privacy/reads")).QuerySelector("[aria-label='The latest looks']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("hmda_biased v1", (await dev.GetAsync("/privacy/reads")).QuerySelector("[aria-label='The latest looks']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Your role does not see", (await otto.GetAsync("/privacy/reads")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Curves_of_single_rows_along_a_masked_column_are_left_out()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument page = await rita.GetAsync("/models/hmda_biased/versions/1/effects?a=afam&kind=ice");

        Assert.Contains("The cells of 'afam' are masked for your role", page.QuerySelector("#main")!.TextContent, StringComparison.Ordinal);
    }

    private async Task<UserId> ReviewerAsync(string name, GrantExtras extras)
    {
        await using AsyncServiceScope scope = portal.Services.CreateAsyncScope();
        AddUserOutcome outcome = await scope.ServiceProvider.GetRequiredService<AddUser>().RunAsync(
            Actor.System, new NewUser(name, $"{name} Sample", "correct horse battery", new HashSet<Role> { Role.Reviewer }), default);
        UserId user = Assert.IsType<AddUserOutcome.Added>(outcome).Person.Id;
        Assert.IsType<GrantOutcome.Granted>(await portal.Services.GetRequiredService<GrantAccess>().RunAsync(Actor.System, user, "hmda_biased", extras, default));
        return user;
    }

    private async Task<List<RowRead>> ReadsAsync(UserId person)
    {
        await using GovernanceDb db = await portal.Services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        return await db.RowReads.AsNoTracking().Where(read => read.Person == person).ToListAsync();
    }

    private async Task SqlAsync(string sql)
    {
        await using GovernanceDb db = await portal.Services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        await db.Database.ExecuteSqlRawAsync(sql);
    }
}
