using System.Net;
using System.Text;
using System.Text.Json;
using Governance.Portal.Security;
using Governance.Registry.Ledger;
using Governance.Registry.Proposals;
using Governance.Registry.Tokens;

namespace Governance.Portal.Tests.Protocols.Mlflow;

/// <summary>Who may do what through MLflow's registry, with which token, and in which words it is refused.</summary>
[Collection(MlflowTests.Name)]
public sealed class MlflowRightsTests(MlflowPortal portal)
{
    private static readonly TokenScope[] Works = [TokenScope.Read, TokenScope.Register];

    [Fact]
    public async Task The_file_of_a_version_goes_once_to_the_approver_to_whom_two_released_it_and_to_nobody_else()
    {
        byte[] onnx = MlflowPortal.Onnx(0.25f);
        string place = await VersionAsync("released", onnx);
        using MlflowCalls ada = await portal.ClientAsync("ada", TokenScope.Read, TokenScope.Download);
        Assert.Equal(["MLmodel", "model.onnx"], await ada.ListAsync(place));
        (HttpStatusCode described, byte[] text) = await ada.DownloadAsync($"{place}/MLmodel");
        Assert.Equal(HttpStatusCode.OK, described);
        Assert.Contains("data: model.onnx", Encoding.UTF8.GetString(text), StringComparison.Ordinal);

        foreach (string user in (string[])["dev", "rita", "ada", "otto", "abe"])
        {
            using MlflowCalls one = await portal.ClientAsync(user, TokenScope.Read, TokenScope.Register, TokenScope.Download);
            (HttpStatusCode refused, byte[] why) = await one.DownloadAsync($"{place}/model.onnx");
            Assert.Equal((HttpStatusCode.Forbidden, "PERMISSION_DENIED"), (refused, CodeOf(why)));
        }

        using MlflowCalls coen = await portal.ClientAsync("coen", TokenScope.Read, TokenScope.Download);
        Assert.Equal(HttpStatusCode.NotFound, (await coen.DownloadAsync($"{place}/model.onnx")).Status);

        ProposalId id = Assert.IsType<ProposalOutcome.Recorded>(await portal.Get<MakeProposal>().ReleaseAsync(
            Actor.Person(portal["ada"]), "released", 1, "For the regulator.", default)).Proposal.Id;
        Assert.Equal(HttpStatusCode.Forbidden, (await ada.DownloadAsync($"{place}/model.onnx")).Status);
        Assert.IsNotType<ProposalOutcome.Refused>(await portal.Get<DecideProposal>().RunAsync(Actor.Person(portal["alan"]), id, confirm: true, default));

        using MlflowCalls narrow = await portal.ClientAsync("ada", TokenScope.Read);
        using MlflowCalls alan = await portal.ClientAsync("alan", TokenScope.Read, TokenScope.Download);
        Assert.Equal(HttpStatusCode.Forbidden, (await narrow.DownloadAsync($"{place}/model.onnx")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await alan.DownloadAsync($"{place}/model.onnx")).Status);
        (HttpStatusCode taken, byte[] bytes) = await ada.DownloadAsync($"{place}/model.onnx");
        Assert.Equal(HttpStatusCode.OK, taken);
        Assert.Equal(onnx, bytes);
        Assert.Equal(HttpStatusCode.Forbidden, (await ada.DownloadAsync($"{place}/model.onnx")).Status);
        Assert.IsType<LedgerVerdict.Holds>(await portal.Get<VerifyLedger>().RunAsync(default));
    }

