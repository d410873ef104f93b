using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using Governance.Portal.Tests.Answers;
using Governance.Registry.Alarms;
using Governance.Registry.Ledger;
using Governance.Registry.Protection;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Protection;

/// <summary>Somebody with a large budget on a linear model, gauged behind their answers.</summary>
[Collection(AnswerTests.Name)]
public sealed class GaugePanelTests(AnswerPortal portal)
{
    private const string Page = "/models/linear/versions/1/protection";

    [Fact]
    public async Task Who_could_rebuild_the_model_waits_for_the_owner_who_approves_so_many_units_or_refuses()
    {
        Assert.IsType<ProtectionOutcome.Changed>(await portal.Server.Services.GetRequiredService<ChooseBudget>().RunAsync(
            Actor.Person(portal["dev"]), "linear", portal["gale"], new WantedBudget(5_000, 5_000, 5_000, false), "A validation.", default));
        using SignedInClient gale = await portal.SignInAsync("gale");
        using SignedInClient dev = await portal.SignInAsync("dev");
        using SignedInClient rita = await portal.SignInAsync("rita");
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(gale, 200, 100)).Status);
        GaugeView view = await MarkedAsync();

        (HttpStatusCode status, JsonNode body) = await AskAsync(gale, 400, 1);
        (HttpStatusCode repeated, JsonNode free) = await AskAsync(gale, 210, 1);
        Assert.Equal((HttpStatusCode.Forbidden, "needs-approval"), (status, (string?)body["code"]));
        Assert.Contains("D. dev", (string?)body["detail"], StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, 0), (repeated, (int)free["units"]!));
        Assert.InRange(view.Reading!.Answers, 10, 100);
        Assert.Contains("G. gale asks for more answers of linear", (await dev.GetAsync("/")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Null((await rita.GetAsync(Page)).QuerySelector("#gauge"));

        IHtmlDocument approved = await dev.SubmitAsync(Page, "input[name=units]", ("units", "4"), ("reason", "A validation."));
        Assert.Contains("approved: 4 units left", approved.QuerySelector("#gauge")!.TextContent, StringComparison.Ordinal);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], [(await AskAsync(gale, 401, 1)).Status, (await AskAsync(gale, 402, 1)).Status]);
        (HttpStatusCode spent, JsonNode left) = await AskAsync(gale, 403, 1);
        Assert.Equal((HttpStatusCode.Forbidden, "needs-approval"), (spent, (string?)left["code"]));

        IHtmlDocument refused = await dev.SubmitAsync(Page, "input[name=_handler][value^=refuse-]", ("reason", "Enough."));
        Assert.Contains("Refused by D. dev", refused.QuerySelector("#gauge")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("approval-refused", (string?)(await AskAsync(gale, 404, 1)).Body["code"]);
    }

    private async Task<GaugeView> MarkedAsync()
    {
        GaugeQueries gauge = portal.Server.Services.GetRequiredService<GaugeQueries>();
        (Registry.Models.ModelId model, Registry.Versions.ModelVersionId version) = (await portal.ModelAsync("linear"), await portal.VersionAsync("linear"));
        GaugeView? view = null;
        for (int beat = 0; beat < 1_200 && view?.Mark is null; beat++)
        {
            await Task.Delay(50);
            view = (await gauge.OfVersionAsync(model, version, default)).FirstOrDefault(one => one.Principal == portal["gale"]);
        }

        Assert.True(view?.Mark is not null, $"{view?.Reading}");
        return view!;
    }

    private async Task<(HttpStatusCode Status, JsonNode Body)> AskAsync(SignedInClient client, int first, int count)
    {
        (HttpStatusCode status, JsonNode body, _) = await AnswerPortal.AskAsync(client, "linear", "predict", Enumerable.Range(first, count).Select(row => portal.Row(row)));
        return (status, body);
    }
}
