using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Governance.Portal.Tests.Datasets;

[Collection(PortalTests.Name)]
public sealed class DatasetPageTests(SamplePortal portal)
{
    [Fact]
    public async Task What_was_found_in_a_file_is_shown_before_and_after_it_is_registered()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");
        string rows = string.Concat(Enumerable.Range(0, 30).Select(i => $"{1000 + (i * 7)},{(i % 3 == 0 ? "NA" : i)},{(i % 2 == 0 ? "=cmd" : "x")},{(i % 4 == 0 ? "yes" : "no")}\n"));

        IHtmlDocument columns = await dev.SendFileAsync("/datasets/new", "found.csv", Encoding.UTF8.GetBytes("case,n,=f,deny\n" + rows));

        Assert.Equal(["Id", "Feature", "Feature", "Label"], columns.QuerySelectorAll<IHtmlSelectElement>("select[aria-label^='Role of']").Select(select => select.Value));
        Assert.Equal(["Numeric", "Numeric", "Categorical", "Boolean"], columns.QuerySelectorAll<IHtmlSelectElement>("select[aria-label^='Kind of']").Select(select => select.Value));
        Assert.Equal(["", "NA", "", ""], columns.QuerySelectorAll<IHtmlInputElement>("input[aria-label^='Marks']").Select(input => input.Value));
        Assert.Contains("begin like a spreadsheet formula", columns.QuerySelector(".note")!.TextContent, StringComparison.Ordinal);

        await dev.SubmitAsync(dev.Address, "#favourable", ("Form.Name", "found"), ("Form.Title", "Thirty rows"));
        IHtmlDocument page = await dev.GetAsync("/datasets/found");

        string[] second = [.. page.QuerySelectorAll("tbody tr:nth-child(2) > *").Select(cell => cell.TextContent).Take(7)];
        Assert.Equal(["n", "numeric", "feature", "empty, NA", "10", "33.33 %"], second[..6]);
        Assert.Contains("20 distinct", second[6], StringComparison.Ordinal);
        Assert.Contains("'=f,categorical,feature,,0,2,", await (await dev.CallAsync(HttpMethod.Get, "/datasets/found/columns.csv")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_that_does_not_fit_what_a_person_declared_is_refused_with_its_line()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");
        await dev.SendFileAsync("/datasets/new", "text.csv", "a,b\n1,x\nabc,y\n3,z\n"u8.ToArray());

        IHtmlDocument page = await dev.SubmitAsync(
            dev.Address, "#favourable", ("Form.Name", "declared"), ("Form.Title", "Three rows"), ("Form.Kinds[0]", "Numeric"));

        Assert.Contains("Line 3 of the data holds 'abc'", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_another_data_set_holds_too_are_counted_and_called_a_leak()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");
        string[] rows = [.. Enumerable.Range(0, 60).Select(i => $"{i * 0.37},{i % 5},{(i % 3 == 0 ? "yes" : "no")}")];
        foreach ((string name, string[] part) in ((string, string[])[])[("leak-train", rows[..50]), ("leak-test", rows[45..])])
        {
            await dev.SendFileAsync("/datasets/new", $"{name}.csv", Encoding.UTF8.GetBytes($"p,q,leaky\n{string.Join('\n', part)}\n"));
            await dev.SubmitAsync(dev.Address, "#favourable", ("Form.Name", name), ("Form.Title", name), ("Form.Roles[2]", "Label"));
        }

        IHtmlDocument page = await dev.GetAsync("/datasets/leak-test");

        Assert.Contains("5 of 15 rows (33.33 %) occur in leak-train, 5 of them with the same label", page.QuerySelector("section[aria-labelledby=duplicates] .note")!.TextContent, StringComparison.Ordinal);
    }
}