    [Fact]
    public async Task Files_on_their_way_are_their_senders_alone_and_a_model_file_is_not_given_back()
    {
        using MlflowCalls dev = await portal.ClientAsync("dev", Works);
        using MlflowCalls dora = await portal.ClientAsync("dora", Works);
        await dev.LogAsync("own/model", ("MLmodel", "flavors: {}\n"u8.ToArray()), ("model.onnx", MlflowPortal.Onnx(4)));

        Assert.Equal(HttpStatusCode.Forbidden, (await dev.DownloadAsync("own/model/model.onnx")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await dora.DownloadAsync("own/model/MLmodel")).Status);
        Assert.Empty(await dora.ListAsync("own/model"));
        Assert.Equal(HttpStatusCode.NotFound, await dora.DeleteAsync("own/model"));
        await dora.RefusedAsync("POST", "model-versions/create", new { name = "foreign", source = "mlflow-artifacts:/own/model" }, HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE");

        await dev.LogAsync("own/model", ("MLmodel", "flavors: {again: 1}\n"u8.ToArray()));
        Assert.Equal("flavors: {again: 1}\n", Encoding.UTF8.GetString((await dev.DownloadAsync("own/model/MLmodel")).Bytes));
        Assert.Equal(HttpStatusCode.OK, await dev.DeleteAsync("own/model"));
        Assert.Empty(await dev.ListAsync("own"));
    }

    [Theory]
    [InlineData("net.pkl", 0x80, "a Python pickle")]
    [InlineData("model.onnx", 0x80, "not an ONNX model")]
    public async Task What_no_model_folder_of_ours_holds_is_refused_and_nothing_of_it_stays(string name, byte first, string words)
    {
        using MlflowCalls dev = await portal.ClientAsync("dev", Works);

        (HttpStatusCode status, JsonElement answer) = await dev.PutAsync($"bad/{name}", [first, 4, 0x95, 1, 2, 3]);

        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE"), (status, answer.GetProperty("error_code").GetString()));
        Assert.Contains(words, answer.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(await dev.ListAsync("bad"));
    }

    [Fact]
    public async Task What_is_large_reserved_or_in_parts_is_refused_in_words_that_clients_know()
    {
        using MlflowCalls dev = await portal.ClientAsync("dev", Works);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await dev.PutAsync("big/notes.txt", new byte[(1 << 20) + 1])).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await dev.PutAsync("versions/credit/1/model.onnx", MlflowPortal.Onnx(1))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, await dev.DeleteAsync("versions/credit/1"));
        (HttpStatusCode status, JsonElement answer) = await dev.PartsAsync("big/model.onnx");
        Assert.Equal(
            (HttpStatusCode.NotImplemented, "Multipart upload is not supported for the current artifact repository"), (status, answer.GetProperty("message").GetString()));

        using MlflowCalls rita = await portal.ClientAsync("rita", Works);
        Assert.Equal(HttpStatusCode.Forbidden, (await rita.PutAsync("mine/model.onnx", MlflowPortal.Onnx(1))).Status);
    }

