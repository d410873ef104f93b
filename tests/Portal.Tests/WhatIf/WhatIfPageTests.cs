using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Governance.Registry.Privacy;
using Governance.Registry.Storage;
using Governance.Registry.WhatIf;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.WhatIf;

[Collection(PortalTests.Name)]
public sealed class WhatIfPageTests(SamplePortal portal)
{
    private const string Page = "/models/hmda_fair/versions/1/what-if";

    [Fact]
    public async Task A_row_is_edited_within_its_bounds_and_taken_back()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");

        IHtmlDocument begun = await dev.SubmitAsync($"{Page}?data=hmda-test&row=5", "[name='Begin.Row']");
        string session = dev.Address!;
        Assert.StartsWith("Row 5 as it is: ‘", begun.QuerySelector("#answer")!.TextContent, StringComparison.Ordinal);
        (string cell, string now) = Number(begun, "pirat");
        IHtmlDocument outside = await dev.SubmitAsync(session, "[name='Form.Cells[0]']", (cell, "99"));
        Assert.Contains("'pirat' is a number from", outside.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);

        IHtmlDocument edited = await dev.SubmitAsync(session, "[name='Form.Cells[0]']", (cell, now == "0.9" ? "0.8" : "0.9"));

        Assert.Matches("The answer (stays|turns)", edited.QuerySelector("#answer")!.TextContent);
        Assert.Contains("pirat = 0.", edited.QuerySelector("ol.thread")!.TextContent, StringComparison.Ordinal);
        Assert.Contains($"{WhatIfSession.MostEdits - 1} edits of this row left", edited.Body!.TextContent, StringComparison.Ordinal);
        IHtmlDocument undone = await dev.SubmitAsync(session, "form[method=post] button.btn:not(.primary)");
        Assert.StartsWith("Row 5 as it is", undone.QuerySelector("#answer")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("taken back", undone.QuerySelector("ol.thread")!.TextContent, StringComparison.Ordinal);
        await using GovernanceDb db = await portal.Services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        Assert.Contains(await db.RowReads.Where(read => read.Person == portal["dev"]).ToListAsync(), read => read is { Kind: ReadKind.WhatIf, Unmasked: false, Rows: 1 });
    }

    [Fact]
    public async Task Masked_cells_are_neither_shown_nor_changed()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");

        IHtmlDocument page = await dev.SubmitAsync($"/models/hmda_biased/versions/1/what-if?data=hmda-test&row=6", "[name='Begin.Row']");

        IElement line = page.QuerySelectorAll("[aria-label=Cells] tr").Single(row => row.QuerySelector("th")!.TextContent == "afam");
        Assert.Equal(["masked", "stays", ""], line.QuerySelectorAll("td").Select(each => each.TextContent.Trim()));
    }

    [Fact]
    public async Task Rows_are_picked_at_random_near_the_threshold_and_by_outcome()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        foreach (string pick in (string[])["random", "near", "outcome&outcome=yes", "number&row=3"])
        {
            IHtmlDocument page = await rita.GetAsync($"{Page}?data=hmda-test&pick={pick}");
            Assert.Matches("^Row [0-9]+ of hmda-test$", page.QuerySelector("#begin")!.TextContent);
        }
    }

    [Fact]
    public async Task Who_sees_no_rows_has_no_what_if_and_another_persons_session_does_not_exist()
    {
        using SignedInClient aude = await portal.SignInAsync("aude");
        using SignedInClient dev = await portal.SignInAsync("dev");
        using SignedInClient rita = await portal.SignInAsync("rita");
        using SignedInClient coen = await portal.SignInAsync("coen");

        Assert.Contains("Your role does not see single cases", (await aude.GetAsync(Page)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await coen.StatusAsync(Page));
        await dev.SubmitAsync($"{Page}?data=hmda-test&row=7", "[name='Begin.Row']");
        Assert.Contains("There is no such session", (await rita.GetAsync(dev.Address!)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    private static (string Name, string Now) Number(IHtmlDocument page, string column)
    {
        IHtmlInputElement input = (IHtmlInputElement)page.QuerySelector($"input[aria-label='{column} shall be']")!;
        return (input.Name!, input.Value);
    }
}
