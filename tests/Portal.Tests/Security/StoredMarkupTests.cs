using AngleSharp.Dom;
using Governance.Portal.Tests.Accounts;

namespace Governance.Portal.Tests.Security;

/// <summary>ASVS 1.2.1, 3.2.2: every page that links lead to, as five people see it.</summary>
public sealed class StoredMarkupTests(MarkedPortal portal) : IClassFixture<MarkedPortal>
{
    private static readonly string[] People = ["dev", "rita", "carl", "aude", "ada"];

    [Fact]
    public async Task Markup_that_people_wrote_is_text_on_every_page()
    {
        List<string> faults = [];
        HashSet<string> shown = [];
        foreach (string person in People)
        {
            using Visitor visitor = new(portal.Server);
            await visitor.SignInAsync(person);
            foreach ((string path, IDocument page) in await CrawlAsync(visitor))
            {
                faults.AddRange(page.All.Where(IsAlive).Select(element => $"{person} {path}: {element.OuterHtml[..Math.Min(120, element.OuterHtml.Length)]}"));
                if (page.Body!.TextContent.Contains("<img src=x onerror=alert(", StringComparison.Ordinal))
                {
                    shown.Add(Kind(path));
                }
            }
        }

        Assert.Empty(faults);
        Assert.True(shown.Count >= 8, "It was seen as text on: " + string.Join(", ", shown));
    }

    [Fact]
    public async Task Looking_at_every_page_changes_nothing()
    {
        using Visitor ada = new(portal.Server);
        using Visitor dev = new(portal.Server);
        await ada.SignInAsync("ada");
        await dev.SignInAsync("dev");
        string[] before = await portal.LedgerAsync();

        await CrawlAsync(ada);
        await CrawlAsync(dev);

        Assert.Equal(before, await portal.LedgerAsync());
    }

    // A picture that does not exist, a handler in an attribute, or an element that only the markup could have made.
    private static bool IsAlive(IElement element) =>
        element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase))
        || (element.LocalName == "img" && element.GetAttribute("src") == "x");

    // "/models/marked/versions/1/overview" and its like are one page.
    private static string Kind(string path) => path.Split('?')[0];

    private static async Task<IReadOnlyList<(string Path, IDocument Page)>> CrawlAsync(Visitor visitor)
    {
        Queue<string> waiting = new(["/", "/account/tokens", "/admin/tokens", "/admin/service-accounts", "/admin/sign-in", "/publisher-keys"]);
        HashSet<string> seen = [.. waiting];
        List<(string, IDocument)> pages = [];
        while (waiting.TryDequeue(out string? path) && pages.Count < 120)
        {
            HttpResponseMessage response = await visitor.GetAsync(path);
            if (response.Content.Headers.ContentType?.MediaType != "text/html" || (int)response.StatusCode >= 300)
            {
                continue;
            }

            IDocument page = await Visitor.ReadAsync(response);
            pages.Add((path, page));
            foreach (string next in page.QuerySelectorAll("a[href]").Select(link => link.GetAttribute("href")!.Split('#')[0]))
            {
                if (next.StartsWith('/') && !next.StartsWith("//", StringComparison.Ordinal) && next != "/accounts/external" && seen.Add(next))
                {
                    waiting.Enqueue(next);
                }
            }
        }

        Assert.True(pages.Count >= 5, $"Only {pages.Count} pages were seen.");
        return pages;
    }
}
