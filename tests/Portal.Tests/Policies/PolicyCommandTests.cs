using System.Text.Json;
using Governance.Portal.Features.Documents;
using Governance.Portal.Tests.CommandLine;
using Governance.Registry.Policies;
using Governance.Registry.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Policies;

/// <summary>Policies and documents on the command line, against the sample portal's own database.</summary>
[Collection(PortalTests.Name)]
public sealed class PolicyCommandTests(SamplePortal portal) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("governance-policy-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_pack_is_checked_put_on_record_listed_and_shown_as_it_was_written()
    {
        string text = BuiltInPacks.Find("default", 3)!.Text.Replace("name: default", "name: strict", StringComparison.Ordinal).Replace("atMost: 0.03", "atMost: 0.001", StringComparison.Ordinal);
        string file = await FileAsync(text);

        CommandRun check = await CommandRun.OfAsync("policy", "check", file, "--json", "-");
        Assert.Equal(0, check.Code);
        Assert.Empty(check.Json.GetProperty("looser").EnumerateArray());
        Assert.Equal(0, (await RunAsync("policy", "add", file, "--as", "ada")).Code);
        CommandRun shown = await RunAsync("policy", "show", "strict", "--as", "dev");
        Assert.Equal(text, shown.Output);
        CommandRun list = await RunAsync("policy", "list", "--as", "dev", "--json", "-");
        Assert.Contains(list.Json.GetProperty("packs").EnumerateArray(), pack => pack.GetProperty("pack").GetProperty("name").GetString() == "strict");

        CommandRun other = await RunAsync("policy", "add", await FileAsync(text.Replace("0.001", "0.002", StringComparison.Ordinal)), "--as", "ada");
        Assert.Equal(2, other.Code);
        Assert.Contains("A pack never changes: raise the number.", other.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("policy", "add", file, "--as", "dev")).Code);
    }

    [Fact]
    public async Task An_unknown_key_is_one_sentence_with_line_and_column()
    {
        string[] lines = BuiltInPacks.Find("four-fifths", 1)!.Text.Split('\n');
        int at = Array.FindIndex(lines, line => line.StartsWith("level:", StringComparison.Ordinal));
        lines[at] += "\nlevell: 2";

        CommandRun run = await CommandRun.OfAsync("policy", "check", await FileAsync(string.Join('\n', lines)));

        Assert.Equal(2, run.Code);
        Assert.StartsWith($"The policy pack, line {at + 2}, column 1: a policy pack has no key 'levell' (did you mean 'level'?)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_if_judges_sealed_findings_and_says_what_lacks()
    {
        CommandRun run = await ProgramRun.OfAsync(portal.Services.GetRequiredService<RegistryOptions>(), "policy", "what-if", "four-fifths", "--as", "dev", "--json", "-");

        Assert.Equal(0, run.Code);
        JsonElement version = run.Json.GetProperty("versions").EnumerateArray().First(row => row.GetProperty("version").GetString() == "hmda_biased/1");
        JsonElement ratio = version.GetProperty("gates").EnumerateArray()
            .First(gate => gate.GetProperty("metric").GetString() == "fairness.demographic_parity_ratio" && gate.GetProperty("slice").GetString() == "afam");
        Assert.Equal("breaches", ratio.GetProperty("now").GetProperty("verdict").GetString());
        Assert.Equal("breaches", ratio.GetProperty("then").GetProperty("verdict").GetString());
        Assert.DoesNotContain(version.GetProperty("gates").EnumerateArray(), gate => gate.GetProperty("then").ValueKind == JsonValueKind.Null);
        Assert.NotEqual(JsonValueKind.Null, version.GetProperty("reports")[0].GetProperty("evidence").ValueKind);
    }

    [Fact]
    public async Task Loosening_is_refused_to_one_person_and_days_and_scopes_are_read()
    {
        CommandRun loosen = await RunAsync("policy", "adopt", "default/1", "--for", "model:hmda_fair", "--reason", "Less work.", "--as", "ada");
        Assert.Equal(2, loosen.Code);
        Assert.Contains("takes two administrators", loosen.Error, StringComparison.Ordinal);
        Assert.Contains("--for takes all", (await RunAsync("policy", "adopt", "default", "--for", "some", "--as", "ada")).Error, StringComparison.Ordinal);
        Assert.Contains("a day such as", (await RunAsync("policy", "adopt", "default", "--from", "soon", "--as", "ada")).Error, StringComparison.Ordinal);
        Assert.Contains("There is no policy pack 'none'", (await RunAsync("policy", "adopt", "none", "--as", "ada")).Error, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("policy", "adopt", "ll144/1", "--for", "model:hmda_fair", "--reason", "It hires in New York.", "--as", "ada")).Code);
    }

    [Fact]
    public async Task A_document_is_the_same_on_the_command_line_and_in_the_browser()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");
        foreach (string kind in DocumentNames.Kinds.Select(kind => kind.Name))
        {
            string file = Path.Combine(folder, kind + ".json");
            CommandRun run = await RunAsync("document", "hmda_biased/1", "--kind", kind, "--format", "json", "--out", file, "--json", "-", "--as", "dev");
            Assert.Equal(0, run.Code);
            Assert.NotEmpty(run.Json.GetProperty("evidence").EnumerateArray());
            string page = await dev.DownloadAsync($"/models/hmda_biased/versions/1/reports/{kind}.json");
            Assert.Equal(WithoutLedger(page), WithoutLedger(await File.ReadAllTextAsync(file)));
        }

        Assert.StartsWith("# Model card", (await RunAsync("document", "hmda_biased/1", "--as", "dev")).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("document", "hmda_biased/1", "--format", "pdf", "--as", "dev")).Code);
        Assert.Contains("MODEL/NUMBER", (await RunAsync("document", "hmda_biased", "--as", "dev")).Error, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("document", "hmda_biased/1", "--as", "coen")).Code);
    }

    [SkippableFact]
    public async Task A_pdf_is_printed_where_chromium_is_installed_and_a_sentence_says_so_where_not()
    {
        string file = Path.Combine(folder, "card.pdf");
        CommandRun run = await RunAsync("document", "hmda_biased/1", "--format", "pdf", "--out", file, "--as", "dev");
        if (PrintPdf.Find() is null)
        {
            Assert.Equal((2, PrintPdf.Absent), (run.Code, run.Error.Trim()));
            return;
        }

        Skip.If(run.Code == 2 && run.Error.Contains("could not print", StringComparison.Ordinal), "The installed Chromium does not start here.");
        Assert.Equal(0, run.Code);
        Assert.Equal("%PDF-"u8.ToArray(), (await File.ReadAllBytesAsync(file))[..5]);
    }

    // A checkpoint may be sealed between two readings.
    private static string WithoutLedger(string json)
    {
        System.Text.Json.Nodes.JsonNode node = System.Text.Json.Nodes.JsonNode.Parse(json)!;
        node["ledger"] = null;
        return node.ToJsonString();
    }

    private async Task<string> FileAsync(string text)
    {
        string file = Path.Combine(folder, $"{Guid.CreateVersion7():n}.yaml");
        await File.WriteAllTextAsync(file, text);
        return file;
    }

    private Task<CommandRun> RunAsync(params string[] args) => CommandRun.OnAsync(portal.Services.GetRequiredService<RegistryOptions>(), args);
}
