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

    // 300 lines of four fields are more than ASP.NET Core accepts by itself.
    [Fact]
    public async Task Hundreds_of_columns_are_described_one_by_one()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");
        string[] names = [.. Enumerable.Range(0, 300).Select(i => $"{(char)('a' + (i / 26))}{(char)('a' + (i % 26))}")];

        IHtmlDocument columns = await dev.SendFileAsync("/datasets/new", "many.csv", Table(names, 3));
        Assert.Equal(300, columns.QuerySelectorAll("select[aria-label^='Role of']").Length);
        IHtmlDocument registered = await dev.SubmitAsync(
            dev.Address, "#favourable", ("Form.Name", "many"), ("Form.Title", "Many columns"), ("Form.Roles[299]", "Weight"));

        Assert.Equal("/datasets/many", dev.Address);
        Assert.Contains("weight", registered.QuerySelector("tbody tr:last-child")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pixels_of_a_picture_are_described_as_one()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");
        string[] names = ["label", .. Enumerable.Range(0, 3 * 32 * 32).Select(i => $"px_{i / 1024}_{i / 32 % 32}_{i % 32}")];

        IHtmlDocument columns = await dev.SendFileAsync("/datasets/new", "pictures.csv", Table(names, 4));
        Assert.Equal(
            ["label", "px_0_0_0 to px_2_31_31 (3,072 columns)"],
            columns.QuerySelectorAll("tbody th").Select(cell => cell.TextContent));
        IHtmlDocument registered = await dev.SubmitAsync(dev.Address, "#favourable", ("Form.Name", "pictures"), ("Form.Title", "Pictures"));

        Assert.Equal("/datasets/pictures", dev.Address);
        Assert.Contains("3,073 columns", registered.QuerySelector("h2")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ["px_0_0_0 to px_2_31_31 (3,072 columns)", "numeric", "feature", "empty", "0", "0 %", "0 missing, 3 to 4 distinct in each"],
            registered.QuerySelectorAll("tbody tr:nth-child(2) > *").Select(cell => cell.TextContent));
    }

    [Fact]
    public async Task More_columns_than_a_page_can_describe_are_told_the_way_round()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");

        IHtmlDocument page = await dev.SendFileAsync(
            "/datasets/new", "words.csv", Table([.. Enumerable.Range(0, 1_001).Select(i => $"{(char)('a' + (i / 676))}{(char)('a' + (i / 26 % 26))}{(char)('a' + (i % 26))}")], 1));

        Assert.Contains("governance dataset add", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("form select"));
    }

    private static byte[] Table(string[] names, int rows) => System.Text.Encoding.UTF8.GetBytes(string.Join(
        '\n', [string.Join(',', names), .. Enumerable.Range(0, rows).Select(row => string.Join(',', names.Select((_, place) => row * (place % 7 == 0 ? 1 : row % 2))))]));

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
