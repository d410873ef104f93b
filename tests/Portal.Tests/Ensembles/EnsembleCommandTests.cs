using System.Text.Json;
using Governance.Portal.Tests.CommandLine;
using Governance.Tests;

namespace Governance.Portal.Tests.Ensembles;

public sealed class EnsembleCommandTests : IDisposable
{
    private static readonly string Models = Path.Combine(Reference.Repository, "samples", "models");
    private static readonly string Rows = Path.Combine(Reference.Repository, "samples", "hmda", "test.csv");

    private readonly string folder = Directory.CreateTempSubdirectory("governance-ensemble-").FullName;

    private string Out => Path.Combine(folder, "ensemble.onnx");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Models_become_one_file_that_other_commands_read_with_its_encoding()
    {
        CommandRun run = await RunAsync("--combine", "average", "--data", Rows, "--label", "deny", "--json", "-");

        Assert.Equal(("", 0), (run.Error, run.Code));
        Assert.Equal("governance/ensemble/1", run.Json.GetProperty("schema").GetString());
        Assert.Equal(["hmda_gbt/model.onnx", "hmda_logreg/model.onnx"], run.Json.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("name").GetString()));
        JsonElement accuracy = run.Json.GetProperty("judged").GetProperty("against")[0].GetProperty("metrics").EnumerateArray()
            .Single(metric => metric.GetProperty("name").GetString() == "accuracy");

        CommandRun compared = await CommandRun.OfAsync(
            "compare", Model("hmda_gbt"), Out, "--data", Rows, "--label", "deny", "--encoding", Manifest, "--encoding-b", Out + ".encoding.json",
            "--interval", "analytic", "--json", "-", "--quiet");

        Assert.Equal(("", 0), (compared.Error, compared.Code));
        JsonElement again = compared.Json.GetProperty("metrics").EnumerateArray().Single(metric => metric.GetProperty("name").GetString() == "accuracy");
        Assert.Equal(accuracy.GetProperty("b").GetDouble(), again.GetProperty("b").GetDouble(), 1e-12);
        Assert.Equal(accuracy.GetProperty("a").GetDouble(), again.GetProperty("a").GetDouble(), 1e-12);
    }

    [Fact]
    public async Task A_stacked_one_tells_its_coefficients_and_is_judged_out_of_fold()
    {
        CommandRun run = await RunAsync("--combine", "stacking", "--data", Rows, "--label", "deny", "--folds", "3", "--seed", "2", "--quiet", "--json", "-");

        Assert.Equal(("", 0), (run.Error, run.Code));
        Assert.Equal("out of fold", run.Json.GetProperty("judged").GetProperty("how").GetString());
        Assert.Equal(2, run.Json.GetProperty("stacking").GetProperty("coefficients")[0].GetArrayLength());
    }

    [Theory]
    [InlineData("--combine stacking", "labelled rows")]
    [InlineData("--combine weighted", "needs a weight")]
    [InlineData("--combine weighted --weights 1,x", "--weights takes numbers")]
    [InlineData("--combine majority --threshold 0.4", "has no threshold")]
    public async Task What_cannot_be_ends_in_a_sentence_and_writes_nothing(string flags, string sentence)
    {
        CommandRun run = await RunAsync(flags.Split(' '));

        Assert.Equal(2, run.Code);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    private static string Model(string name) => Path.Combine(Models, name, "model.onnx");

    private static string Manifest => Path.Combine(Models, "hmda_gbt", "manifest.json");

    private Task<CommandRun> RunAsync(params string[] flags) =>
        CommandRun.OfAsync(["ensemble", Model("hmda_gbt"), Model("hmda_logreg"), "--encoding", Manifest, "--out", Out, "--quiet", .. flags.Where(flag => flag != "--quiet")]);
}
