using Governance.Audit.Data;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;
using Governance.Portal.Features.Fairness;
using Governance.Portal.Tests.Components;
using Governance.Registry.Policies;

namespace Governance.Portal.Tests.Fairness;

public sealed class FairnessPanelTests
{
    [Fact]
    public async Task Everything_that_is_known_of_an_attribute_opens_below_its_rates()
    {
        ComponentHost host = await RenderAsync(Report(FairnessTask.Binary), "impact-ratio");

        string[] regions = [.. host.AllByRole("region").Select(region => region.GetAttribute("aria-label") ?? "")];
        Assert.Contains("Worst pair of groups by metric, g", regions);
        Assert.Contains("Groups compared two by two, g", regions);
        Assert.Contains("The groups in the data itself, g", regions);
        Assert.Contains("How well other columns tell g, g", regions);
        Assert.Contains("Within the levels of the control columns, g", regions);
        Assert.Contains("Inequality of outcomes, all attributes", regions);
    }

    [Fact]
    public async Task A_report_of_numbers_shows_its_own_measures()
    {
        ComponentHost host = await RenderAsync(Report(FairnessTask.Regression), "impact-ratio");

        string[] links = [.. host.AllByRole("link").Select(link => Accessible.Words(link))];
        Assert.Contains("Mean error", links);
        Assert.DoesNotContain("Impact ratio", links);

        // Means have no Newcombe interval, and numbers no positive outcome.
        string text = host.Text;
        Assert.Contains("Zou and Donner", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Newcombe", text, StringComparison.Ordinal);
        Assert.DoesNotContain("“”", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_finding_is_said_once_and_the_plot_names_what_it_draws()
    {
        ComponentHost host = await RenderAsync(Report(FairnessTask.Binary), "impact-ratio");

        string[] headings = [.. host.AllByRole("heading").Select(heading => Accessible.Words(heading))];
        Assert.Equal(headings.Distinct(), headings);
        Assert.Contains("Impact ratio: one group beside its reference", headings);
    }

    private static async Task<ComponentHost> RenderAsync(FairnessReport report, string measure) => await ComponentHost.Create().RenderAsync<FairnessPanel>(
        ("Report", report), ("Findings", Array.Empty<Audit.Findings.Finding>()), ("Policy", PolicyPack.Default),
        ("Measure", ForestMeasure.Of(measure)), ("Address", "/x"), ("Evidence", Guid.Empty));

    private static FairnessReport Report(FairnessTask task) => MeasureFairness.Run(
        CsvTable.Parse("y,p,g,c,x\n" + string.Concat(Enumerable.Range(0, 120).Select(i => $"{i % 2},{i / 2 % 2},{"ab"[i / 60]},{"uv"[i % 2]},{i % 5}\n"))),
        new DecisionColumns { Label = "y", Prediction = "p", Positive = task == FairnessTask.Binary ? "1" : null },
        new FairnessOptions { Protected = ["g"], Control = ["c"], Proxies = true, Neighbours = 3, Task = task }, _ => { }, default);
}
