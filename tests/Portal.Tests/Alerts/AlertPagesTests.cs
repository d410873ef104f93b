using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Governance.Portal.Tests.CommandLine;
using Governance.Registry.Alerts;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Alerts;

/// <summary>The pages of alerts and their command, on the sample models; what is raised is settled again.</summary>
[Collection(PortalTests.Name)]
public sealed class AlertPagesTests(SamplePortal portal)
{
    private static readonly DateTimeOffset Start = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);

    [SkippableFact]
    public async Task An_alert_is_listed_taken_up_and_settled_in_the_browser()
    {
        AlertId id = await RaiseAsync("pages", windows: 2);
        using SignedInClient otto = await portal.SignInAsync("otto");

        IHtmlDocument list = await otto.GetAsync("/alerts?state=unsettled&severity=Critical&model=hmda_fair");
        IElement row = Assert.Single(list.QuerySelectorAll("tbody tr"), each => each.TextContent.Contains("pages", StringComparison.Ordinal));
        Assert.Contains("critical", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("1 Feb 2026", (await otto.GetAsync($"/alerts/{id}")).QuerySelector("dl.facts")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(id.ToString(), (await otto.GetAsync("/")).QuerySelector("ul.work")!.InnerHtml, StringComparison.Ordinal);
        Assert.Contains(id.ToString(), (await otto.GetAsync("/models/hmda_fair/versions/1/overview")).QuerySelector(".note")!.InnerHtml, StringComparison.Ordinal);

        IHtmlDocument taken = await otto.SubmitAsync($"/alerts/{id}", "#step-text", ("Form.Kind", "Acknowledge"));
        Assert.Contains("Otto Sample took it up", Words(taken.QuerySelector("ul.thread")!), StringComparison.Ordinal);
        IHtmlDocument refused = await otto.SubmitAsync($"/alerts/{id}", "#step-text", ("Form.Kind", "Accept"), ("Form.Text", "Known."));
        Assert.Contains("has an end on a day to come", refused.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        string day = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(9).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        IHtmlDocument settled = await otto.SubmitAsync($"/alerts/{id}", "#step-text", ("Form.Kind", "Accept"), ("Form.Text", "A known season <b>."), ("Form.Until", day));
        Assert.Contains("accepted until", Words(settled.QuerySelector("dl.facts")!), StringComparison.Ordinal);
        Assert.Contains("A known season <b>.", settled.QuerySelector("ul.thread")!.TextContent, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Whoever_does_not_see_the_version_does_not_see_its_alerts_and_auditors_only_read()
    {
        AlertId id = await RaiseAsync("rights", windows: 1);
        using SignedInClient coen = await portal.SignInAsync("coen");
        using SignedInClient aude = await portal.SignInAsync("aude");

        Assert.Equal(HttpStatusCode.NotFound, await coen.StatusAsync($"/alerts/{id}"));
        Assert.DoesNotContain(id.ToString(), (await coen.GetAsync("/alerts")).QuerySelector("main")!.InnerHtml, StringComparison.Ordinal);
        IHtmlDocument page = await aude.GetAsync($"/alerts/{id}");
        Assert.Null(page.QuerySelector("form[method=post] #step-text"));
        await SettleAsync(id);
    }

    [SkippableFact]
    public async Task The_command_lists_takes_up_mutes_and_settles()
    {
        AlertId id = await RaiseAsync("command", windows: 1);

        CommandRun list = await RunAsync("list", "--state", "unsettled", "--model", "hmda_fair", "--as", "otto", "--json", "-");
        Assert.Contains(list.Json.GetProperty("alerts").EnumerateArray(), each => each.GetProperty("id").GetGuid() == id.Value);
        Assert.Equal("governance/alert-list/1", list.Json.GetProperty("schema").GetString());
        Assert.Equal(0, (await RunAsync("acknowledge", id.ToString(), "--as", "otto")).Code);
        Assert.Equal(0, (await RunAsync("mute", id.ToString(), "--reason", "The feed is mended.", "--until", Day(5), "--as", "otto")).Code);
        Assert.Contains("an end", (await RunAsync("resolve", id.ToString(), "--state", "accepted", "--reason", "Known.", "--as", "otto")).Error, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("resolve", id.ToString(), "--state", "gone", "--reason", "Known.", "--as", "otto")).Code);
        Assert.Equal(2, (await RunAsync("mute", "17", "--reason", "Known.", "--until", Day(5), "--as", "otto")).Code);
        Assert.Equal(2, (await RunAsync("acknowledge", id.ToString(), "--as", "coen")).Code);
        CommandRun fixedRun = await RunAsync("resolve", id.ToString(), "--state", "fixed", "--reason", "The feed is whole again.", "--as", "otto", "--json", "-");
        Assert.Equal(("fixed", "The feed is whole again."), (fixedRun.Json.GetProperty("alert").GetProperty("state").GetString(),
            fixedRun.Json.GetProperty("alert").GetProperty("steps").EnumerateArray().Last().GetProperty("reason").GetString()));
    }

    [SkippableFact]
    public async Task An_administrator_adds_a_webhook_sees_its_secret_once_and_ends_it()
    {
        using SignedInClient ada = await portal.SignInAsync("ada");
        IHtmlDocument refused = await ada.SubmitAsync("/admin/destinations", "#name", ("Form.Name", "Inner"), ("Form.Address", "https://10.0.0.1/"));
        Assert.Contains("inner network", refused.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);

        IHtmlDocument added = await ada.SubmitAsync(
            "/admin/destinations", "#name", ("Form.Name", "Pager"), ("Form.Address", "http://127.0.0.1:9/hook"), ("Form.Inner", "true"), ("Form.Least", "Critical"));
        Assert.StartsWith("whsec_", added.QuerySelector("#new-secret")!.TextContent, StringComparison.Ordinal);
        IHtmlDocument again = await ada.GetAsync("/admin/destinations");
        Assert.Null(again.QuerySelector("#new-secret"));
        Assert.Contains("Pager", again.QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        IElement end = Assert.Single(again.QuerySelectorAll("button"), button => button.TextContent.StartsWith("End it", StringComparison.Ordinal));
        string form = end.Closest("form")!.QuerySelector("input[name=_handler]")!.GetAttribute("value")!;
        IHtmlDocument ended = await ada.SubmitAsync("/admin/destinations", $"input[value='{form}']");
        Assert.Contains("its secret is erased", ended.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    private async Task<AlertId> RaiseAsync(string monitor, int windows)
    {
        ModelVersionId version = await portal.VersionAsync("hmda_fair", 1);
        AlertId? id = null;
        for (int day = 0; day < windows; day++)
        {
            id = (await portal.Services.GetRequiredService<RaiseAlert>().RunAsync(
                new AlertSignal
                {
                    Source = new AlertSource(AlertSourceKind.Monitor, "test"), Topic = AlertTopic.Quality, Version = version, Monitor = monitor, Column = monitor,
                    WindowFrom = Start.AddDays(day), WindowTo = Start.AddDays(day + 1), Severity = AlertSeverity.Warning, Sentence = $"{monitor}: 12 % of the cells are missing (reference 0.4 %).",
                },
                default)).Entry.Alert.Id;
        }

        return id!.Value;
    }

    private async Task SettleAsync(AlertId id) => Assert.IsType<AlertOutcome.Recorded>(await portal.Services.GetRequiredService<StepAlert>().RunAsync(
        Actor.Person(portal["otto"]), new NewAlertStep(id, AlertStepKind.Explain, "A test."), default));

    private Task<CommandRun> RunAsync(params string[] args)
    {
        RegistryOptions options = portal.Services.GetRequiredService<RegistryOptions>();
        Skip.If(options.ConnectionString is not null, "The command would need the connection string of PostgreSQL.");
        return CommandRun.OfAsync(["alert", .. args, "--data", options.DataFolder]);
    }

    private static string Day(int from) => TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(from).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
