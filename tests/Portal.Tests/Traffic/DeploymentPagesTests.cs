using System.Net;
using AngleSharp.Html.Dom;
using Governance.Audit.Traffic;
using Governance.Registry.Deployments;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Traffic;

/// <summary>The pages of deployments, as people of several roles see them.</summary>
[Collection(PortalTests.Name)]
public sealed class DeploymentPagesTests(SamplePortal portal)
{
    [Fact]
    public async Task The_page_counts_what_came_and_hides_protected_columns_from_whoever_may_not_see_them()
    {
        DeploymentId deployment = await GivenTraffic.DeployAsync(portal.Services, "hmda_fair", "hmda-train");
        await portal.Services.GetRequiredService<IngestFile>().RowsAsync(
            deployment, System.Text.Encoding.UTF8.GetBytes(GivenTraffic.Csv(0, 200, 3)), new TrafficNames(), null, default);
        string address = $"/deployments/{deployment}?from=2026-03-01&to=2026-03-05";
        using SignedInClient otto = await portal.SignInAsync("otto");
        using SignedInClient dev = await portal.SignInAsync("dev");

        string seen = (await otto.GetAsync(address)).Body!.TextContent;
        string developers = (await dev.GetAsync(address)).Body!.TextContent;

        Assert.Contains("200 rows in this window", seen, StringComparison.Ordinal);
        Assert.Contains("pirat", developers, StringComparison.Ordinal);
        Assert.All((string[])[seen, developers], page => Assert.DoesNotContain("afam", page, StringComparison.Ordinal));
        Assert.Contains("Erase somebody", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("Erase somebody", developers, StringComparison.Ordinal);
        Assert.Contains("hmda_fair in production", (await otto.GetAsync("/deployments")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_not_deployed_and_the_page_says_why()
    {
        using SignedInClient otto = await portal.SignInAsync("otto");

        IHtmlDocument refused = await otto.SubmitAsync(
            "/models/hmda_biased/versions/1", "#deploy-environment",
            ("Form.Environment", "production"), ("Form.Role", "Champion"), ("Form.Share", "1"), ("Form.Reference", ""));

        Assert.Contains("Only an approved version may be deployed", refused.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_whom_the_model_does_not_exist_its_deployment_does_not_either()
    {
        DeploymentId deployment = await GivenTraffic.DeployAsync(portal.Services, "hmda_fair");
        using SignedInClient coen = await portal.SignInAsync("coen");

        Assert.Equal(HttpStatusCode.NotFound, await coen.StatusAsync($"/deployments/{deployment}"));
        Assert.DoesNotContain($"{deployment}", (await coen.GetAsync("/deployments")).DocumentElement.OuterHtml, StringComparison.Ordinal);
    }
}
