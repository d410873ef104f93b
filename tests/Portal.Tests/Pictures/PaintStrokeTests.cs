using Governance.Audit.WhatIf;
using Governance.Portal.Features.Pictures;

namespace Governance.Portal.Tests.Pictures;

public sealed class PaintStrokeTests
{
    // 2 × 3 pixels: whole numbers from 0 to 16, a masked one, and one that is 3 already.
    private static readonly EditableColumn[] Columns =
    [
        Number("p0", "0"), Number("p1", "3"), Number("p2", "16"), Number("p3", "5"), new("p4", null, true), Number("p5", "0") with { High = 8 },
    ];

    [Fact]
    public void Painted_pixels_become_the_nearest_number_that_their_cell_may_be()
    {
        Dictionary<string, string> cells = PaintStroke.Add("0,0=12.4;1,2=12;0,2=-3", GivenPicture.Picture(2, 3), Columns, new Dictionary<string, string>());

        Assert.Equal(new Dictionary<string, string> { ["p0"] = "12", ["p5"] = "8", ["p2"] = "0" }, cells);
    }

    [Fact]
    public void Earlier_strokes_stay_and_a_pixel_painted_back_is_no_edit()
    {
        Dictionary<string, string> cells = PaintStroke.Add(
            "0,1=3;1,0=7", GivenPicture.Picture(2, 3), Columns, new Dictionary<string, string> { ["p0"] = "4", ["p1"] = "9" });

        Assert.Equal(new Dictionary<string, string> { ["p0"] = "4", ["p3"] = "7" }, cells);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1,1=9")] // masked
    [InlineData("5,5=9;-1,0=9;0=9;0,0=x;0,0=NaN;0,0;=;,,,")]
    public void What_is_masked_outside_or_unreadable_changes_nothing(string stroke) =>
        Assert.Empty(PaintStroke.Add(stroke, GivenPicture.Picture(2, 3), Columns, new Dictionary<string, string>()));

    [Fact]
    public void All_channels_of_a_pixel_are_painted_alike()
    {
        EditableColumn[] columns = [.. Enumerable.Range(0, 12).Select(i => Number($"p{i}", "0"))];

        Dictionary<string, string> cells = PaintStroke.Add("1,0=6", GivenPicture.Picture(3, 2, 2), columns, new Dictionary<string, string>());

        Assert.Equal(["p10", "p2", "p6"], cells.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Steps_of_tenths_stay_tenths()
    {
        EditableColumn[] columns = [.. Enumerable.Range(0, 6).Select(i => new EditableColumn($"p{i}", "0", false) { Low = 0, High = 1, Step = 0.1 })];

        Assert.Equal("0.3", PaintStroke.Add("0,0=0.29999999", GivenPicture.Picture(2, 3), columns, new Dictionary<string, string>())["p0"]);
    }

    private static EditableColumn Number(string name, string own) => new(name, own, false) { Low = 0, High = 16, Step = 1 };
}
