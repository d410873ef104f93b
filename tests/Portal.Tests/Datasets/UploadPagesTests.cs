using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Governance.Portal.Tests.Datasets;

[Collection(PortalTests.Name)]
public sealed class UploadPagesTests(SamplePortal portal)
{
    private static readonly byte[] Csv = "id,income,sex,deny\n1,30.5,f,yes\n2,41,m,no\n3,28,f,no\n"u8.ToArray();

    [Fact]
    public async Task Kinds_and_roles_are_guessed_and_corrected_before_they_are_fixed()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");

        IHtmlDocument columns = await dev.SendFileAsync("/datasets/new", "three.csv", Csv);
        Assert.Equal(
            ["Id", "Feature", "Protected", "Label"],
            columns.QuerySelectorAll<IHtmlSelectElement>("select[aria-label^='Role of']").Select(select => select.Value));
        Assert.Equal("yes", columns.QuerySelector<IHtmlInputElement>("#positive")!.Value);

        IHtmlDocument registered = await dev.SubmitAsync(
            dev.Address, "#favourable", ("Form.Name", "corrected"), ("Form.Title", "Three rows"), ("Form.Roles[1]", "Weight"), ("Form.Favourable", "no"));
        Assert.Equal("/datasets/corrected", dev.Address);
        Assert.Contains("weight", registered.QuerySelector("tbody tr:nth-child(2)")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_table_is_refused_with_its_line()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");

        IHtmlDocument page = await dev.SendFileAsync("/datasets/new", "ragged.csv", "a,b\n1,2\n3\n"u8.ToArray());

        Assert.Contains("3", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_goes_on_with_the_upload_of_another()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");
        using SignedInClient rita = await portal.SignInAsync("rita");
        await dev.SendFileAsync("/datasets/new", "three.csv", Csv);

        IHtmlDocument page = await rita.GetAsync(dev.Address);

        Assert.Contains("This upload cannot be continued", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reviewer_does_not_register_data()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument page = await rita.SendFileAsync("/datasets/new", "three.csv", Csv);

        Assert.Contains("Only developers register data sets.", page.QuerySelector("[role=alert]")!.Text(), StringComparison.Ordinal);
    }
}
