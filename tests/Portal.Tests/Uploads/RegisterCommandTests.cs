using Governance.Portal.Tests.CommandLine;
using Governance.Registry;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Uploads;

public sealed class RegisterCommandTests : IAsyncLifetime
{
    private static readonly string Samples = Path.Combine(Reference.Repository, "samples");

    private readonly string folder = Directory.CreateTempSubdirectory("governance-register-").FullName;

    private string Data => Path.Combine(folder, "data");

    public async Task InitializeAsync()
    {
        await using ServiceProvider registry = new ServiceCollection().AddRegistry(new RegistryOptions { DataFolder = Data }).BuildServiceProvider();
        await MigratedDatabase.PlaceAsync(registry.GetRequiredService<RegistryOptions>());
        await registry.GetRequiredService<MigrateDatabase>().RunAsync(default);
        foreach ((string name, Role role) in ((string, Role)[])[("dev", Role.Developer), ("dev2", Role.Developer), ("rita", Role.Reviewer)])
        {
            await registry.GetRequiredService<AddUser>().RunAsync(
                Actor.System, new NewUser(name, name, "correct horse battery", new HashSet<Role> { role }), default);
        }
    }

    public Task DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Model_version_and_data_set_are_registered_in_the_name_of_a_person_and_verify()
    {
        CommandRun model = await RunAsync("model", "add", "loans", "--purpose", "Decides on loans.", "--tier", "High", "--as", "DEV");
        Assert.Equal(("", 0), (model.Error, model.Code));
        Assert.Equal("governance/model-add/1", model.Json.GetProperty("schema").GetString());
        Assert.Equal("High", model.Json.GetProperty("tier").GetString());

        CommandRun first = await VersionAsync("hmda_fair", "dev");
        Assert.Equal(("", 0), (first.Error, first.Code));
        Assert.Equal(1, first.Json.GetProperty("number").GetInt32());
        CommandRun second = await VersionAsync("hmda_biased", "dev", "--parent", "loans/1=RetrainedFrom", "--note", "Again.");
        Assert.Equal(2, second.Json.GetProperty("number").GetInt32());

        CommandRun dataset = await RunAsync(
            "dataset", "add", "loans", Path.Combine(Samples, "hmda", "test.csv"), "--as", "dev", "--name", "loans-test",
            "--role", "deny=label", "--role", "afam=protected", "--kind", "pirat=numeric", "--positive", "yes", "--favourable", "no");
        Assert.Equal(("", 0), (dataset.Error, dataset.Code));
        Assert.Equal("no", dataset.Json.GetProperty("favourable").GetString());

        CommandRun ledger = await RunAsync("ledger", "verify", "--artifacts");
        Assert.Equal(("", 0), (ledger.Error, ledger.Code));
        Assert.Equal(6, ledger.Json.GetProperty("artifacts").GetProperty("read").GetInt32()); // two models, their inspections, the encoding that they share, a table
        Assert.Equal(0, ledger.Json.GetProperty("artifacts").GetProperty("faults").GetArrayLength());

        string file = Directory.GetFiles(Path.Combine(Data, "artifacts"), "*.art", SearchOption.AllDirectories)[0];
        byte[] bytes = await File.ReadAllBytesAsync(file);
        bytes[^5] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        Assert.Equal(0, (await RunAsync("ledger", "verify")).Code); // rows and ledger still fit
        CommandRun bent = await RunAsync("ledger", "verify", "--artifacts");
        Assert.Equal(1, bent.Code);
        Assert.Equal("corrupt", bent.Json.GetProperty("artifacts").GetProperty("faults")[0].GetProperty("kind").GetString());
    }

    [Fact]
    public async Task What_the_page_refuses_the_command_line_refuses_in_one_sentence()
    {
        await RunAsync("model", "add", "loans", "--purpose", "Decides on loans.", "--tier", "High", "--as", "dev");
        string text = Path.Combine(folder, "text.onnx");
        await File.WriteAllTextAsync(text, "this is no model");

        await RefusedAsync("There is no account 'nobody'.", "model", "add", "x", "--purpose", "p", "--tier", "Low", "--as", "nobody");
        await RefusedAsync("Only developers register models.", "model", "add", "x", "--purpose", "p", "--tier", "Low", "--as", "rita");
        await RefusedAsync("There is a model of this name already.", "model", "add", "loans", "--purpose", "p", "--tier", "Low", "--as", "dev2");
        await RefusedAsync("The file is named 'text.onnx', but its content is text, not an ONNX model.", "version", "add", "loans", text, "--as", "dev");
        await RefusedAsync("A model is one ONNX file", "version", "add", "loans", Path.Combine(Samples, "demo.json"), "--as", "dev");
        await RefusedAsync("There is no model 'loans', or not for this person.", "version", "add", "loans", Model("hmda_fair"), "--as", "dev2");
        await RefusedAsync("--parent takes MODEL/NUMBER=HOW", "version", "add", "loans", Model("hmda_fair"), "--as", "dev", "--parent", "loans");
        await RefusedAsync("There is no version 7 of 'loans'", "version", "add", "loans", Model("hmda_fair"), "--as", "dev", "--parent", "loans/7=RetrainedFrom");
        string csv = Path.Combine(Samples, "hmda", "test.csv");
        await RefusedAsync("There is no model 'loans', or not for this person.", "dataset", "add", "loans", csv, "--as", "rita");
        string large = Path.Combine(folder, "large.csv");
        await File.WriteAllBytesAsync(large, new byte[(1 << 20) + 1]);
        await RefusedAsync("The file has 1,048,577 bytes; at most 1,048,576 (1 MiB) are allowed.", "dataset", "add", "loans", large, "--as", "dev", "--most-dataset-mib", "1");
        await RefusedAsync("--role takes COLUMN=VALUE", "dataset", "add", "loans", csv, "--as", "dev", "--role", "deny=target");
        await RefusedAsync("The data have no column 'nope'.", "dataset", "add", "loans", csv, "--as", "dev", "--role", "nope=label");
        Assert.Empty(Directory.Exists(Path.Combine(Data, "artifacts"))
            ? Directory.GetFiles(Path.Combine(Data, "artifacts"), "*", SearchOption.AllDirectories) : []);
    }

    private static string Model(string name) => Path.Combine(Samples, "models", name, "model.onnx");

    private Task<CommandRun> VersionAsync(string sample, string user, params string[] more) => RunAsync(
        ["version", "add", "loans", Model(sample), "--encoding", Path.Combine(Samples, "models", sample, "manifest.json"), "--as", user, .. more]);

    private Task<CommandRun> RunAsync(params string[] args) => CommandRun.OfAsync([.. args, "--data", Data, "--json", "-", "--quiet"]);

    private async Task RefusedAsync(string sentence, params string[] args)
    {
        CommandRun run = await RunAsync(args);

        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.StartsWith(sentence, Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }
}
