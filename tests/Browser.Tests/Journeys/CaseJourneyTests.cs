using System.Text.RegularExpressions;
using Governance.Browser.Tests.Browsing;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Journeys;

/// <summary>A reviewer understands a declined application by the keyboard alone, and somebody else reads what they found.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class CaseJourneyTests(Chromium chromium, CasePortal portal) : IClassFixture<CasePortal>
{
    private const string Version = "/models/mortgage/versions/1";

    [SkippableFact]
    public async Task By_keyboard_alone_a_reviewer_finds_why_an_applicant_was_declined_and_a_second_person_reads_the_note_by_its_link()
    {
        const string Note = "Race moves this decision more than the debts do.";
        string link;
        await using (WatchedPage reviewer = await SignInAsync("rita"))
        {
            IPage page = reviewer.Page;
            await reviewer.GoAsync(Version + "/explain");
            await page.EnterAsync(page.GetByRole(AriaRole.Link, new() { Name = "One case", Exact = true }));
            await Assertions.Expect(page.Locator("#case-title")).ToContainTextAsync("Row 0 is decided as");

            await page.TypeIntoAsync(page.GetByLabel("Decided as", new() { Exact = true }), "yes");
            await page.EnterAsync(page.GetByRole(AriaRole.Button, new() { Name = "Go", Exact = true }));
            await Assertions.Expect(page.Locator("#case-title")).ToContainTextAsync("is decided as ‘yes’");
            await reviewer.DrawnAsync();
            await Assertions.Expect(page.Locator("#reasons")).ToContainTextAsync("principal reason");
            await reviewer.KeepAsync("case-why");

            await page.EnterAsync(page.GetByRole(AriaRole.Link, new() { Name = "What would change it" }));
            await Assertions.Expect(page.Locator("#ways")).ToContainTextAsync("The model would answer 'no' if");

            await page.EnterAsync(page.GetByRole(AriaRole.Link, new() { Name = "Others like it" }));
            await Assertions.Expect(page.Locator("#alike")).ToHaveTextAsync(Alike());

            await page.TabToAsync(page.GetByRole(AriaRole.Radio, new() { Name = "Agree", Exact = true }));
            await page.Keyboard.PressAsync("ArrowDown");
            await page.TypeIntoAsync(page.GetByLabel("Note", new() { Exact = true }), Note);
            await page.EnterAsync(page.GetByRole(AriaRole.Button, new() { Name = "Record my answer" }));
            await Assertions.Expect(page.Locator("#judgement")).ToContainTextAsync($"R. rita disagrees: {Note}");
            link = new Uri(page.Url).PathAndQuery;
            await reviewer.AssertSoundAsync();
        }

        await using WatchedPage second = await SignInAsync("carl");
        await second.GoAsync(link);
        await Assertions.Expect(second.Page.Locator("#alike")).ToHaveTextAsync(Alike());
        await Assertions.Expect(second.Page.Locator("#judgement")).ToContainTextAsync(Note);
        await second.AssertSoundAsync();
    }

    [SkippableFact]
    public async Task A_cell_is_edited_by_keyboard_the_answer_follows_and_undo_brings_it_back()
    {
        await using WatchedPage visit = await SignInAsync("rita");
        IPage page = visit.Page;
        await visit.GoAsync(Version + "/cases/5?show=try");
        await page.EnterAsync(page.GetByRole(AriaRole.Button, new() { Name = "Begin with this row" }));
        ILocator cell = page.GetByLabel("pirat shall be");
        await cell.WaitForAsync();
        string own = await cell.InputValueAsync();

        await page.TypeIntoAsync(cell, own == "0.9" ? "0.8" : "0.9");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.GetByText("Answered in")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "pirat" }).GetByText("● changed")).ToBeVisibleAsync();
        await visit.AssertSoundAsync();
        await visit.KeepAsync("case-try");
        await page.EnterAsync(page.GetByRole(AriaRole.Button, new() { Name = "Take the last edit back" }));
        await Assertions.Expect(cell).ToHaveValueAsync(own);
        await Assertions.Expect(page.GetByText("● changed")).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task Every_part_of_a_case_is_sound()
    {
        await using WatchedPage visit = await chromium.OpenAsync(portal.Address);
        await visit.SignInAsync("rita");
        List<string> faults = [];
        foreach (string query in (string[])["", "?plot=force", "?plot=decision", "?reference=approved&pick=near", "?show=change", "?show=try", "?show=alike", "?reference=own:afam"])
        {
            await visit.GoAsync($"{Version}/cases/3{query}");
            faults.AddRange(await visit.FindFaultsAsync($"case{Words().Replace(query, "-")}", Looks.Others));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
    }

    private async Task<WatchedPage> SignInAsync(string user)
    {
        WatchedPage visit = await chromium.OpenAsync(portal.Address);
        await visit.SignInAsync(user);
        return visit;
    }

    [GeneratedRegex("[0-9]+ of the 50 cases most like it are decided as ‘yes’ too: [0-9.]+ % \\[.*\\], (more|fewer) than among all rows|about as many as among all rows")]
    private static partial Regex Alike();

    [GeneratedRegex("[^a-z]+")]
    private static partial Regex Words();
}
