using System.Net;
using AngleSharp.Html.Dom;

namespace Governance.Portal.Tests.Security;

[Collection(PortalTests.Name)]
public sealed class DownloadTests(SamplePortal portal)
{
    [Fact]
    public async Task What_is_downloaded_is_an_attachment_that_no_browser_shows()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");
        IHtmlDocument evidence = await rita.GetAsync("/models/hmda_biased/versions/1/evidence");
        string item = evidence.QuerySelectorAll("a[href*='/evidence/']").Select(link => link.GetAttribute("href")!.Split('?', '#')[0])
            .First(address => Guid.TryParse(address.Split('/')[^1], out _));
        string[] addresses = [$"{item}/findings.json", $"{item}/report.html", $"{item}/spec.yaml", "/datasets/hmda-test/columns.csv"];
        using HttpClientHandler handler = new() { CookieContainer = rita.Cookies };
        using HttpClient client = new(handler) { BaseAddress = portal.Address };

        foreach (string address in addresses)
        {
            using HttpResponseMessage response = await client.GetAsync(new Uri(address, UriKind.Relative));

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
            Assert.Matches("^\"?[A-Za-z0-9._-]+\"?$", response.Content.Headers.ContentDisposition.FileName);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.True(response.Headers.CacheControl!.NoStore);
        }
    }
}
