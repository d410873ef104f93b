using AngleSharp.Html.Dom;
using Governance.Portal.Features.Drift;
using Governance.Registry.Evidence;
using Governance.Registry.Versions;
using Governance.Tests;

namespace Governance.Portal.Tests.Drift;

[Collection(PortalTests.Name)]
public sealed class DriftPageTests(SamplePortal portal)
{
    private const string Page = "/models/drift_probe/versions/1/drift";

    [Fact]
    public async Task A_data_set_is_compared_from_the_page_and_the_sealed_comparison_decides_nothing()
    {
        ModelVersionId version = await portal.RegisterAsync("drift_probe", "hmda_logreg");
        using SignedInClient rita = await portal.SignInAsync("rita");
        using SignedInClient aude = await portal.SignInAsync("aude");
        IHtmlDocument before = await rita.GetAsync(Page);

        IHtmlDocument same = await rita.SubmitAsync(Page, "#drift-reference", ("Form.Reference", "hmda-train"), ("Form.Current", "hmda-train"));
        await rita.SubmitAsync(Page, "#drift-reference", ("Form.Reference", "hmda-train"), ("Form.Current", "hmda-test"));
        EvidenceRecord record = await portal.Services.SealedAsync(
            runs => runs.Where(run => run.Version == version && run.Title == "Drift of hmda-test against hmda-train"));
        IHtmlDocument page = await rita.GetAsync(Page);
        IHtmlDocument masked = await aude.GetAsync(Page);
        IHtmlDocument explain = await rita.GetAsync("/models/drift_probe/versions/1/explain");

        Assert.Contains("No data set has been compared with a reference yet", before.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Choose two different data sets.", same.Body!.TextContent, StringComparison.Ordinal);
        Assert.False(record.Decides);
        Assert.Contains("measured columns drifted", page.QuerySelector("#drift-title")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("reference hmda-train", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("gov-plot[name=drift-0]"));
        Assert.Contains("pirat", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Null(masked.QuerySelector("#drift-reference"));
        Assert.DoesNotContain("Drift of hmda-test", explain.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(DriftCheck.TitleStart + "hmda-test against hmda-train", record.Title);
    }
}
