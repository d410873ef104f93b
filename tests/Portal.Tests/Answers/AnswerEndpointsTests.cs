using System.Net;
using System.Text.Json.Nodes;
using Governance.Audit.Answers;
using Governance.Audit.Answers.Policy;
using Governance.Registry.Ledger;
using Governance.Registry.Protection;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Answers;

/// <summary>The API asked for real: who gets what, and what it costs.</summary>
[Collection(AnswerTests.Name)]
public sealed class AnswerEndpointsTests(AnswerPortal portal)
{
    [Fact]
    public async Task A_consumer_gets_one_decimal_and_the_owner_what_the_model_says()
    {
        using SignedInClient coen = await portal.SignInAsync("coen");
        using SignedInClient dev = await portal.SignInAsync("dev");

        (HttpStatusCode status, JsonNode body, HttpResponseMessage response) = await AnswerPortal.AskAsync(coen, "trees", "predict", [portal.Row(0), portal.Row(1)]);
        (_, JsonNode full, _) = await AnswerPortal.AskAsync(dev, "trees", "predict", [portal.Row(0), portal.Row(1)]);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(4, (int)body["units"]!);
        Assert.Equal("oneDecimal", (string?)body["outputs"]![0]!["form"]);
        Assert.Equal((string?)full["outputs"]![0]!["label"], (string?)body["outputs"]![0]!["label"]);
        double exact = (double)full["outputs"]![0]!["probabilities"]!["yes"]!;
        Assert.Equal(Math.Round(exact, 1, MidpointRounding.AwayFromZero), (double)body["outputs"]![0]!["probabilities"]!["yes"]!);
        Assert.NotEqual(Math.Round(exact, 2), exact);
        Assert.Equal((string?)body["remaining"]!.ToJsonString(), Assert.Single(response.Headers.GetValues("RateLimit-Remaining")));
    }

    [Fact]
    public async Task An_exact_repeat_is_free_and_has_the_same_bytes_in_either_form_of_rows()
    {
        using SignedInClient coen = await portal.SignInAsync("coen");
        JsonObject row = portal.Row(10);
        string[] columns = ["pirat", "hirat", "lvrat", "chist", "mhist", "phist", "unemp", "selfemp", "insurance", "condomin", "afam", "single", "hschool"];

        (_, JsonNode first, _) = await AnswerPortal.AskAsync(coen, "trees", "predict", [row]);
        (_, JsonNode again, _) = await AnswerPortal.AskAsync(coen, "trees", "predict", [new JsonArray([.. columns.Select(column => row[column]!.DeepClone())])]);

        Assert.Equal((2, 0), ((int)first["units"]!, (int)again["units"]!));
        Assert.Equal(first["outputs"]!.ToJsonString(), again["outputs"]!.ToJsonString());
    }

