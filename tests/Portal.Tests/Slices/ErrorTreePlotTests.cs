using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using Governance.Audit.Slices;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Privacy;
using Governance.Portal.Features.Slices;

namespace Governance.Portal.Tests.Slices;

[Collection(PortalTests.Name)]
public sealed class ErrorTreePlotTests(SamplePortal portal)
{
    [Fact]
    public void Nodes_stand_below_their_parents_and_the_worst_confirmed_leaf_is_the_finding()
    {
        PlotDrawing drawing = ErrorTreePlot.Draw(Report(), where => $"/open?{where}");

        Assert.Equal("Where a > 1 and b = 'x', the error rate is 0.500 [0.400, 0.600] against 0.100 elsewhere, n = 40 held out", drawing.Title);
        JsonArray notes = drawing.Figure.Layout["annotations"]!.AsArray();
        Assert.Equal(["all rows", "a &gt; 1", "b = &#39;x&#39;", "b ≠ &#39;x&#39;", "a ≤ 1"], notes.Take(5).Select(note => note!["text"]!.GetValue<string>()));
        int[] shifts = [.. notes.Take(5).Select(note => note!["xshift"]!.GetValue<int>())];
        Assert.Equal([0, 14, 28, 28, 14], shifts.Select(shift => shift - shifts[0]));
        Assert.Equal(["confirmed", "not confirmed"], notes.Skip(5).Select(each => each!["text"]!.GetValue<string>().Replace("<b>", "", StringComparison.Ordinal).Replace("</b>", "", StringComparison.Ordinal)));
        Assert.Equal(["", "", "confirmed", "not confirmed", "did not stand out"], drawing.Table.Rows.Select(row => row[^1]));
        Assert.Equal(Report().Tree.Count, drawing.Figure.Data[1]!["x"]!.AsArray().Count);
        string?[] opened = [.. Report().Tree.Select(node => node.Parent is null ? null : $"/open?{node.Where}").Order(StringComparer.Ordinal)];
        Assert.All(drawing.Figure.Data, dots =>
            Assert.Equal(opened, dots!["customdata"]!.AsArray().Select(each => each?.GetValue<string>()).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Branches_lead_from_each_parent_to_its_children()
    {
        JsonNode[] lines = [.. ErrorTreeBranches.Of([0, 1, 2, 2, 1], 100, 14)];

        Assert.Equal([0.35, 1.35, 1.35, 0.35], lines.Where((_, at) => at % 2 == 0).Select(line => line["y0"]!.GetValue<double>()));
        Assert.Equal([1.0, 2, 3, 4], lines.Where((_, at) => at % 2 == 1).Select(line => line["y1"]!.GetValue<double>()));
        Assert.All(lines.Where((_, at) => at % 2 == 1), line => Assert.True(line["x0"]!.GetValue<int>() < line["x1"]!.GetValue<int>()));
    }

    [Fact]
    public void Without_a_confirmed_leaf_it_says_so()
    {
        SlicesReport report = Report();

        Assert.Equal(
            "None of the 3 leaves is worse beyond chance on rows that the tree was not grown on, n = 200",
            ErrorTreeWords.Finding(report with { Tree = [.. report.Tree.Select(node => node with { Confirmed = false })] }));
    }

    // A leaf of few held-out rows would tell of them, however many it was grown on.
    [Fact]
    public void A_tree_with_a_leaf_of_few_held_out_rows_is_shown_to_nobody_who_reads_no_personal_rows()
    {
        SlicesReport report = Report();

        Assert.Equal(3, OpenSlices.Conditions(report, 10).Count);
        Assert.Empty(OpenSlices.Conditions(report, 45));
        Assert.Empty(OpenSlices.Of(report, new HashSet<string>()).Tree);
    }

    [Fact]
    public async Task What_it_is_grown_by_stands_in_the_address_and_only_who_runs_audits_may_grow_it()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");
        using SignedInClient aude = await portal.SignInAsync("aude");

        IHtmlDocument page = await rita.GetAsync("/models/hmda_biased/versions/1/error-tree?metric=fpr&depth=2&rows=200");

        Assert.Equal(
            ["fpr", "2", "200"], new[] { "#metric", "#depth", "#rows" }.Select(select => Assert.IsAssignableFrom<IHtmlSelectElement>(page.QuerySelector(select)).Value));
        Assert.Contains("growing the tree", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Your role does not search", (await aude.GetAsync("/models/hmda_biased/versions/1/error-tree")).Body!.TextContent, StringComparison.Ordinal);
    }

    private static SlicesReport Report() => new()
    {
        Metric = "error_rate",
        Weighted = false,
        Split = new SliceSplit(0, 0.5, "label", 0),
        Discovery = new SliceFigure(200, 0.2, [0.15, 0.25]),
        HeldOut = new SliceFigure(200, 0.2, [0.15, 0.25]),
        Slices = [],
        Tree =
        [
            Node("", null, "", 200, false, 200), Node("a > 1", 0, "a > 1", 100, false, 90),
            Node("a > 1 and b = 'x'", 1, "b = 'x'", 50, true, 40) with { AdjustedPValue = 0.001, Confirmed = true, Difference = 0.4, DifferenceInterval = [0.2, 0.6] },
            Node("a > 1 and b != 'x'", 1, "b != 'x'", 50, true, 50) with { AdjustedPValue = 0.4, Difference = 0.05, DifferenceInterval = [-0.1, 0.2] },
            Node("a <= 1", 0, "a <= 1", 100, true, 110),
        ],
        Columns = ["a", "b"],
        Skipped = [],
        Evaluated = 5,
        Depth = 2,
        MinRows = 60,
        Alpha = 0.05,
        Level = 0.95,
    };

    private static ErrorTreeNode Node(string where, int? parent, string split, int rows, bool leaf, int heldOut) => new(where, parent, rows, 0.45, leaf)
    {
        Split = split,
        HeldOut = new SliceFigure(heldOut, 0.5, [0.4, 0.6]),
        HeldOutRest = 0.1,
        Difference = double.NaN,
        DifferenceInterval = null,
        AdjustedPValue = null,
    };
}
