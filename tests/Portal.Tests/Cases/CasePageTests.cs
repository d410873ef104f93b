using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Governance.Registry.Privacy;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Cases;

[Collection(PortalTests.Name)]
public sealed class CasePageTests(SamplePortal portal)
{
    private const string Page = "/models/hmda_biased/versions/1/cases";

    [Fact]
    public async Task Sealed_rows_show_what_was_sealed_and_any_other_row_is_explained_now()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument known = await rita.GetAsync($"{Page}/3");
        IHtmlDocument other = await rita.GetAsync($"{Page}/470");

        Assert.Matches("^Row 3 is decided as ‘(yes|no)’: score 0\\.[0-9]{3} of ‘yes’, (at or above|below) the threshold", known.QuerySelector("#case-title")!.TextContent);
        Assert.Contains("sealed in the evidence", known.QuerySelector(".prov")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("computed now, not sealed", other.QuerySelector(".prov")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Case 470 scores", other.QuerySelector("figure h3")!.TextContent, StringComparison.Ordinal);
        await using GovernanceDb db = await portal.Services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        Assert.Contains(await db.RowReads.Where(read => read.Person == portal["rita"]).ToListAsync(), read => read is { Kind: ReadKind.Explanation, Rows: 1 });
    }

    [Fact]
    public async Task A_case_is_chosen_by_order_decision_and_number_and_links_keep_the_choice()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument page = await rita.GetAsync($"{Page}/3?go=1&pick=near&decision=yes");
        string near = Own(page);
        string asked = Own(await rita.GetAsync($"{Page}/3?go=1&pick=near&to=17"));

        Assert.Matches("/cases/[0-9]+\\?pick=near&decision=yes$", near);
        Assert.Contains("is decided as ‘yes’", page.QuerySelector("#case-title")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("a[rel=prev]"));
        Assert.EndsWith("?pick=near&decision=yes", page.QuerySelector("a[rel=next]")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Matches("Case 1 of [0-9]+ that fit, of [0-9]+ rows", page.Body!.TextContent);
        Assert.EndsWith("/cases/17?pick=near", asked, StringComparison.Ordinal);
    }

    // The address of the case that a page shows.
    private static string Own(IHtmlDocument page) => page.QuerySelector("nav[aria-label='About this case'] a")!.GetAttribute("href")!;

    [Fact]
    public async Task Force_and_decision_path_and_other_references_are_drawn()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument force = await rita.GetAsync($"{Page}/3?plot=force");
        IHtmlDocument path = await rita.GetAsync($"{Page}/3?plot=decision");
        IHtmlDocument approved = await rita.GetAsync($"{Page}/3?reference=approved");
        IHtmlDocument hidden = await rita.GetAsync($"{Page}/3?reference=own:afam");

        Assert.Contains("pushes up and", force.QuerySelector("figure h3")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("other explained cases", path.QuerySelector("figure p")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("compared with approved cases", approved.QuerySelector(".prov")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("The column 'afam' is masked for your role", hidden.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("own:afam", force.QuerySelector("#reference")!.InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_declined_applicant_gets_reasons_ways_and_neighbours()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");
        string declined = Own(await rita.GetAsync($"{Page}/0?go=1&decision=yes"));

        IHtmlDocument why = await rita.GetAsync(declined);
        IHtmlDocument change = await rita.GetAsync(declined + "&show=change");
        IHtmlDocument alike = await rita.GetAsync(declined + "&show=alike");

        Assert.Matches("principal reason", why.QuerySelector("#reasons")!.TextContent);
        Assert.NotEmpty(why.QuerySelectorAll("[aria-label='Principal reasons'] li"));
        Assert.Matches("^(The model would answer 'no' if|No way was found)", change.QuerySelector("#ways")!.TextContent);
        Assert.DoesNotContain("afam were", change.Body!.TextContent, StringComparison.Ordinal);
        Assert.Matches("[0-9]+ of the 50 cases most like it are decided as ‘yes’ too", alike.QuerySelector("#alike")!.TextContent);
        Assert.Contains("left out as masked for your role", alike.QuerySelector(".prov")!.TextContent, StringComparison.Ordinal);
        Assert.All(alike.QuerySelectorAll("table[data-list] td:last-child"), cell => Assert.DoesNotContain("afam", cell.TextContent, StringComparison.Ordinal));
        Assert.Equal(8, alike.QuerySelectorAll("table[data-list=otherwise] a").Length);
    }

    [Fact]
    public async Task Constraints_are_kept_on_the_way_to_other_parts_and_cases()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");
        string declined = Own(await rita.GetAsync($"{Page}/0?go=1&decision=yes"));

        IHtmlDocument change = await rita.GetAsync($"{declined}&show=change&target=no&k=2&n=3&m0=no&m1=any&lo1=&hi1=0.4");
        string why = change.QuerySelector("nav[aria-label='About this case'] a")!.GetAttribute("href")!;
        IHtmlDocument back = await rita.GetAsync(why + "&show=change");

        Assert.EndsWith("decision=yes&k=2&n=3&m0=no&m1=any&hi1=0.4", why, StringComparison.Ordinal); // the answer looked for anyway is not typed
        Assert.EndsWith("k=2&n=3&m0=no&m1=any&hi1=0.4", change.QuerySelector("a[rel=next]")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal("no", Assert.IsAssignableFrom<IHtmlSelectElement>(back.QuerySelector("select[name=m0]")).Value);
        Assert.Equal("0.4", Assert.IsAssignableFrom<IHtmlInputElement>(back.QuerySelector("input[name=hi1]")).Value);
        Assert.Single(change.QuerySelectorAll("form[aria-label='Wanted answer and constraints'] [name=m0]"));
    }

    [Fact]
    public async Task Masked_cells_are_not_shown_and_who_sees_no_rows_is_told()
    {
        using SignedInClient carl = await portal.SignInAsync("carl");
        using SignedInClient aude = await portal.SignInAsync("aude");
        using SignedInClient coen = await portal.SignInAsync("coen");

        IHtmlDocument page = await carl.GetAsync($"{Page}/3");
        IHtmlDocument none = await carl.GetAsync($"{Page}/99999");

        IElement name = page.QuerySelectorAll("dl.kv dt").First(each => each.TextContent == "afam");
        Assert.Equal("masked", name.NextElementSibling!.TextContent);
        Assert.Contains("there is no row 99999", none.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Your role does not see single cases", (await aude.GetAsync($"{Page}/3")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await coen.StatusAsync($"{Page}/3"));
    }

    [Fact]
    public async Task An_answer_of_ones_own_choice_is_kept_but_does_not_count_among_those_asked_for()
    {
        await portal.RegisterAsync("cased", "hmda_fair");
        using SignedInClient dev = await portal.SignInAsync("dev");
        using SignedInClient rita = await portal.SignInAsync("rita");
        using SignedInClient carl = await portal.SignInAsync("carl");
        const string Version = "/models/cased/versions/1";
        Assert.Contains("no case is reviewed now", (await rita.GetAsync($"{Version}/cases/5")).QuerySelector("#judgement")!.TextContent, StringComparison.Ordinal);
        await dev.SubmitAsync($"{Version}/sign-off", "#rationale", ("Form.Rationale", "The first one."));
        IHtmlDocument sheet = await rita.GetAsync($"{Version}/cases");
        int[] asked = [.. sheet.QuerySelectorAll("article h3 a").Select(link => int.Parse(link.GetAttribute("href")!.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture))];
        int free = Enumerable.Range(0, 400).First(row => !asked.Contains(row));

        IHtmlDocument silent = await rita.SubmitAsync($"{Version}/cases/{free}", "#case-note", ("Form.Answer", "disagree"));
        IHtmlDocument own = await rita.SubmitAsync($"{Version}/cases/{free}", "#case-note", ("Form.Answer", "disagree"), ("Form.Note", "The debts are low."));
        await rita.SubmitAsync($"{Version}/cases/{asked[0]}", "#case-note", ("Form.Answer", "agree"));

        Assert.Contains("Say why you disagree", silent.QuerySelector("#judgement [role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Rita Sample disagrees: The debts are low.", own.QuerySelector("#judgement")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(CaseReview.OwnChoice, own.QuerySelector("#judgement")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("The debts are low.", (await carl.GetAsync($"{Version}/cases/{free}")).Body!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith($"1 of {asked.Length} cases reviewed, 1 disagreed", (await rita.GetAsync($"{Version}/cases")).QuerySelector(".section-head h2")!.TextContent, StringComparison.Ordinal);
    }
}
