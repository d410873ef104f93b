using Governance.Portal.Components.Parts;

namespace Governance.Portal.Tests.Components;

public sealed class DataTableTests
{
    private static readonly (string Name, int? Count)[] Rows = [("b", 2), ("a", null), ("c", 10)];

    private static readonly TableColumn<(string Name, int? Count)>[] Columns =
    [
        new("Model", row => builder => builder.AddContent(0, row.Name)) { SortBy = row => row.Name, IsRowHead = true },
        new("Rows read", row => builder => builder.AddContent(0, row.Count)) { SortBy = row => row.Count, IsNumber = true },
        new("Note", _ => builder => builder.AddContent(0, "-")),
    ];

    [Theory]
    [InlineData("/models", "b,a,c")]
    [InlineData("/models?sort=model", "a,b,c")]
    [InlineData("/models?sort=-model", "c,b,a")]
    [InlineData("/models?sort=rows-read", "b,c,a")]
    [InlineData("/models?sort=-rows-read", "c,b,a")]
    [InlineData("/models?sort=nonsense", "b,a,c")]
    public async Task Is_sorted_as_the_address_says(string path, string expected)
    {
        ComponentHost host = await RenderAsync(path);

        Assert.Equal(expected, string.Join(',', host.AllByRole("rowheader").Select(Accessible.Words)));
    }

    [Fact]
    public async Task A_second_click_on_a_head_turns_the_order_round()
    {
        ComponentHost host = await RenderAsync("/models?q=x&sort=model");

        Assert.Equal("https://portal.test/models?q=x&sort=-model", host.ByRole("link", "Model").GetAttribute("href"));
        Assert.Equal("ascending", host.ByRole("columnheader", "Model").GetAttribute("aria-sort"));
        Assert.Null(host.ByRole("columnheader", "Rows read").GetAttribute("aria-sort"));
    }

    [Fact]
    public async Task Scrolls_in_a_region_with_a_name_that_the_keyboard_reaches()
    {
        ComponentHost host = await RenderAsync("/models");

        Assert.Equal("0", host.ByRole("region", "Models").GetAttribute("tabindex"));
        host.ByRole("table", "Models");
    }

    private static Task<ComponentHost> RenderAsync(string path) => ComponentHost.Create(path: path)
        .RenderAsync<DataTable<(string Name, int? Count)>>(("Label", "Models"), ("Rows", Rows), ("Columns", Columns));
}
