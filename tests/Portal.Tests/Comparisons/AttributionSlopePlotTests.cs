using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Comparisons;

namespace Governance.Portal.Tests.Comparisons;

public sealed class AttributionSlopePlotTests
{
    // A place far down brings all places above it onto the axis: each name keeps its height, and few of the places are written.
    [Theory]
    [InlineData(13, 13)]
    [InlineData(66, 14)]
    [InlineData(400, 14)]
    public void Places_far_down_neither_crowd_the_axis_nor_the_names(int features, int ticks)
    {
        ComparedFeature[] all = [.. Enumerable.Range(1, features).Select(place => new ComparedFeature($"f{place}", place, place == 1 ? features : place - 1, 0.5, 0.4))];

        PlotDrawing drawing = AttributionSlopePlot.Draw(new ComparedAttributions(all, 0.9, [], []), "a", "b");

        Assert.InRange(drawing.Figure.Layout["yaxis"]!["tickvals"]!.AsArray().Count, 2, ticks);
        Assert.InRange(drawing.Height, Math.Min(features, 80) * 12, 1_600);
    }
}
