using System.Text.Json;
using Governance.Portal.Tests.CommandLine;
using Governance.Tests;

namespace Governance.Portal.Tests.Inside;

public sealed class InsideCommandTests
{
    private static readonly string Samples = Path.Combine(Reference.Repository, "samples");

    [Fact]
    public async Task A_surrogate_is_told_with_its_fidelity_and_what_a_copy_costs()
    {
        CommandRun run = await CommandRun.OfAsync(["surrogate", .. Model("hmda_gbt"), "--data", Path.Combine(Samples, "hmda", "train.csv"), "--label", "deny", "--copies", "--json", "-"]);

        Assert.True(run.Code == 0, run.Error);
        Assert.Equal("governance/surrogate/1", run.Json.GetProperty("schema").GetString());
        JsonElement surrogate = run.Json.GetProperty("surrogate");
        double fidelity = surrogate.GetProperty("student").GetProperty("fidelity").GetDouble();
        Assert.InRange(fidelity, surrogate.GetProperty("student").GetProperty("fidelityInterval")[0].GetDouble(), 1);
        Assert.InRange(surrogate.GetProperty("leaves").EnumerateArray().Sum(leaf => leaf.GetProperty("share").GetDouble()), 0.999, 1.001);
        JsonElement[] copies = [.. run.Json.GetProperty("copies").GetProperty("points").EnumerateArray()];
        JsonElement[] own = [.. copies.Where(point => point.GetProperty("attack").GetString() == "own-data")];
        Assert.Equal([25, 50, 100, 200, 400], own.Select(point => point.GetProperty("queries").GetInt32()));
        Assert.All(copies, point => Assert.InRange(point.GetProperty("fidelity").GetDouble(), 0.5, 1));
        Assert.Contains("rows held out as the model does", run.Error, StringComparison.Ordinal);
        Assert.Contains("Without protection", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trees_of_a_model_are_inspected()
    {
        CommandRun run = await CommandRun.OfAsync(["ensemble", "inspect", .. Model("hmda_gbt"), "--data", Path.Combine(Samples, "hmda", "test.csv"), "--label", "deny", "--json", "-"]);

        Assert.True(run.Code == 0, run.Error);
        Assert.Equal("governance/ensemble-inspect/1", run.Json.GetProperty("schema").GetString());
        JsonElement trees = Assert.Single(run.Json.GetProperty("ensembles").EnumerateArray());
        Assert.Equal("accuracy", trees.GetProperty("metric").GetString());
        Assert.Equal(trees.GetProperty("trees").GetInt32(), trees.GetProperty("stages").EnumerateArray().Last().GetProperty("trees").GetInt32());
        Assert.Contains("Boosting: each tree corrects those before it", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_without_trees_is_refused_in_words()
    {
        CommandRun run = await CommandRun.OfAsync(["ensemble", "inspect", .. Model("hmda_logreg"), "--data", Path.Combine(Samples, "hmda", "test.csv")]);

        Assert.Equal((2, true), (run.Code, run.Error.Contains("has no trees", StringComparison.Ordinal)));
    }

    private static string[] Model(string name) =>
        [Path.Combine(Samples, "models", name, "model.onnx"), "--encoding", Path.Combine(Samples, "models", name, "manifest.json")];
}
