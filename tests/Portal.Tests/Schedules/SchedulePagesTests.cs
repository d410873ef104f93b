using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Dom;
using Governance.Portal.CommandLine;
using Governance.Registry.Schedules;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Schedules;

/// <summary>Schedules through the pages and the API of a real portal: made, run twice, compared, paused.</summary>
[Collection(PortalTests.Name)]
public sealed class SchedulePagesTests(SamplePortal portal)
{
    private const string Model = "scheduled";

    private const string Spec = """
        governance: audit/1
        name: quarterly
        seed: 7
        model: { version: scheduled/1 }
        data:
          evaluation: { dataset: hmda-test }
          background: { dataset: hmda-train, rows: 20 }
        fairness: { attributes: [afam] }
        performance: { metrics: [accuracy, roc_auc] }
        gates:
          - { id: auc, metric: performance.roc_auc, atLeast: 0.70 }
        schedule: { cron: "0 0 6 1 1,4,7,10 ?", timezone: Europe/Berlin }
        """;

    [Fact]
    public async Task An_operator_makes_a_schedule_runs_it_twice_and_sees_first_what_changed()
    {
        await portal.RegisterAsync(Model, "hmda_fair");
        using SignedInClient otto = await portal.SignInAsync("otto");
        Assert.Contains("No audit is overdue", (await otto.GetAsync("/audits")).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        IHtmlDocument refused = await SubmitAsync(otto, "scheduled/1", ("Form.Cron", "0/5 * * * * ?"));
        Assert.Contains("more than once a minute", refused.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);

        IHtmlDocument page = await SubmitAsync(otto, "scheduled/1");
        Assert.Equal("quarterly", page.QuerySelector("h1")!.TextContent);
        string address = otto.Address;
        ScheduleId id = new(Guid.Parse(address.Split('/')[^1]));
        for (int run = 0; run < 2; run++)
        {
            await otto.SubmitAsync(address, "section[aria-labelledby=run-now] button");
            await UntilSettledAsync(id, run + 1);
        }

        page = await otto.GetAsync(address);
        Assert.Contains("No finding changed its verdict", page.QuerySelector("section[aria-labelledby=changes]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.QuerySelectorAll("section[aria-labelledby=runs] li").Length);
        Assert.Equal("changes", page.QuerySelectorAll("main section[aria-labelledby]")[0].GetAttribute("aria-labelledby"));
        Assert.Contains("quarterly", (await otto.GetAsync("/audits")).QuerySelector("section[aria-labelledby=calendar]")!.TextContent, StringComparison.Ordinal);
        Assert.NotEmpty((await otto.GetAsync("/audits?month=2027-01")).QuerySelectorAll(".calendar td li"));
        Assert.Contains("quarterly", (await otto.GetAsync("/models/scheduled/versions/1/history")).QuerySelector("section[aria-labelledby=calendar-days]")!.TextContent, StringComparison.Ordinal);

        page = await otto.SubmitAsync(address, "section[aria-labelledby=step] button", ("Form.Kind", "Paused"), ("Form.Reason", ""));
        Assert.Contains("Say why", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        page = await otto.SubmitAsync(address, "section[aria-labelledby=step] button", ("Form.Kind", "Paused"), ("Form.Reason", "The data moves."));
        Assert.Contains("The data moves.", page.QuerySelector("section[aria-labelledby=steps]")!.TextContent, StringComparison.Ordinal);
        using SignedInClient rita = await portal.SignInAsync("rita");
        Assert.Null((await rita.GetAsync(address)).QuerySelector("form[method=post] [name='Form.Kind']"));
        using SignedInClient coen = await portal.SignInAsync("coen");
        Assert.Equal(HttpStatusCode.NotFound, await coen.StatusAsync(address));
    }

    [Fact]
    public async Task A_program_makes_lists_and_removes_a_schedule()
    {
        await portal.RegisterAsync("programmed", "hmda_fair");
        string spec = Spec.Replace("scheduled/1", "programmed/1", StringComparison.Ordinal);
        using SignedInClient otto = await portal.SignInAsync("otto");
        HttpResponseMessage made = await otto.CallAsync(HttpMethod.Post, "/api/v1/schedules", JsonContent.Create(
            new { model = "programmed", version = 1, name = "by program", trigger = "clock", cron = "0 0 5 * * ?", timeZone = "UTC", spec }));
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Guid id = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();

        JsonElement listed = JsonSerializer.Deserialize<JsonElement>(await otto.DownloadAsync("/api/v1/schedules"));
        Assert.Contains(listed.EnumerateArray(), each => each.GetProperty("id").GetGuid() == id && each.GetProperty("state").GetString() == "active");
        HttpResponseMessage silent = await otto.CallAsync(HttpMethod.Post, $"/api/v1/schedules/{id}/remove", JsonContent.Create(new { reason = " " }));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.StatusCode);
        HttpResponseMessage removed = await otto.CallAsync(HttpMethod.Post, $"/api/v1/schedules/{id}/remove", JsonContent.Create(new { reason = "Not needed." }));
        Assert.Equal("removed", (await removed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString());
        HttpResponseMessage late = await otto.CallAsync(HttpMethod.Post, $"/api/v1/schedules/{id}/run-now");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        using SignedInClient dev = await portal.SignInAsync("dev");
        HttpResponseMessage forbidden = await dev.CallAsync(HttpMethod.Post, "/api/v1/schedules", JsonContent.Create(
            new { model = "programmed", version = 1, trigger = "clock", cron = "0 0 5 * * ?", spec }));
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
    }

    [Fact]
    public async Task A_worker_on_SQLite_is_refused_in_words()
    {
        using StringWriter output = new();
        using StringWriter error = new();

        Assert.Equal(2, await GovernanceCommand.RunAsync(["worker", "--data", Path.GetTempPath()], output, error, default));
        Assert.Contains("PostgreSQL", error.ToString(), StringComparison.Ordinal);
    }

    private static Task<IHtmlDocument> SubmitAsync(SignedInClient client, string of, params (string, string)[] more) => client.SubmitAsync(
        "/audits/schedules/new", "#schedule-spec", [("Form.Of", of), ("Form.Trigger", "Clock"), ("Form.Spec", Spec), .. more]);

    // The queue works through the audit; the clock's look then settles the run.
    private async Task UntilSettledAsync(ScheduleId id, int count)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));
        while ((await portal.Services.GetRequiredService<ScheduleQueries>().RunsAsync([id], null, null, 10, default))
            .Count(run => run.Row.Status == ScheduleRunStatus.Done) < count)
        {
            await Task.Delay(200, patience.Token);
        }
    }
}
