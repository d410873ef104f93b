using System.Text.Json;
using Governance.Portal.CommandLine;
using Governance.Tests;

namespace Governance.Portal.Tests.Models;

public sealed class InferCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("governance-infer-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Prints_the_rows_for_people_and_the_whole_result_as_JSON()
    {
        string model = Write("m.onnx", GivenModel.Logistic([2, -1], 0.5f));
        string data = Write("d.csv", "a,b\n1,1\n0,3\n"u8.ToArray());

        (int code, string output, string error) = await RunAsync("infer", model, "--data", data, "--json", "-", "--provider", "cpu");
        JsonElement json = JsonDocument.Parse(output).RootElement;
        JsonElement prob = json.GetProperty("outputs")[0];

        Assert.Equal(0, code);
        Assert.Equal("governance/infer/1", json.GetProperty("schema").GetString());
        Assert.Equal("cpu", json.GetProperty("provider").GetString());
        Assert.Equal(2, json.GetProperty("rows").GetInt32());
        Assert.True(json.GetProperty("seconds").GetDouble() >= 0);
        Assert.Equal("tensor(float)", prob.GetProperty("type").GetString());
        Assert.Equal("[2,1]", JsonSerializer.Serialize(prob.GetProperty("shape")));
        Assert.Equal(1 / (1 + Math.Exp(-1.5)), prob.GetProperty("values")[0][0].GetDouble(), 1e-6);
        Assert.Equal(JsonValueKind.Null, prob.GetProperty("classes").ValueKind);
        Assert.Contains("0.817574", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ZipMap_becomes_rows_of_classes_in_the_order_of_the_encoding()
    {
        string model = Write("m.onnx", GivenModel.ZipMapped([1], 0, "bad", "good"));
        string data = Write("d.csv", "a,extra\n5,9\n"u8.ToArray());
        string encoding = Write("e.json", """
            {"inputs":[{"name":"x","features":[{"name":"a"}]}],"outputs":[{"name":"probabilities","role":"probability","classes":["good","bad"]}]}
            """u8.ToArray());

        (int code, string output, _) = await RunAsync("infer", model, "--data", data, "--encoding", encoding, "--json", "-", "--provider", "cpu");
        JsonElement outputs = JsonDocument.Parse(output).RootElement.GetProperty("outputs");

        Assert.Equal(0, code);
        Assert.Equal("[\"good\"]", outputs[0].GetProperty("values").GetRawText().Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings(""));
        Assert.Equal("good", outputs[1].GetProperty("classes")[0].GetString());
        Assert.True(outputs[1].GetProperty("values")[0][0].GetDouble() > 0.99);
    }

    [Fact]
    public async Task Where_chooses_rows_and_features_choose_columns()
    {
        string model = Write("m.onnx", GivenModel.Logistic([1], 0));
        string data = Write("d.csv", "group,a\nx,1\ny,2\ny,3\n"u8.ToArray());

        (int code, string output, _) = await RunAsync(
            "infer", model, "--data", data, "--features", "a", "--where", "group = 'y' and a < 3", "--json", "-", "--provider", "cpu");

        Assert.Equal(0, code);
        Assert.Equal(1, JsonDocument.Parse(output).RootElement.GetProperty("rows").GetInt32());
    }

    [Fact]
    public async Task Inputs_may_have_files_of_their_own()
    {
        string model = Write("m.onnx", new GivenModel()
            .Input("a", Governance.Audit.Inference.Graphs.TensorProto.Types.DataType.Float, null, 2)
            .Input("b", Governance.Audit.Inference.Graphs.TensorProto.Types.DataType.Float, null, 2)
            .Node("Add", ["a", "b"], ["sum"])
            .Output("sum", Governance.Audit.Inference.Graphs.TensorProto.Types.DataType.Float, null, 2).Build());
        string a = Write("a.csv", "p,q\n1,2\n"u8.ToArray());
        string b = Write("b.csv", "p,q\n10,20\n"u8.ToArray());
        string longer = Write("c.csv", "p,q\n1,2\n3,4\n"u8.ToArray());

        (_, string output, _) = await RunAsync("infer", model, "--data", a, "--input", $"b={b}", "--json", "-", "--provider", "cpu");
        (int code, _, string error) = await RunAsync("infer", model, "--input", $"a={longer}", "--input", $"b={b}", "--provider", "cpu");

        JsonElement values = JsonDocument.Parse(output).RootElement.GetProperty("outputs")[0].GetProperty("values");
        Assert.Equal(22, values[0][1].GetDouble());
        Assert.Equal(2, code);
        Assert.Contains("differ in length", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b,c\n1,2,3\n", "--features")]
    [InlineData("a,b\n1,x\n", "line 2")]
    [InlineData("a,b\n1\n", "Line 2")]
    public async Task Bad_data_ends_in_one_sentence_and_exit_code_2(string csv, string what)
    {
        string model = Write("m.onnx", GivenModel.Logistic([2, -1], 0.5f));
        string data = Write("d.csv", System.Text.Encoding.UTF8.GetBytes(csv));

        (int code, string output, string error) = await RunAsync("infer", model, "--data", data, "--json", "-", "--provider", "cpu");

        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains(what, error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public async Task Missing_files_and_unknown_flags_are_exit_code_2()
    {
        string model = Write("m.onnx", GivenModel.Logistic([1], 0));

        Assert.Equal(2, (await RunAsync("infer", Path.Combine(folder, "none.onnx"), "--data", model)).Code);
        Assert.Equal(2, (await RunAsync("infer", model, "--data", Path.Combine(folder, "none.csv"))).Code);
        Assert.Equal(2, (await RunAsync("infer", model)).Code);
        Assert.Equal(2, (await RunAsync("infer", model, "--data", model, "--frobnicate")).Code);
        Assert.Equal(2, (await RunAsync("infer", model, "--data", model)).Code);
    }

    [Fact]
    public async Task Numbers_that_are_not_finite_are_null_with_a_warning()
    {
        string model = Write("m.onnx", GivenModel.Logistic([1, 1], 0));
        string data = Write("d.csv", "a,b\n1,\n"u8.ToArray());

        (_, string output, _) = await RunAsync("infer", model, "--data", data, "--json", "-", "--provider", "cpu");
        JsonElement json = JsonDocument.Parse(output).RootElement;

        Assert.Equal("not-finite", json.GetProperty("warnings")[0].GetProperty("code").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("outputs")[0].GetProperty("values")[0][0].ValueKind);
    }

    [SkippableFact]
    public async Task The_biased_model_gives_the_same_from_readable_and_from_encoded_rows()
    {
        string model = Reference.Path("data", "models", "hmda_biased", "model.onnx");
        string manifest = Reference.Path("data", "models", "hmda_biased", "manifest.json");
        string readable = Reference.Path("data", "datasets", "hmda", "test.csv");
        string[] columns = ["pirat", "hirat", "lvrat", "chist", "mhist", "phist", "unemp", "selfemp", "insurance", "condomin", "afam", "single", "hschool"];
        string[] lines = await File.ReadAllLinesAsync(readable);
        string[] header = lines[0].Split(',');
        string encoded = Write("encoded.csv", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines.Skip(1).Select(line => line.Split(','))
            .Select(cells => string.Join(',', columns.Select(column => cells[Array.IndexOf(header, column)] switch { "yes" => "1", "no" => "0", string cell => cell })))
            .Prepend(string.Join(',', columns)))));

        (_, string fromReadable, _) = await RunAsync("infer", model, "--encoding", manifest, "--data", readable, "--json", "-", "--provider", "cpu");
        (_, string fromEncoded, _) = await RunAsync("infer", model, "--data", encoded, "--json", "-", "--provider", "cpu");

        Assert.Equal(476, JsonDocument.Parse(fromReadable).RootElement.GetProperty("rows").GetInt32());
        Assert.Equal(
            JsonDocument.Parse(fromEncoded).RootElement.GetProperty("outputs").GetRawText(),
            JsonDocument.Parse(fromReadable).RootElement.GetProperty("outputs").GetRawText());
    }

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = await GovernanceCommand.RunAsync(args, output, error, CancellationToken.None);
        return (code, output.ToString(), error.ToString());
    }
}
