using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Governance.Audit.Data;
using Governance.Registry.Tokens;

namespace Governance.Portal.Tests.Protocols;

/// <summary>The protocol spoken by an HTTP client: its published examples, both kinds of input, and no way round what protects a model.</summary>
[Collection(InferenceTests.Name)]
public sealed class OpenInferenceTests(InferencePortal portal)
{
    // The example of the protocol; its second input there has another number of rows than the first, which no model of rows has.
    private const string Request = """
        {"id":"42","inputs":[{"name":"input0","shape":[2,2],"datatype":"UINT32","data":[1,2,3,4]},{"name":"input1","shape":[2,3],"datatype":"BOOL","data":[true,false,true,false,false,true]}],"outputs":[{"name":"output0"}]}
        """;

    [Fact]
    public async Task The_published_example_is_answered_as_published()
    {
        using HttpClient dev = await portal.ProgramAsync("dev");

        (HttpStatusCode status, JsonNode body) = await PostAsync(dev, "/v2/models/mymodel/infer", Request);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("42", (string?)body["id"]);
        JsonNode output = Assert.Single(body["outputs"]!.AsArray())!;
        Assert.Equal(("output0", "FP32", "[2,2]"), ((string?)output["name"], (string?)output["datatype"], output["shape"]!.ToJsonString()));
        Assert.Equal(Expected(), output["data"]!.AsArray().Select(number => (double)number!), Close);
        Assert.Equal(("mymodel", "1"), ((string?)body["model_name"], (string?)body["model_version"]));
    }

