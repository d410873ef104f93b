using System.Text.Json.Nodes;
using Governance.Audit.Explanations;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Cases;
using Governance.Portal.Tests.Explanations;

namespace Governance.Portal.Tests.Cases;

public sealed class CasePlotTests
{
    [Fact]
    public void Both_forces_meet_at_the_output_and_their_ends_lie_as_far_apart_as_they_push()
    {
        CaseExplanation one = CaseExplanation.Computed(Given.Report(0.2, ["a", "b", "c", "d"], [[0.3, -0.1, 0.05, -0.2]]), null);

        PlotDrawing drawing = ForcePlot.Draw(one, _ => "1", 0.5);

        JsonNode[] up = [.. drawing.Figure.Data.Where(piece => piece!["y"]![0]!.GetValue<string>() == "pushes up")!];
        JsonNode[] down = [.. drawing.Figure.Data.Where(piece => piece!["y"]![0]!.GetValue<string>() == "pushes down")!];
        Assert.Equal(["c", "a"], up.Select(piece => piece["name"]!.GetValue<string>()));
        Assert.Equal(["d", "b"], down.Select(piece => piece["name"]!.GetValue<string>()));
        Assert.Equal(0.25, End(up[^1]), 1e-12);
        Assert.Equal(0.25, Start(down[0]), 1e-12);
        Assert.Equal(0.25 - 0.35, Start(up[0]), 1e-12);
        Assert.Equal(0.25 + 0.3, End(down[^1]), 1e-12);
        Assert.Equal("0.350 pushes up and 0.300 pushes down: from the average of 0.200 to 0.250 probability of yes", drawing.Title);
        Assert.Equal(4, drawing.Table.Rows.Count);
    }

    [Fact]
    public void A_long_side_is_folded_and_pushes_as_far()
    {
        double[] values = [.. Enumerable.Range(1, 30).Select(i => 1.0 / i)];
        CaseExplanation one = CaseExplanation.Computed(Given.Report(0, [.. Enumerable.Range(0, 30).Select(i => $"f{i}")], [values]), null);

        IReadOnlyList<ForcePart> parts = ForcePart.Of(one, _ => null, raises: true, 8);

        Assert.Equal("22 others", parts[^1].Feature);
        Assert.Equal(values.Sum(), parts.Sum(part => part.Push), 1e-12);
    }

    [Fact]
    public void The_path_ends_at_the_output_and_its_title_names_where_it_last_crosses_the_threshold()
    {
        ExplanationReport report = Given.Report(0.2, ["a", "b", "c"], [[0.5, -0.1, 0.2], [0.1, 0.1, 0.1]]);
        CaseExplanation one = CaseExplanation.Sealed(report, 0, null)!;

        PlotDrawing drawing = DecisionPathPlot.Draw(one, [CaseExplanation.Sealed(report, 1, null)!, one], feature => feature, 0.5);

        Assert.Equal(2, drawing.Figure.Data.Count);
        double[] own = [.. drawing.Figure.Data[1]!["x"]!.AsArray().Select(x => x!.GetValue<double>())];
        Assert.Equal([0.2, 0.1, 0.3, 0.8], own.Select(x => Math.Round(x, 12)));
        Assert.StartsWith("With a = a the output crosses the threshold of 0.50 for the last time, on its way to 0.800", drawing.Title, StringComparison.Ordinal);
        Assert.Equal(["Average", "", "0.200"], drawing.Table.Rows[0]);
        Assert.Equal(["a = a", "+0.500", "0.800"], drawing.Table.Rows[^1]);
    }

    [Fact]
    public void A_row_explained_for_its_own_class_is_read_with_the_average_of_that_class()
    {
        ExplanationReport report = Given.Report(0, ["a"], [[0.3]]) with
        {
            Classes = ["low", "mid", "high"], ClassIndex = null, BaseValue = [0.1, 0.2, 0.7],
            Rows = [new ExplainedRow { Row = 4, ClassIndex = 1, Prediction = [0.5], Values = [[0.3]], AdditivityResidual = [0] }],
        };

        CaseExplanation one = CaseExplanation.Sealed(report, 4, null)!;

        Assert.Equal(("mid", 0.2, 0.5), (one.Class, one.Report.BaseValue[0], one.Row.Prediction[0]));
        Assert.NotNull(CaseExplanation.Sealed(report, 4, "mid"));
        Assert.Null(CaseExplanation.Sealed(report, 4, "high"));
        Assert.Null(CaseExplanation.Sealed(report, 5, null));
    }

    [Fact]
    public void Of_all_classes_the_one_asked_for_is_read_and_a_reference_of_its_own_is_its_average()
    {
        ExplanationReport report = Given.Report(0, ["a"], [[0.3]]) with
        {
            Classes = ["low", "high"], ClassIndex = null, BaseValue = [0.4, 0.6],
            Rows = [new ExplainedRow { Row = 0, BaseValue = [0.45, 0.55], Prediction = [0.2, 0.8], Values = [[-0.25], [0.25]], AdditivityResidual = [0, 0] }],
        };

        Assert.Equal(("low", 0.45), (CaseExplanation.Sealed(report, 0, "low")!.Class, CaseExplanation.Sealed(report, 0, "low")!.Report.BaseValue[0]));
        Assert.Equal(("high", 0.55), (CaseExplanation.Computed(report, null).Class, CaseExplanation.Computed(report, null).Report.BaseValue[0]));
    }

    private static double Start(JsonNode piece) => piece["base"]![0]!.GetValue<double>();

    private static double End(JsonNode piece) => Start(piece) + piece["x"]![0]!.GetValue<double>();
}
