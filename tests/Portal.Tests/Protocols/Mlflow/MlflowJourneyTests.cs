using System.Net;
using System.Text;
using System.Text.Json;
using Governance.Registry.Ledger;
using Governance.Registry.Tokens;
using Governance.Tests;

namespace Governance.Portal.Tests.Protocols.Mlflow;

/// <summary>The ways through MLflow's registry as its own client goes them, call by call.</summary>
[Collection(MlflowTests.Name)]
public sealed class MlflowJourneyTests(MlflowPortal portal)
{
    private static readonly TokenScope[] Works = [TokenScope.Read, TokenScope.Register];

    [Fact]
    public async Task A_model_is_created_logged_by_a_run_and_registered_and_found_by_alias_tag_and_page()
    {
        using MlflowCalls dev = await portal.ClientAsync("dev", Works);
        string sample = Path.Combine(Reference.Repository, "samples", "models", "hmda_fair");
        JsonElement model = (await dev.CallAsync("POST", "registered-models/create", new
        {
            name = "journey", description = "Decides about mortgages.",
            tags = new[] { new { key = "governance.tier", value = "high" }, new { key = "team", value = "risk" } },
        })).GetProperty("registered_model");
        Assert.Equal(("journey", "Decides about mortgages."), (Text(model, "name"), Text(model, "description")));
        Assert.Equal(["governance.tier=high", "team=risk"], Tags(model));
        Assert.False(model.TryGetProperty("latest_versions", out _));

        // As mlflow.start_run, log_artifacts and end_run do it.
        Assert.Equal("0", Text((await dev.CallAsync("GET", "experiments/get-by-name", new { experiment_name = "Default" })).GetProperty("experiment"), "experiment_id"));
        JsonElement run = (await dev.CallAsync("POST", "runs/create", new
        {
            experiment_id = "0", user_id = "dev", run_name = "fit", start_time = 1_700_000_000_000, tags = new[] { new { key = "mlflow.user", value = "dev" } },
        })).GetProperty("run");
        string id = Text(run.GetProperty("info"), "run_id");
        string uri = Text((await dev.CallAsync("GET", "runs/get", new { run_id = id })).GetProperty("run").GetProperty("info"), "artifact_uri");
        Assert.StartsWith("mlflow-artifacts:/", uri, StringComparison.Ordinal);
        string folder = uri["mlflow-artifacts:/".Length..] + "/model";
        await dev.LogAsync(
            folder, ("MLmodel", "flavors:\n  onnx:\n    data: model.onnx\n"u8.ToArray()), ("requirements.txt", "onnx\n"u8.ToArray()),
            ("model.onnx", await File.ReadAllBytesAsync(Path.Combine(sample, "model.onnx"))),
            ("governance-manifest.json", await File.ReadAllBytesAsync(Path.Combine(sample, "manifest.json"))));
        Assert.Equal(["MLmodel", "governance-manifest.json", "model.onnx", "requirements.txt"], await dev.ListAsync(folder));
        Assert.Equal(["model/"], await dev.ListAsync(uri["mlflow-artifacts:/".Length..]));
        Assert.Equal((HttpStatusCode.OK, "onnx\n"), await dev.DownloadAsync($"{folder}/requirements.txt") is var (status, bytes) ? (status, Encoding.UTF8.GetString(bytes)) : default);
        await dev.CallAsync("POST", "runs/set-tag", new { run_id = id, key = "stage", value = "fitted" });
        JsonElement ended = (await dev.CallAsync("POST", "runs/update", new { run_id = id, status = "FINISHED", end_time = 1_700_000_001_000 })).GetProperty("run_info");
        Assert.Equal(("FINISHED", 1_700_000_001_000), (Text(ended, "status"), ended.GetProperty("end_time").GetInt64()));

        JsonElement first = (await dev.CallAsync("POST", "model-versions/create", new
        {
            name = "journey", source = $"{uri}/model", run_id = id, description = "First fit.", tags = new[] { new { key = "data", value = "hmda" } },
        })).GetProperty("model_version");
        Assert.Equal(("1", "None", "READY", $"{uri}/model", id, "First fit.", "dev"),
            (Text(first, "version"), Text(first, "current_stage"), Text(first, "status"), Text(first, "source"), Text(first, "run_id"), Text(first, "description"), Text(first, "user_id")));
        Assert.Equal("In the portal it is a draft.", Text(first, "status_message"));
        Assert.Empty(await dev.ListAsync(folder)); // what became a version is on its way no longer

        // Further versions without an encoding, by folders that no run made.
        foreach (int number in (int[])[2, 3])
        {
            await dev.LogAsync($"mine/{number}", ("net.onnx", MlflowPortal.Onnx(number)));
            JsonElement next = (await dev.CallAsync("POST", "model-versions/create", new { name = "journey", source = $"mlflow-artifacts:/mine/{number}" })).GetProperty("model_version");
            Assert.Equal($"{number}", Text(next, "version"));
            Assert.Contains("without an encoding", Text(next, "status_message"), StringComparison.Ordinal);
        }

        await dev.CallAsync("POST", "registered-models/alias", new { name = "journey", alias = "champion", version = "1" });
        await dev.CallAsync("POST", "registered-models/alias", new { name = "journey", alias = "champion", version = "2" });
        await dev.CallAsync("POST", "model-versions/set-tag", new { name = "journey", version = "3", key = "data set", value = "it's new" });
        using MlflowCalls rita = await portal.ClientAsync("abe", TokenScope.Read);
        JsonElement champion = (await rita.CallAsync("GET", "registered-models/alias", new { name = "journey", alias = "champion" })).GetProperty("model_version");
        Assert.Equal(("2", "champion"), (Text(champion, "version"), champion.GetProperty("aliases")[0].GetString()));

        // Search with a filter, an order and a page token.
        JsonElement page = await rita.CallAsync("GET", "model-versions/search", new { filter = "name = 'journey'", max_results = 2, order_by = new[] { "version_number ASC" } });
        Assert.Equal(["1", "2"], Versions(page));
        JsonElement rest = await rita.CallAsync("GET", "model-versions/search", new
        {
            filter = "name = 'journey'", max_results = 2, order_by = new[] { "version_number ASC" }, page_token = Text(page, "next_page_token"),
        });
        Assert.Equal(["3"], Versions(rest));
        Assert.False(rest.TryGetProperty("next_page_token", out _));
        Assert.Equal(["1"], Versions(await rita.CallAsync("GET", "model-versions/search", new { filter = $"run_id = '{id}'" })));
        Assert.Equal(["3"], Versions(await rita.CallAsync("GET", "model-versions/search", new { filter = "name ILIKE 'JOUR%' AND tags.`data set` = 'it''s new'" })));
        Assert.Equal(
            ["journey"], (await rita.CallAsync("GET", "registered-models/search", new { filter = "tags.team = 'risk'" })).GetProperty("registered_models")
                .EnumerateArray().Select(each => Text(each, "name")));
        foreach (string method in (string[])["GET", "POST"])
        {
            Assert.Equal(["3"], Versions(await rita.CallAsync(method, "registered-models/get-latest-versions", new { name = "journey", stages = new[] { "none" } })));
        }

        // Descriptions, and what is taken away again.
        Assert.Equal("Another.", Text((await dev.CallAsync("PATCH", "model-versions/update", new { name = "journey", version = "1", description = "Another." })).GetProperty("model_version"), "description"));
        await dev.CallAsync("PATCH", "registered-models/update", new { name = "journey", description = "For mortgages." });
        await dev.CallAsync("DELETE", "registered-models/delete-tag", new { name = "journey", key = "team" });
        await dev.CallAsync("DELETE", "model-versions/delete-tag", new { name = "journey", version = "3", key = "data set" });
        await dev.CallAsync("DELETE", "registered-models/alias", new { name = "journey", alias = "champion" });
        JsonElement last = (await dev.CallAsync("GET", "registered-models/get", new { name = "journey" })).GetProperty("registered_model");
        Assert.Equal(("For mortgages.", false), (Text(last, "description"), last.TryGetProperty("aliases", out _)));
        Assert.Equal(["governance.tier=high"], Tags(last));

        // Submitting and withdrawing need no decision of others; approving does.
        JsonElement staged = (await dev.CallAsync("POST", "model-versions/transition-stage", new { name = "journey", version = "1", stage = "staging", archive_existing_versions = false })).GetProperty("model_version");
        Assert.Equal("Staging", Text(staged, "current_stage"));
        await dev.RefusedAsync(
            "POST", "model-versions/transition-stage", new { name = "journey", version = "1", stage = "Production", archive_existing_versions = false },
            HttpStatusCode.Forbidden, "PERMISSION_DENIED");
        Assert.Equal("None", Text((await dev.CallAsync("POST", "model-versions/transition-stage", new { name = "journey", version = "1", stage = "None", archive_existing_versions = false })).GetProperty("model_version"), "current_stage"));
        Assert.IsType<LedgerVerdict.Holds>(await portal.Get<VerifyLedger>().RunAsync(default));
    }

    private static string Text(JsonElement message, string field) => message.GetProperty(field).GetString()!;

    private static string[] Tags(JsonElement message) => [.. message.GetProperty("tags").EnumerateArray().Select(tag => $"{Text(tag, "key")}={Text(tag, "value")}")];

    private static string[] Versions(JsonElement answer) => [.. answer.GetProperty("model_versions").EnumerateArray().Select(version => Text(version, "version"))];
}