    [Fact]
    public async Task The_published_example_of_the_binary_extension_is_answered_in_bytes()
    {
        using HttpClient dev = await portal.ProgramAsync("dev");
        byte[] json = Encoding.UTF8.GetBytes("""
            {"model_name":"mymodel","inputs":[{"name":"input0","shape":[2,2],"datatype":"UINT32","parameters":{"binary_data_size":16}},{"name":"input1","shape":[2,3],"datatype":"BOOL","parameters":{"binary_data_size":6}}],"outputs":[{"name":"output0","parameters":{"binary_data":true}},{"name":"label"}]}
            """);
        byte[] body = [.. json, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 1, 0, 1, 0, 0, 1];
        using ByteArrayContent content = new(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.Add("Inference-Header-Content-Length", $"{json.Length}");

        using HttpResponseMessage response = await dev.PostAsync(new Uri("/v2/models/mymodel/versions/1/infer", UriKind.Relative), content);
        byte[] bytes = await response.Content.ReadAsByteArrayAsync();
        int length = int.Parse(Assert.Single(response.Headers.GetValues("Inference-Header-Content-Length")), CultureInfo.InvariantCulture);
        JsonArray outputs = JsonNode.Parse(bytes.AsSpan(0, length))!["outputs"]!.AsArray();

        Assert.Equal((HttpStatusCode.OK, "application/octet-stream"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Equal(16, (int)outputs[0]!["parameters"]!["binary_data_size"]!);
        Assert.Equal(length + 16, bytes.Length);
        Assert.Equal(Expected(), Enumerable.Range(0, 4).Select(at => (double)BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(length + (4 * at)))), Close);
        Assert.Equal(2, outputs[1]!["data"]!.AsArray().Count); // label in the JSON
    }

    [Fact]
    public async Task The_server_says_that_it_lives_is_ready_and_what_it_is()
    {
        using HttpClient nobody = new() { BaseAddress = new Uri(portal.Server.Address) };
        using HttpClient coen = await portal.ProgramAsync("coen");

        Assert.Equal("""{"live":true}""", await nobody.GetStringAsync(new Uri("/v2/health/live", UriKind.Relative)));
        Assert.True((bool)JsonNode.Parse(await nobody.GetStringAsync(new Uri("/v2/health/ready", UriKind.Relative)))!["ready"]!);
        JsonNode server = JsonNode.Parse(await coen.GetStringAsync(new Uri("/v2", UriKind.Relative)))!;
        Assert.Equal("governance", (string?)server["name"]);
        Assert.Contains("binary_tensor_data", server["extensions"]!.AsArray().Select(extension => (string?)extension));
    }

    [Fact]
    public async Task A_models_metadata_names_tensors_outputs_and_readable_columns()
    {
        using HttpClient coen = await portal.ProgramAsync("coen");
        JsonNode model = JsonNode.Parse(await coen.GetStringAsync(new Uri("/v2/models/trees", UriKind.Relative)))!;
        JsonNode published = JsonNode.Parse(await (await portal.ProgramAsync("dev")).GetStringAsync(new Uri("/v2/models/mymodel/versions/1", UriKind.Relative)))!;

        Assert.Equal(("trees", "onnxruntime_onnx", "[\"1\"]"), ((string?)model["name"], (string?)model["platform"], model["versions"]!.ToJsonString()));
        Assert.Equal("[-1,13]", Assert.Single(model["inputs"]!.AsArray())!["shape"]!.ToJsonString());
        Assert.Contains("probabilities", model["outputs"]!.AsArray().Select(output => (string?)output!["name"]));
        Assert.Equal(13, model["readable_columns"]!["inputs"]!.AsArray().Count);
        Assert.Equal(["INT64", "BOOL"], published["inputs"]!.AsArray().Select(input => (string?)input!["datatype"]));
        Assert.Contains("output0", published["outputs"]!.AsArray().Select(output => (string?)output!["name"]));
        Assert.Equal("""{"name":"trees","ready":true}""", await coen.GetStringAsync(new Uri("/v2/models/trees/versions/1/ready", UriKind.Relative)));
    }

    [Fact]
    public async Task A_row_by_tensor_and_by_columns_and_by_the_other_api_is_one_row_and_paid_for_once()
    {
        using HttpClient rita = await portal.ProgramAsync("rita");

        // Numbers of more digits than single precision holds are another row in words than the one that the tensor says.
        int asked = Enumerable.Range(0, portal.Train.Rows).First(row => portal.Train.Columns.OfType<NumberColumn>()
            .All(column => double.Parse(((float)column.Number(row)).ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) == column.Number(row)));
        JsonNode byColumns = (await PostAsync(rita, "/v2/models/trees/versions/1/infer", new JsonObject { ["inputs"] = portal.Columns([asked]) }.ToJsonString())).Body;
        float[] encoded = portal.Encode(asked);
        JsonObject tensor = new()
        {
            ["name"] = "input", ["shape"] = new JsonArray(1, encoded.Length), ["datatype"] = "FP32", ["data"] = new JsonArray([.. encoded.Select(value => JsonValue.Create(value))]),
        };

        JsonNode byTensor = (await PostAsync(rita, "/v2/models/trees/versions/1/infer", new JsonObject { ["inputs"] = new JsonArray(tensor) }.ToJsonString())).Body;
        JsonObject row = [];
        foreach (JsonNode? column in portal.Columns([asked]))
        {
            row[(string)column!["name"]!] = column["data"]![0]!.DeepClone();
        }

        JsonNode other = (await PostAsync(rita, "/api/v1/models/trees/versions/1/predict", new JsonObject { ["rows"] = new JsonArray(row) }.ToJsonString())).Body;

        Assert.Equal((2, 0, 0), ((int)byColumns["parameters"]!["units"]!, (int)byTensor["parameters"]!["units"]!, (int)other["units"]!));
        Assert.Equal(byColumns["outputs"]!.ToJsonString(), byTensor["outputs"]!.ToJsonString());
        Assert.Equal((string?)other["outputs"]![0]!["label"], (string?)byTensor["outputs"]![0]!["data"]![0]);
    }

    [Fact]
    public async Task A_consumer_gets_no_more_than_the_policy_releases_under_any_name()
    {
        using HttpClient coen = await portal.ProgramAsync("coen");
        string inputs = portal.Columns([5, 6, 7]).ToJsonString();

        JsonNode body = (await PostAsync(coen, "/v2/models/trees/infer", $$$"""{"inputs":{{{inputs}}},"outputs":[{"name":"probabilities"},{"name":"probabilities","parameters":{"binary_data":false}},{"name":"label"}]}""")).Body;
        (HttpStatusCode hidden, JsonNode refusal) = await PostAsync(coen, "/v2/models/trees/infer", $$$"""{"inputs":{{{inputs}}},"outputs":[{"name":"raw_scores"}]}""");

        Assert.All(
            body["outputs"]!.AsArray().Where(output => (string?)output!["name"] != "label").SelectMany(output => output!["data"]!.AsArray()),
            number => Assert.Equal(Math.Round((double)number!, 1), (double)number!, 1e-6));

        Assert.Equal(HttpStatusCode.BadRequest, hidden);
        Assert.Contains("raw_scores", (string?)refusal["error"], StringComparison.Ordinal);
        JsonNode label = (await PostAsync(coen, "/v2/models/trees/infer", $$$"""{"inputs":{{{inputs}}},"parameters":{"form":"labelOnly"}}""")).Body;
        Assert.Equal(["label"], label["outputs"]!.AsArray().Select(output => (string?)output!["name"]));
    }

    [Fact]
    public async Task Errors_are_the_protocols_and_their_statuses_those_of_the_pipeline()
    {
        using HttpClient nobody = new() { BaseAddress = new Uri(portal.Server.Address) };
        using HttpClient coen = await portal.ProgramAsync("coen");
        using HttpClient stan = await portal.ProgramAsync("stan");
        using HttpClient otto = await portal.ProgramAsync("otto");
        using HttpClient read = await portal.ProgramAsync("coen", TokenScope.Read);
        using HttpClient elsewhere = await portal.ProgramAsync("coen", TokenScope.Predict, "mymodel");
        string row = new JsonObject { ["inputs"] = portal.Columns([9]) }.ToJsonString();
        string illegal = new JsonObject { ["inputs"] = portal.Columns([9], 40) }.ToJsonString();

        foreach ((HttpClient who, string path, string body, HttpStatusCode expected) in ((HttpClient, string, string, HttpStatusCode)[])
        [
            (nobody, "trees", row, HttpStatusCode.Unauthorized), (read, "trees", row, HttpStatusCode.Forbidden), (elsewhere, "trees", row, HttpStatusCode.Forbidden),
            (stan, "trees", row, HttpStatusCode.NotFound), (otto, "trees", row, HttpStatusCode.Forbidden), (coen, "nothing", row, HttpStatusCode.NotFound),
            (coen, "trees/versions/2", row, HttpStatusCode.NotFound), (coen, "trees/versions/newest", row, HttpStatusCode.NotFound),
            (coen, "trees", row.Replace("{\"inputs\"", "{\"parameters\":{\"environment\":\"elsewhere\"},\"inputs\"", StringComparison.Ordinal), HttpStatusCode.Conflict),
            (coen, "trees", illegal, HttpStatusCode.BadRequest), (coen, "trees", "{", HttpStatusCode.BadRequest), (coen, "trees", Request, HttpStatusCode.BadRequest),
        ])
        {
            (HttpStatusCode status, JsonNode error) = await PostAsync(who, $"/v2/models/{path}/infer", body);
            Assert.True(status == expected, $"{path}: {status}, {error.ToJsonString()}");
            Assert.False(string.IsNullOrWhiteSpace((string?)error["error"]), $"{path}: {error.ToJsonString()}");
        }
    }

    [Theory]
    [InlineData("GET", "/v2/models/trees/infer", 405, "POST")]
    [InlineData("PUT", "/v2/models/trees/versions/1/ready", 405, "GET")]
    [InlineData("POST", "/v2/jobs/01a20671-2833-7854-8d5f-9cb51b0b0342", 405, "DELETE, GET")]
    [InlineData("GET", "/v2/models", 404, null)]
    [InlineData("GET", "/v2/jobs/none", 404, null)]
    public async Task Where_nothing_answers_a_program_hears_so_and_is_not_sent_to_a_page(string method, string address, int expected, string? allowed)
    {
        using HttpClient coen = await portal.ProgramAsync("coen");
        using HttpClientHandler stays = new() { AllowAutoRedirect = false };
        using HttpClient nobody = new(stays) { BaseAddress = new Uri(portal.Server.Address) };
        using HttpRequestMessage asked = new(new HttpMethod(method), address);
        using HttpRequestMessage anonymous = new(new HttpMethod(method), address);

        using HttpResponseMessage answer = await coen.SendAsync(asked);
        using HttpResponseMessage closed = await nobody.SendAsync(anonymous);

        Assert.Equal((expected, HttpStatusCode.Unauthorized), ((int)answer.StatusCode, closed.StatusCode));
        Assert.Equal(allowed, answer.Content.Headers.Allow.Count == 0 ? null : string.Join(", ", answer.Content.Headers.Allow));
        Assert.False(string.IsNullOrWhiteSpace((string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]));
    }

    private static bool Close(double left, double right) => Math.Abs(left - right) < 1e-6;

    private static double[] Expected()
    {
        double[][] z = [[(0.25 * 1) + (0.125 * 2) + 1 + 0.5, (-0.5 * 1) + (0.75 * 2) - 0.5], [(0.25 * 3) + (0.125 * 4) + 0.5, (-0.5 * 3) + (0.75 * 4) - 0.5]];
        return [.. z.SelectMany(row => row.Select(value => Math.Exp(value) / row.Sum(Math.Exp)))];
    }

    internal static async Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(HttpClient client, string path, string body)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        string text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!);
    }
}