    [Theory]
    [InlineData("POST", "registered-models/create", """{"name":"credit"}""", 400, "RESOURCE_ALREADY_EXISTS")]
    [InlineData("POST", "registered-models/create", """{"name":"No Such Name","description":"x","tags":[{"key":"governance.tier","value":"Low"}]}""", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("POST", "registered-models/create", """{"name":"untiered","description":"x"}""", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("POST", "registered-models/create", """{"name":"silent","tags":[{"key":"governance.tier","value":"Low"}]}""", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("POST", "registered-models/create", "{}", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("POST", "registered-models/rename", """{"name":"credit","new_name":"other"}""", 403, "FEATURE_DISABLED")]
    [InlineData("POST", "registered-models/rename", """{"name":"none","new_name":"other"}""", 404, "RESOURCE_DOES_NOT_EXIST")]
    [InlineData("DELETE", "registered-models/delete", """{"name":"credit"}""", 403, "FEATURE_DISABLED")]
    [InlineData("GET", "registered-models/get", """{"name":"foreign"}""", 404, "RESOURCE_DOES_NOT_EXIST")]
    [InlineData("GET", "registered-models/alias", """{"name":"credit","alias":"none"}""", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("POST", "registered-models/alias", """{"name":"credit","alias":"latest","version":"1"}""", 404, "RESOURCE_DOES_NOT_EXIST")]
    [InlineData("POST", "registered-models/set-tag", """{"name":"credit","key":"a\nb","value":"x"}""", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("POST", "registered-models/set-tag", """{"name":"foreign","key":"a","value":"x"}""", 404, "RESOURCE_DOES_NOT_EXIST")]
    [InlineData("POST", "model-versions/create", """{"name":"credit","source":"s3://bucket/model"}""", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("POST", "model-versions/create", """{"name":"credit","source":"mlflow-artifacts:/nothing"}""", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("POST", "model-versions/create", """{"name":"credit","source":"/etc/passwd"}""", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("GET", "model-versions/get", """{"name":"credit","version":"7"}""", 404, "RESOURCE_DOES_NOT_EXIST")]
    [InlineData("GET", "model-versions/get", """{"name":"credit","version":"one"}""", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("GET", "registered-models/search", """{"filter":"name ~ 'x'"}""", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("GET", "registered-models/search", """{"page_token":"blah"}""", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("GET", "registered-models/search", """{"max_results":"0"}""", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("GET", "model-versions/search", """{"order_by":["colour"]}""", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("POST", "runs/log-metric", """{"run_id":"x","key":"auc","value":0.9}""", 403, "FEATURE_DISABLED")]
    [InlineData("GET", "runs/get", """{"run_id":"0198c0ffee0198c0ffee0198c0ffee00"}""", 404, "RESOURCE_DOES_NOT_EXIST")]
    [InlineData("POST", "experiments/create", """{"name":"mine"}""", 403, "FEATURE_DISABLED")]
    [InlineData("POST", "logged-models", "{}", 404, "ENDPOINT_NOT_FOUND")]
    public async Task What_is_refused_is_refused_in_mlflows_codes(string method, string call, string message, int status, string code)
    {
        using MlflowCalls dev = await portal.ClientAsync("dev", Works);

        string sentence = await dev.RefusedAsync(method, call, JsonSerializer.Deserialize<JsonElement>(message), (HttpStatusCode)status, code);

        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_developers_of_a_model_change_it_and_only_who_sees_it_reads_it()
    {
        await VersionAsync("guarded", MlflowPortal.Onnx(0.5f));
        (string Method, string Call, object Message)[] changes =
        [
            ("PATCH", "registered-models/update", new { name = "guarded", description = "x" }),
            ("POST", "registered-models/set-tag", new { name = "guarded", key = "a", value = "x" }),
            ("DELETE", "registered-models/delete-tag", new { name = "guarded", key = "a" }),
            ("POST", "registered-models/alias", new { name = "guarded", alias = "a", version = "1" }),
            ("DELETE", "registered-models/alias", new { name = "guarded", alias = "a" }),
            ("PATCH", "model-versions/update", new { name = "guarded", version = "1", description = "x" }),
            ("POST", "model-versions/set-tag", new { name = "guarded", version = "1", key = "a", value = "x" }),
            ("DELETE", "model-versions/delete-tag", new { name = "guarded", version = "1", key = "a" }),
            ("POST", "model-versions/transition-stage", new { name = "guarded", version = "1", stage = "Staging", archive_existing_versions = false }),
        ];
        (string Call, object Message)[] reads =
        [
            ("registered-models/get", new { name = "guarded" }), ("registered-models/get-latest-versions", new { name = "guarded" }),
            ("model-versions/get", new { name = "guarded", version = "1" }), ("model-versions/get-download-uri", new { name = "guarded", version = "1" }),
        ];
        foreach ((string user, bool sees) in ((string, bool)[])[("rita", true), ("ada", true), ("otto", true), ("abe", true), ("coen", false), ("dora", false)])
        {
            using MlflowCalls calls = await portal.ClientAsync(user, Works);
            long before = (await portal.Get<LedgerQueries>().HeadAsync(default)).Size;
            foreach ((string method, string call, object message) in changes)
            {
                await calls.RefusedAsync(
                    method, call, message, sees ? HttpStatusCode.Forbidden : HttpStatusCode.NotFound, sees ? "PERMISSION_DENIED" : "RESOURCE_DOES_NOT_EXIST");
            }

            foreach ((string call, object message) in reads)
            {
                Assert.Equal(sees ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await calls.AskAsync("GET", call, message)).Status);
            }

            (HttpStatusCode _, JsonElement found) = await calls.AskAsync("GET", "model-versions/search", new { filter = "name = 'guarded'" });
            Assert.Equal(sees, found.TryGetProperty("model_versions", out JsonElement _));
            Assert.Equal(before, (await portal.Get<LedgerQueries>().HeadAsync(default)).Size);
        }
    }

    [Fact]
    public async Task A_token_counts_as_bearer_or_as_the_accounts_password_within_its_scopes_and_models()
    {
        string token = await portal.TokenAsync("dev", ["credit"], Works);
        using MlflowCalls basic = portal.Client("Basic", MlflowPortal.Basic("DEV", token));
        await basic.CallAsync("GET", "registered-models/get", new { name = "credit" });
        await basic.RefusedAsync("GET", "registered-models/get", new { name = "foreign" }, HttpStatusCode.Forbidden, "PERMISSION_DENIED");
        await basic.RefusedAsync("POST", "registered-models/create", new { name = "another" }, HttpStatusCode.Forbidden, "PERMISSION_DENIED");
        JsonElement all = await basic.CallAsync("GET", "registered-models/search");
        Assert.Equal("credit", Assert.Single(all.GetProperty("registered_models").EnumerateArray()).GetProperty("name").GetString());

        using MlflowCalls other = portal.Client("Basic", MlflowPortal.Basic("dora", token));
        using MlflowCalls wrong = portal.Client("Basic", MlflowPortal.Basic("dev", "correct horse battery"));
        using MlflowCalls nobody = portal.Client(null, null);
        using MlflowCalls reader = await portal.ClientAsync("dev", TokenScope.Read);
        foreach (MlflowCalls stranger in (MlflowCalls[])[other, wrong, nobody])
        {
            await stranger.RefusedAsync("GET", "registered-models/search", null, HttpStatusCode.Unauthorized, "UNAUTHENTICATED");
        }

        await reader.RefusedAsync("POST", "registered-models/set-tag", new { name = "credit", key = "a", value = "b" }, HttpStatusCode.Forbidden, "PERMISSION_DENIED");
    }

    [Fact]
    public void No_other_address_takes_a_password()
    {
        Microsoft.AspNetCore.Http.DefaultHttpContext http = new();
        http.Request.Headers.Authorization = "Basic " + MlflowPortal.Basic("dev", "gov_x");
        http.Request.Path = "/api/v1/uploads";
        Assert.Null(TokenHeader.Read(http.Request));
        http.Request.Path = "/api/2.0/mlflow/registered-models/get";
        TokenHeader read = TokenHeader.Read(http.Request)!;
        Assert.Equal(("gov_x", true, false), (read.Token, read.IsOf("Dev"), read.IsOf("dora")));
        Assert.DoesNotContain("gov_x", $"{read}", StringComparison.Ordinal);
        http.Request.Headers.Authorization = "Basic =====";
        Assert.Null(TokenHeader.Read(http.Request));
    }

    // A model with one version; where its files are said to lie.
    private async Task<string> VersionAsync(string model, byte[] onnx)
    {
        await portal.AddModelAsync("dev", model);
        using MlflowCalls dev = await portal.ClientAsync("dev", Works);
        await dev.LogAsync($"way/{model}", ("model.onnx", onnx));
        await dev.CallAsync("POST", "model-versions/create", new { name = model, source = $"mlflow-artifacts:/way/{model}/model.onnx" });
        string uri = (await dev.CallAsync("GET", "model-versions/get-download-uri", new { name = model, version = "1" })).GetProperty("artifact_uri").GetString()!;
        Assert.StartsWith("mlflow-artifacts:/", uri, StringComparison.Ordinal);
        return uri["mlflow-artifacts:/".Length..];
    }

    private static string? CodeOf(byte[] answer) => JsonSerializer.Deserialize<JsonElement>(answer).GetProperty("error_code").GetString();
}
