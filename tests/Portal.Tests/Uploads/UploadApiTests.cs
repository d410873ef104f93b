using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Governance.Registry.Storage;
using Governance.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Uploads;

[Collection(PortalTests.Name)]
public sealed class UploadApiTests(SamplePortal portal)
{
    private static readonly byte[] Csv = "id,income,sex,deny\n1,30.5,f,yes\n2,41,m,no\n3,28,f,no\n"u8.ToArray();

    [Fact]
    public async Task A_file_in_pieces_becomes_a_version_and_the_same_file_again_is_one_artefact()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");
        byte[] file = GivenModel.Logistic([.. Enumerable.Range(0, 40_000).Select(i => (float)Math.Sin(i))], 0.5f);
        string id = await BeginAsync(dev, "model", "net.onnx", file.Length, "hmda_fair");

        JsonElement state = default;
        for (int at = 0; at < file.Length; at += 70_001)
        {
            using HttpResponseMessage kept = await SendAsync(dev, id, at, file[at..Math.Min(file.Length, at + 70_001)]);
            Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
            state = await kept.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal(kept.Headers.GetValues("Upload-Offset").Single(), state.GetProperty("offset").ToString());
        }

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file)), state.GetProperty("sha256").GetString());
        using HttpResponseMessage made = await dev.CallAsync(
            HttpMethod.Post, "/api/v1/models/hmda_fair/versions", JsonContent.Create(new { upload = id, note = "By a program." }));
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        JsonElement version = await made.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(state.GetProperty("sha256").GetString(), version.GetProperty("sha256").GetString());
        Assert.Equal(HttpStatusCode.OK, await dev.StatusAsync(made.Headers.Location!.ToString()));
        Assert.Equal(HttpStatusCode.NotFound, await dev.StatusAsync($"/api/v1/uploads/{id}"));

        string[] files = StoreFiles(file.Length);
        Assert.NotEmpty(files);
        using HttpResponseMessage again = await WholeAsync(dev, "model", "net.onnx", file, "hmda_fair");
        string second = (await again.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        using HttpResponseMessage child = await dev.CallAsync(
            HttpMethod.Post, "/api/v1/models/hmda_fair/versions",
            JsonContent.Create(new { upload = second, parents = new[] { new { number = version.GetProperty("number").GetInt32(), kind = "retrainedFrom" } } }));
        Assert.Equal(HttpStatusCode.Created, child.StatusCode);
        Assert.Equal(files, StoreFiles(file.Length));
    }

    [Fact]
    public async Task A_table_becomes_a_data_set_with_the_corrections_of_its_columns()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");
        using HttpResponseMessage sent = await WholeAsync(dev, "dataset", "rows.csv", Csv, null);
        string id = (await sent.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;

        using HttpResponseMessage made = await dev.CallAsync(HttpMethod.Post, "/api/v1/models/hmda_fair/datasets", JsonContent.Create(new
        {
            upload = id, name = "by-program", title = "Three rows", positive = "yes", favourable = "no",
            columns = new object[] { new { name = "income", role = "weight" }, new { name = "id", kind = "text" } },
        }));

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        JsonElement dataset = await made.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(3, dataset.GetProperty("rows").GetInt32());
        Assert.Equal(
            ["text id", "numeric weight", "categorical protected", "boolean label"],
            dataset.GetProperty("columns").EnumerateArray().Select(column => $"{column.GetProperty("kind")} {column.GetProperty("role")}"));
    }

    [Fact]
    public async Task Whoever_lost_the_connection_asks_where_to_go_on()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");
        byte[] file = GivenModel.Logistic([.. Enumerable.Range(0, 30_000).Select(i => (float)i)], 0.5f);
        string id = await BeginAsync(dev, "model", "net.onnx", file.Length, "hmda_fair");
        (await SendAsync(dev, id, 0, file[..80_000])).Dispose();

        using HttpResponseMessage head = await dev.CallAsync(HttpMethod.Head, $"/api/v1/uploads/{id}");
        Assert.Equal("80000", head.Headers.GetValues("Upload-Offset").Single());
        Assert.Equal($"{file.Length}", head.Headers.GetValues("Upload-Length").Single());

        using HttpResponseMessage wrong = await SendAsync(dev, id, 90_000, file[90_000..]);
        Assert.Equal(HttpStatusCode.Conflict, wrong.StatusCode);
        Assert.Equal("80000", wrong.Headers.GetValues("Upload-Offset").Single());
        using HttpResponseMessage found = await dev.CallAsync(HttpMethod.Get, $"/api/v1/uploads/{id}");
        JsonElement tail = (await found.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("tail");
        int from = tail.GetProperty("from").GetInt32();
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file.AsSpan(from, 80_000 - from))), tail.GetProperty("sha256").GetString());

        using HttpResponseMessage gone = await dev.CallAsync(HttpMethod.Delete, $"/api/v1/uploads/{id}");
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, await dev.StatusAsync($"/api/v1/uploads/{id}"));
    }

    [Theory]
    [InlineData("model", "net.pt", 100, "hmda_fair", HttpStatusCode.UnsupportedMediaType, "bad-extension")]
    [InlineData("model", "net.onnx", 2_147_483_592, "hmda_fair", HttpStatusCode.RequestEntityTooLarge, "too-large")]
    [InlineData("dataset", "a.csv", 536_870_913, null, HttpStatusCode.RequestEntityTooLarge, "too-large")]
    [InlineData("model", "net.onnx", 0, "hmda_fair", HttpStatusCode.UnprocessableEntity, "empty-file")]
    [InlineData("model", "net.onnx", 100, "no-such", HttpStatusCode.NotFound, "not-found")]
    public async Task What_will_not_be_taken_is_a_problem_with_a_code_and_a_sentence(
        string kind, string name, long length, string? model, HttpStatusCode status, string code)
    {
        using SignedInClient dev = await portal.SignInAsync("dev");

        using HttpResponseMessage response = await dev.CallAsync(
            HttpMethod.Post, "/api/v1/uploads", JsonContent.Create(new { kind, fileName = name, length, model }));

        await AssertProblemAsync(response, status, code);
    }

    [Fact]
    public async Task Wrong_content_unreadable_data_and_more_bytes_than_declared_leave_nothing()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");
        await AssertProblemAsync(
            await WholeAsync(dev, "model", "net.onnx", Csv, "hmda_fair"), HttpStatusCode.UnsupportedMediaType, "wrong-content");
        await AssertProblemAsync(
            await WholeAsync(dev, "dataset", "a.npy", Csv, null), HttpStatusCode.UnsupportedMediaType, "wrong-content");
        string sentence = await AssertProblemAsync(
            await WholeAsync(dev, "dataset", "a.csv", "a,b\n1,2\n3\n"u8.ToArray(), null), HttpStatusCode.UnprocessableEntity, "refused-file");
        Assert.Contains("3", sentence, StringComparison.Ordinal);

        string id = await BeginAsync(dev, "dataset", "a.csv", 10, null);
        await AssertProblemAsync(await SendAsync(dev, id, 0, Csv), HttpStatusCode.RequestEntityTooLarge, "longer-than-declared");

        // Without a length in its head the request is cut by the running total.
        using StreamContent endless = new(new Unmeasured(Csv));
        await AssertProblemAsync(
            await dev.CallAsync(HttpMethod.Patch, $"/api/v1/uploads/{id}", endless, ("Upload-Offset", "0")),
            HttpStatusCode.RequestEntityTooLarge, "longer-than-declared");
        Assert.Equal(HttpStatusCode.NotFound, await dev.StatusAsync($"/api/v1/uploads/{id}"));
    }

    [Fact]
    public async Task Strangers_reviewers_and_other_sites_get_nowhere()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");
        using SignedInClient rita = await portal.SignInAsync("rita");
        string id = await BeginAsync(dev, "dataset", "a.csv", Csv.Length, null);

        using HttpResponseMessage theirs = await SendAsync(rita, id, 0, Csv);
        await AssertProblemAsync(theirs, HttpStatusCode.NotFound, "not-found");
        using HttpResponseMessage none = await rita.CallAsync(
            HttpMethod.Post, "/api/v1/uploads", JsonContent.Create(new { kind = "dataset", fileName = "a.csv", length = 5 }));
        await AssertProblemAsync(none, HttpStatusCode.Forbidden, "no-right");

        using HttpClient anyone = new() { BaseAddress = portal.Address };
        using HttpResponseMessage unknown = await anyone.GetAsync("/api/v1/uploads");
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        Assert.Equal("application/problem+json", unknown.Content.Headers.ContentType?.MediaType);

        using HttpClient forger = new(new HttpClientHandler { CookieContainer = dev.Cookies }) { BaseAddress = portal.Address };
        using HttpResponseMessage forged = await forger.DeleteAsync($"/api/v1/uploads/{id}");
        await AssertProblemAsync(forged, HttpStatusCode.BadRequest, "no-antiforgery-token");
        Assert.Equal(HttpStatusCode.OK, await dev.StatusAsync($"/api/v1/uploads/{id}"));
        (await dev.CallAsync(HttpMethod.Delete, $"/api/v1/uploads/{id}")).Dispose();
    }

    private static async Task<string> BeginAsync(SignedInClient client, string kind, string name, long length, string? model)
    {
        using HttpResponseMessage begun = await client.CallAsync(
            HttpMethod.Post, "/api/v1/uploads", JsonContent.Create(new { kind, fileName = name, length, model }));
        Assert.Equal(HttpStatusCode.Created, begun.StatusCode);
        string id = (await begun.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        Assert.EndsWith($"/api/v1/uploads/{id}", begun.Headers.Location!.ToString(), StringComparison.Ordinal);
        return id;
    }

    private static Task<HttpResponseMessage> SendAsync(SignedInClient client, string id, long offset, byte[] bytes) => client.CallAsync(
        HttpMethod.Patch, $"/api/v1/uploads/{id}", new ByteArrayContent(bytes), ("Upload-Offset", $"{offset}"));

    private static async Task<HttpResponseMessage> WholeAsync(SignedInClient client, string kind, string name, byte[] bytes, string? model) =>
        await SendAsync(client, await BeginAsync(client, kind, name, bytes.Length, model), 0, bytes);

    private static async Task<string> AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(code, problem.GetProperty("code").GetString());
        return problem.GetProperty("detail").GetString()!;
    }

    // Files as long as these bytes are when encrypted; whatever else the portal writes meanwhile is of another length.
    private string[] StoreFiles(long bytes)
    {
        string folder = portal.Services.GetRequiredService<RegistryOptions>().ArtifactFolder;
        long length = 120 + bytes + (16 * ((bytes + (1 << 20) - 1) / (1 << 20)));
        return [.. Directory.GetFiles(folder, "*.art", SearchOption.AllDirectories).Where(path => new FileInfo(path).Length == length).Order(StringComparer.Ordinal)];
    }

    // A body whose length is not known before it ends.
    private sealed class Unmeasured(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
