using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using Governance.Audit.Data;
using Governance.Portal.Tests.Answers;
using Governance.Portal.Tests.CommandLine;
using Governance.Registry.Alarms;
using Governance.Registry.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Alarms;

/// <summary>A thief at the real API, and what the pages of alarms do about it.</summary>
[Collection(AnswerTests.Name)]
public sealed class ThiefTests(AnswerPortal portal)
{
    private readonly Random random = new(5);

    [Fact]
    public async Task A_thief_gets_decisions_alone_until_they_confirm_and_the_owner_releases_and_others_go_on()
    {
        using SignedInClient theo = await portal.SignInAsync("theo");
        using SignedInClient dev = await portal.SignInAsync("dev");
        using SignedInClient carl = await portal.SignInAsync("carl");
        using SignedInClient rita = await portal.SignInAsync("rita");
        await AskUntilAlarmAsync(theo);

        JsonNode held = await AskAsync(theo, 50);
        Assert.Null(held["outputs"]![0]!["probabilities"]);
        Assert.NotNull(held["outputs"]![0]!["label"]);

        IHtmlDocument home = await dev.GetAsync("/");
        Assert.Contains("Alarm: T. theo, on trees v1", home.QuerySelector("ul.work li")!.TextContent, StringComparison.Ordinal); // first in rank
        IHtmlDocument owner = await dev.GetAsync("/models/trees/versions/1/protection");
        Assert.Contains("One alarm holds", owner.QuerySelector("#alarms")!.TextContent, StringComparison.Ordinal);
        IHtmlDocument reviewer = await rita.GetAsync("/models/trees/versions/1/protection");
        Assert.DoesNotContain("theo", reviewer.QuerySelector("#alarms")!.TextContent, StringComparison.Ordinal);
        Assert.Empty((await rita.GetAsync("/alarms")).QuerySelectorAll("article"));
        Assert.Null((await carl.GetAsync("/alarms")).QuerySelector("input[name=_handler][value^=release-]")); // the owner's, not an approver's

        IHtmlDocument confirmed = await theo.SubmitAsync("/alarms", "input[name=_handler][value^=confirm-]");
        Assert.Contains("Confirmed by T. theo", confirmed.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(confirmed.QuerySelector("main input[name=_handler]"));
        Assert.Null((await AskAsync(theo, 51))["outputs"]![0]!["probabilities"]);

        IHtmlDocument unsaid = await dev.SubmitAsync("/alarms", "textarea[name=found]");
        Assert.Contains("Say what you found", unsaid.QuerySelector(".note")!.TextContent, StringComparison.Ordinal);
        IHtmlDocument released = await dev.SubmitAsync("/alarms", "textarea[name=found]", ("found", "A load test."));
        Assert.Contains("Released by D. dev: A load test.", released.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull((await AskAsync(theo, 52))["outputs"]![0]!["probabilities"]);
    }

    [Fact]
    public async Task The_command_line_lists_alarms_and_releases_one_and_keeps_to_rights()
    {
        TheftAlarm alarm = await portal.Server.Services.GetRequiredService<RaiseAlarm>().RunAsync(
            new AlarmReading(await portal.VersionAsync("draft"), AlarmStream.Model, null, "Near", 2e7, 60), default);

        CommandRun list = await RunAsync("list", "--as", "dev", "--json", "-");

        Assert.Contains("everybody together", list.Output, StringComparison.Ordinal);
        Assert.True(list.Json.GetProperty("alarms").EnumerateArray().Single(one => one.GetProperty("id").GetGuid() == alarm.Id.Value).GetProperty("open").GetBoolean());
        Assert.DoesNotContain(alarm.Id.ToString(), (await RunAsync("list", "--as", "rita")).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("release", alarm.Id.ToString(), "--reason", "Me.", "--as", "rita")).Code);
        Assert.Equal(2, (await RunAsync("release", "17", "--reason", "Me.", "--as", "dev")).Code);
        Assert.Equal(0, (await RunAsync("release", alarm.Id.ToString(), "--reason", "Seen.", "--as", "dev")).Code);
        Assert.Equal((1, 0), await portal.Server.Services.GetRequiredService<AlarmQueries>().CountAsync(alarm.Model, default));
    }

    private Task<CommandRun> RunAsync(params string[] args) => CommandRun.OfAsync(
        ["alarm", .. args, "--data", portal.Server.Services.GetRequiredService<RegistryOptions>().DataFolder]);

    private async Task AskUntilAlarmAsync(SignedInClient client)
    {
        for (int asked = 0; asked < 60; asked++)
        {
            (HttpStatusCode status, JsonNode body, _) = await AnswerPortal.AskAsync(client, "trees", "predict", [Drawn()]);
            Assert.True(status == HttpStatusCode.OK, body.ToJsonString());
            if (body["warnings"]!.AsArray().Any(one => (string?)one!["code"] == "labels-only"))
            {
                return;
            }
        }

        Assert.Fail("Sixty rows at random raised no alarm.");
    }

    private async Task<JsonNode> AskAsync(SignedInClient client, int row)
    {
        (HttpStatusCode status, JsonNode body, _) = await AnswerPortal.AskAsync(client, "trees", "predict", [portal.Row(row)]);
        Assert.Equal(HttpStatusCode.OK, status);
        return body;
    }

    // Any legal mortgage application, all values of a column alike likely.
    private JsonObject Drawn()
    {
        JsonObject cells = [];
        foreach (Column column in portal.Train.Columns)
        {
            if (column is NumberColumn numbers)
            {
                double[] values = numbers.Values.ToArray();
                double value = values.Min() + (random.NextDouble() * (values.Max() - values.Min()));
                cells[column.Name] = values.All(double.IsInteger) ? Math.Round(value) : value;
            }
            else
            {
                cells[column.Name] = column.Text(random.Next(portal.Train.Rows));
            }
        }

        return cells;
    }
}
