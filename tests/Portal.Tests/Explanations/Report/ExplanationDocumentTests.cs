using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Portal.Features.Explanations.Report;
using Governance.Portal.Tests.CommandLine;

namespace Governance.Portal.Tests.Explanations.Report;

public sealed partial class ExplanationDocumentTests
{
    private const string Hostile = "<script>alert(1)</script>\"' onload=x & \u0001";

    [Fact]
    public void Holds_everything_inside_and_asks_no_network_for_anything()
    {
        string html = Write(Given.Report(0.2, ["income", "debt"], [[0.1, -0.05], [0.2, 0.01]], 0.02), Given.Numbers(("income", [1, 2]), ("debt", [3, 4])));

        Assert.DoesNotMatch(Outside(), html);
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain(" style=", html);
        Assert.Contains("default-src 'none'", html);
        Assert.DoesNotContain("@font-face", html);
    }

    [Fact]
    public void Hostile_names_and_cells_stay_text()
    {
        Table data = new([TextColumn.Of(Hostile, [Hostile, "b"]), new NumberColumn("debt", [3, 4])]);
        ExplanationReport report = Given.Report(0.2, [Hostile, "debt"], [[0.1, -0.05], [0.2, 0.01]]) with { Output = Hostile };

        string html = ExplanationDocument.Write(report, data, new ReportFacts(Hostile, [(Hostile, Hostile)], [new AuditWarning("x", Hostile)]));

        Assert.DoesNotContain("<script>alert", html);
        Assert.DoesNotContain("\u0001", html);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", html);
        Assert.NotNull(Body(html));
    }

    [Fact]
    public void Whiskers_and_hatches_follow_the_intervals()
    {
        ExplanationReport sampled = Given.Report(0.2, ["income", "debt"], [[0.1, 0.01]], halfWidth: 0.05);
        ExplanationReport exact = Given.Report(0.2, ["income", "debt"], [[0.1, 0.01]]);
        Table data = Given.Numbers(("income", [1]), ("debt", [3]));

        XElement[] bars = [.. Body(Write(sampled, data)).Descendants().Where(each => each.Name == "rect" && (each.Attribute("class")!.Value is "up" or "up open"))];

        Assert.Equal(["up", "up open"], bars.Select(bar => bar.Attribute("class")!.Value));
        Assert.Contains("class=\"whisker\"", Write(sampled, data));
        Assert.DoesNotContain("up open", Write(exact, data).Split("</style>")[1]);
    }

    [Fact]
    public void Bars_are_as_long_as_their_figures()
    {
        string html = Write(Given.Report(0, ["a", "b"], [[0.4, -0.1], [0.4, 0.1]]), Given.Numbers(("a", [1, 2]), ("b", [3, 4])));

        double[] widths = [.. Body(html).Descendants().Where(each => each.Attribute("class")?.Value.StartsWith("mass", StringComparison.Ordinal) == true)
            .Select(bar => double.Parse(bar.Attribute("width")!.Value, CultureInfo.InvariantCulture))];
        Assert.Equal(4, widths[0] / widths[1], 0.05);
    }

    [Fact]
    public void Outputs_that_are_no_numbers_and_wide_models_are_drawn_too()
    {
        string[] names = [.. Enumerable.Range(0, 300).Select(i => $"pixel {i}")];
        ExplanationReport wide = Given.Report(0.5, names, [[.. names.Select((_, i) => i / 1000.0)], [.. names.Select((_, i) => -i / 1000.0)]]);
        ExplanationReport broken = Given.Report(0.5, ["a"], [[double.NaN], [0.1]]);

        Assert.Contains("The first 20 of 300 features", Write(wide, Given.Numbers(("x", [1, 2]))));
        Assert.DoesNotContain("NaN", Write(broken, Given.Numbers(("a", [1, 2]))).Split("</style>")[1]);
    }

    [Fact]
    public async Task The_command_writes_one_file_with_digests_method_and_seed()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("governance-");
        string path = Path.Combine(folder.FullName, "out.html");
        string samples = Path.Combine(Governance.Tests.Reference.Repository, "samples");
        try
        {
            CommandRun run = await CommandRun.OfAsync(
                "explain", Path.Combine(samples, "models", "hmda_gbt", "model.onnx"), "--data", Path.Combine(samples, "hmda", "test.csv"),
                "--encoding", Path.Combine(samples, "models", "hmda_gbt", "manifest.json"), "--method", "kernel", "--samples", "256", "--row", "21,39,59", "--seed", "5",
                "--quality", "--no-cache", "--report", path, "--json", "-");

            Assert.True(run.Code == 0, run.Error);
            string html = await File.ReadAllTextAsync(path);
            Assert.Contains("2c87f7e0f88cb16cd2d3cb0a078ef6ab61d2e3537703322bed5152b442438883", html);
            Assert.Contains("<td>5</td>", html);
            Assert.Contains("id=\"row-21\"", html);
            Assert.Equal(3, Body(html).Descendants().Count(each => each.Attribute("id")?.Value.StartsWith("row-", StringComparison.Ordinal) == true));
            Assert.Equal(3, run.Json.GetProperty("quality").GetProperty("rows").GetArrayLength());
            Assert.Equal(13, run.Json.GetProperty("global")[0].GetProperty("outranks").GetArrayLength());
            Assert.Contains("Faithfulness:", run.Error);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Write(ExplanationReport report, Table data) =>
        ExplanationDocument.Write(report, data, new ReportFacts("model.onnx", [("Model", "model.onnx")], []));

    // Everything behind the head is well-formed, so that nothing in a name or a cell broke out of its place.
    private static XElement Body(string html) => XElement.Parse(BodyPart().Match(html).Value.Replace("&nbsp;", " ", StringComparison.Ordinal));

    [GeneratedRegex("<body>.*</body>", RegexOptions.Singleline)]
    private static partial Regex BodyPart();

    [GeneratedRegex("https?:|//[a-z]|@import|url\\((?!#)", RegexOptions.IgnoreCase)]
    private static partial Regex Outside();
}