    [Fact]
    public async Task Outside_a_grant_there_is_no_model_and_without_the_right_no_answer()
    {
        using SignedInClient stan = await portal.SignInAsync("stan");
        using SignedInClient otto = await portal.SignInAsync("otto");
        using SignedInClient coen = await portal.SignInAsync("coen");

        Assert.Equal(HttpStatusCode.NotFound, (await AnswerPortal.AskAsync(stan, "trees", "predict", [portal.Row(0)])).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await AnswerPortal.AskAsync(otto, "trees", "predict", [portal.Row(0)])).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await AnswerPortal.AskAsync(coen, "trees", "explain", [portal.Row(0)])).Status);
    }

    [Fact]
    public async Task A_draft_answers_those_who_build_it_and_nobody_who_uses_it()
    {
        using SignedInClient coen = await portal.SignInAsync("coen");
        using SignedInClient dev = await portal.SignInAsync("dev");

        (HttpStatusCode status, JsonNode body, _) = await AnswerPortal.AskAsync(coen, "draft", "predict", [portal.Row(0)]);

        Assert.Equal((HttpStatusCode.Conflict, "wrong-stage"), (status, (string?)body["code"]));
        Assert.Contains("draft", (string?)body["detail"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await AnswerPortal.AskAsync(dev, "draft", "predict", [portal.Row(0)])).Status);
    }

    [Theory]
    [InlineData("pirat", "40", "illegal-row")]
    [InlineData("chist", "1.5", "illegal-row")]
    [InlineData("phist", "\"perhaps\"", "illegal-row")]
    [InlineData("hirat", "null", "illegal-row")]
    [InlineData("hirat", "[1]", "bad-input")]
    [InlineData("hirat", null, "bad-input")]
    public async Task An_illegal_cell_is_named(string column, string? cell, string code)
    {
        using SignedInClient coen = await portal.SignInAsync("coen");
        JsonObject row = portal.Row(3);
        if (cell is null)
        {
            row.Remove(column);
        }
        else
        {
            row[column] = JsonNode.Parse(cell);
        }

        (HttpStatusCode status, JsonNode body, _) = await AnswerPortal.AskAsync(coen, "trees", "predict", [portal.Row(3), row]);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, code), (status, (string?)body["code"]));
        Assert.Contains("ow 1", (string?)body["detail"], StringComparison.Ordinal);
        Assert.Contains($"'{column}'", (string?)body["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_of_a_linear_model_end_long_before_as_many_answers_as_unknowns()
    {
        using SignedInClient caro = await portal.SignInAsync("caro");
        int answered = 0;
        JsonNode? refusal = null;
        for (int row = 0; row < 14 && refusal is null; row++) // 13 weights and a bias
        {
            (HttpStatusCode status, JsonNode body, HttpResponseMessage response) = await AnswerPortal.AskAsync(caro, "linear", "predict", [portal.Row(row)]);
            answered += status == HttpStatusCode.OK ? 1 : 0;
            refusal = status == HttpStatusCode.OK ? null : body;
            Assert.Equal(status != HttpStatusCode.OK, response.Headers.Contains("RateLimit-Limit"));
        }

        Assert.Equal(3, answered); // 13 features: 6 units of numbers, 2 each
        Assert.Equal("budget-linear", (string?)refusal!["code"]);
        (HttpStatusCode label, JsonNode decision, _) = await AnswerPortal.AskAsync(caro, "linear", "predict", [portal.Row(20)], "labelOnly");
        Assert.Equal((HttpStatusCode.OK, 1), (label, (int)decision["units"]!));
        Assert.Null(decision["outputs"]![0]!["probabilities"]);
    }

    [Fact]
    public async Task A_spent_day_is_429_with_the_time_to_wait()
    {
        using SignedInClient cleo = await portal.SignInAsync("cleo");

        (HttpStatusCode first, _, _) = await AnswerPortal.AskAsync(cleo, "trees", "predict", Enumerable.Range(0, 100).Select(row => portal.Row(row)));
        (HttpStatusCode status, JsonNode body, HttpResponseMessage response) = await AnswerPortal.AskAsync(cleo, "trees", "predict", [portal.Row(200)]);
        JsonNode balance = JsonNode.Parse(await cleo.DownloadAsync("/api/v1/models/trees/versions/1/budget"))!;

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests, "budget-day"), (first, status, (string?)body["code"]));
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalHours, 23, 25.1);
        JsonNode day = balance["limits"]!.AsArray().Single(line => (string?)line!["window"] == "principalDay")!;
        Assert.Equal((200, 200, 0), ((int)day["limit"]!, (int)day["spent"]!, (int)day["left"]!));
    }

    [Fact]
    public async Task Attributions_are_numbers_for_the_owner_and_signs_for_others_and_the_same_each_time()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");
        using SignedInClient cami = await portal.SignInAsync("cami");

        (_, JsonNode full, _) = await AnswerPortal.AskAsync(dev, "trees", "explain", [portal.Row(5)]);
        (_, JsonNode signs, _) = await AnswerPortal.AskAsync(cami, "trees", "explain", [portal.Row(5)]);
        (_, JsonNode again, _) = await AnswerPortal.AskAsync(dev, "trees", "explain", [portal.Row(5)]);

        JsonArray attributions = full["outputs"]![0]!["attributions"]!.AsArray();
        double sum = (double)full["outputs"]![0]!["baseValue"]! + attributions.Sum(one => (double)one!["value"]!);
        Assert.Equal((double)full["outputs"]![0]!["probabilities"]!["yes"]!, sum, 1e-5);
        Assert.Equal((25, 0), ((int)full["units"]!, (int)again["units"]!));
        Assert.Equal(full["outputs"]!.ToJsonString(), again["outputs"]!.ToJsonString());
        JsonArray shown = signs["outputs"]![0]!["attributions"]!.AsArray();
        Assert.InRange(shown.Count, 3, 5);
        Assert.All(shown, one => Assert.True(one!["value"] is null && Math.Abs((int)one["level"]!) <= 3));
        Assert.Null(signs["outputs"]![0]!["baseValue"]);
    }

    [Fact]
    public async Task A_counterfactual_is_a_row_of_the_data_or_nobodys_and_hides_what_is_protected()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");
        using SignedInClient cami = await portal.SignInAsync("cami");

        (_, JsonNode real, _) = await AnswerPortal.AskAsync(dev, "trees", "counterfactual", [portal.Row(7)], target: "yes");
        (HttpStatusCode status, JsonNode made, _) = await AnswerPortal.AskAsync(cami, "trees", "counterfactual", [portal.Row(7)], target: "yes");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("row", "yes"), ((string?)real["outputs"]![0]!["counterfactual"]!["source"], (string?)real["outputs"]![0]!["counterfactual"]!["label"]));
        Assert.NotEmpty(real["outputs"]![0]!["counterfactual"]!["changes"]!.AsArray());
        JsonNode? prototype = made["outputs"]![0]!["counterfactual"];
        Assert.True(prototype is null || (string?)prototype["source"] == "prototype");
    }

    [Fact]
    public async Task A_throttled_model_gives_labels_alone_and_a_stopped_one_nothing()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");
        ThrottleModel throttle = portal.Server.Services.GetRequiredService<ThrottleModel>();
        await throttle.RunAsync(Actor.Person(portal["dev"]), "draft", Throttle.LabelOnly, "Strange traffic.", default);

        (_, JsonNode label, _) = await AnswerPortal.AskAsync(rita, "draft", "predict", [portal.Row(0)]);
        (HttpStatusCode explained, JsonNode refusal, _) = await AnswerPortal.AskAsync(rita, "draft", "explain", [portal.Row(0)]);
        await throttle.RunAsync(Actor.Person(portal["dev"]), "draft", Throttle.Stopped, "Stranger still.", default);
        (HttpStatusCode stopped, JsonNode reason, _) = await AnswerPortal.AskAsync(rita, "draft", "predict", [portal.Row(0)]);
        await throttle.RunAsync(Actor.Person(portal["dev"]), "draft", Throttle.Open, "It was a test.", default);

        Assert.Equal(("labelOnly", "labels-only"), ((string?)label["outputs"]![0]!["form"], (string?)label["warnings"]![0]!["code"]));
        Assert.Null(label["outputs"]![0]!["probabilities"]);
        Assert.Equal((HttpStatusCode.Conflict, "labels-only"), (explained, (string?)refusal["code"]));
        Assert.Equal((HttpStatusCode.Conflict, "stopped"), (stopped, (string?)reason["code"]));
    }

    [Fact]
    public async Task The_traffic_log_holds_who_asked_what_and_no_cell()
    {
        await portal.AskAsync("dora", "trees", QueryKind.Predict, portal.Train.Take([30, 31]));
        await portal.Server.Services.GetRequiredService<TrafficLog>().FlushAsync(default);

        ReadBalance balances = portal.Server.Services.GetRequiredService<ReadBalance>();
        Assert.NotNull((await balances.RunAsync(portal["dora"], "trees", 1, default)).Balance);
        using SignedInClient dora = await portal.SignInAsync("dora");
        (_, JsonNode repeated, _) = await AnswerPortal.AskAsync(dora, "trees", "predict", [portal.Row(30)]);
        Assert.Equal(0, (int)repeated["units"]!); // the session and the process are one road
    }
}

/// <summary>The tests that share the portal of answers.</summary>
[CollectionDefinition(Name)]
public sealed class AnswerTests : ICollectionFixture<AnswerPortal>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "Answers";
}
