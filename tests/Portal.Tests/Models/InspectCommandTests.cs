using System.Text.Json;
using Governance.Portal.CommandLine;
using Governance.Tests;

namespace Governance.Portal.Tests.Models;

public sealed class InspectCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("governance-inspect-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Prints_and_writes_what_the_contract_lists()
    {
        string model = Path.Combine(folder, "m.onnx");
        string file = Path.Combine(folder, "report.json");
        await File.WriteAllBytesAsync(model, GivenModel.Logistic([2, -1], 0.5f));
        using StringWriter output = new();

        int code = await GovernanceCommand.RunAsync(["inspect", model, "--json", file, "--provider", "cpu"], output, TextWriter.Null, default);
        JsonElement json = JsonDocument.Parse(await File.ReadAllBytesAsync(file)).RootElement;

        Assert.Equal(0, code);
        Assert.Equal(
            ["schema", "engine", "warnings", "sha256", "bytes", "irVersion", "opsets", "producer", "inputs", "outputs", "operators", "nodes", "parameters", "explainers", "checks"],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal("probability", json.GetProperty("outputs")[0].GetProperty("role").GetString());
        Assert.Equal("[null,2]", JsonSerializer.Serialize(json.GetProperty("inputs")[0].GetProperty("shape")));
        Assert.Contains("Sigmoid ×1", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_is_a_warning_and_a_file_that_is_no_model_is_refused()
    {
        string model = Path.Combine(folder, "m.onnx");
        using StringWriter output = new();
        using StringWriter error = new();
        await File.WriteAllTextAsync(model, "this is no model");

        int refused = await GovernanceCommand.RunAsync(["inspect", model, "--json", "-"], output, error, default);

        Assert.Equal(2, refused);
        Assert.Empty(output.ToString());
        Assert.Contains("no ONNX model", error.ToString(), StringComparison.Ordinal);

        await File.WriteAllBytesAsync(model, GivenModel.Logistic([float.NaN], 0));
        int flagged = await GovernanceCommand.RunAsync(["inspect", model, "--json", "-", "--provider", "cpu"], output, error, default);

        Assert.Equal(0, flagged);
        Assert.Contains("check-finite", output.ToString(), StringComparison.Ordinal);
    }
}
