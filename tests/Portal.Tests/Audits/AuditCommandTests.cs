using System.Text.Json;
using System.Xml.Linq;
using Governance.Portal.Tests.CommandLine;
using Governance.Tests;

namespace Governance.Portal.Tests.Audits;

/// <summary><c>governance audit</c> and <c>governance reproduce</c> on the sample spec over four models.</summary>
public sealed class AuditCommandTests : IDisposable
{
    private static readonly string Samples = Path.Combine(Reference.Repository, "samples");
    private static readonly string Spec = Path.Combine(Samples, "hmda-quarterly.yaml");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("governance-audits-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task The_biased_model_breaches_by_a_named_group_and_the_fair_one_does_not()
    {
        CommandRun run = await CommandRun.OfAsync("audit", Spec, "--json", "-", "--quiet");

        Assert.Equal(1, run.Code);
        Assert.Equal("breaches", run.Json.GetProperty("verdict").GetString());
        Dictionary<string, JsonElement> models = run.Json.GetProperty("models").EnumerateArray().ToDictionary(model => model.GetProperty("model").GetString()!);
        JsonElement biased = Gate(models["hmda_biased"], "impact-ratio");
        Assert.Equal("breaches", biased.GetProperty("gate").GetProperty("verdict").GetString());
        Assert.Equal("yes", biased.GetProperty("extremes").GetProperty("lowest").GetProperty("group").GetString());
        Assert.True(biased.GetProperty("interval")[1].GetDouble() < 0.8);
        foreach (string model in (string[])["hmda_fair", "hmda_logreg", "hmda_gbt"])
        {
            JsonElement gate = Gate(models[model], "impact-ratio").GetProperty("gate");
            Assert.NotEqual("breaches", gate.GetProperty("verdict").GetString());
            Assert.True(gate.GetProperty("verdict").GetString() == "meets" || gate.GetProperty("neededN").GetInt64() > 476);
        }
    }

    [Fact]
    public async Task The_same_audit_gives_the_same_files_for_any_number_of_threads()
    {
        foreach (string threads in (string[])["1", "2"])
        {
            CommandRun run = await CommandRun.OfAsync(
                "audit", Spec, "--threads", threads, "--quiet", "--json", At($"{threads}.json"), "--html", At($"{threads}.html"), "--junit", At($"{threads}.xml"));
            Assert.Equal(1, run.Code);
        }

        foreach (string kind in (string[])["json", "html", "xml"])
        {
            Assert.Equal(File.ReadAllText(At($"1.{kind}")), File.ReadAllText(At($"2.{kind}")));
        }

        XElement suites = XDocument.Load(At("1.xml")).Root!;
        Assert.Equal(4, suites.Elements("testsuite").Count());
        Assert.Equal("2", suites.Attribute("failures")!.Value);
        Assert.Contains("breaches the limit of at least 0.80", suites.Descendants("failure").First().Attribute("message")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_model_of_the_spec_is_audited_by_name_and_strict_fails_on_what_is_open()
    {
        CommandRun fair = await CommandRun.OfAsync("audit", Spec, "--model", "hmda_fair");
        CommandRun strict = await CommandRun.OfAsync("audit", Spec, "--model", "hmda_fair", "--strict");

        Assert.Equal((0, 1), (fair.Code, strict.Code));
        Assert.Contains("hmda-quarterly: inconclusive", fair.Output, StringComparison.Ordinal);
        Assert.Contains("rows would decide", fair.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_file_takes_the_place_of_the_spec_s()
    {
        string model = Path.Combine(Samples, "models", "hmda_biased");

        CommandRun run = await CommandRun.OfAsync(
            "audit", Spec, "--model", Path.Combine(model, "model.onnx"), "--encoding", Path.Combine(model, "manifest.json"), "--json", "-");

        Assert.Equal(1, run.Code);
        Assert.Equal("governance/audit/1", run.Json.GetProperty("schema").GetString());
        Assert.Equal(64, run.Json.GetProperty("manifest").GetProperty("findingsSha256").GetString()!.Length);
        Assert.Equal("hmda-quarterly", run.Json.GetProperty("spec").GetString());
    }

    [Fact]
    public async Task What_was_written_is_reproduced_to_the_last_bit_and_a_changed_number_is_named()
    {
        Assert.Equal(1, (await CommandRun.OfAsync("audit", Spec, "--model", "hmda_biased", "--quiet", "--json", At("a.json"))).Code);

        CommandRun same = await CommandRun.OfAsync("reproduce", At("a.json"), "--spec", Spec);
        await File.WriteAllTextAsync(At("b.json"), (await File.ReadAllTextAsync(At("a.json"))).Replace("0.26668595679012347", "0.25", StringComparison.Ordinal));
        CommandRun other = await CommandRun.OfAsync("reproduce", At("b.json"), "--spec", Spec);

        Assert.Equal(0, same.Code);
        Assert.StartsWith("The same to the last bit", same.Output, StringComparison.Ordinal);
        Assert.Equal(1, other.Code);
        Assert.Contains(".value: 0.25 then, 0.266", other.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name: hmda-quarterly", "nam: hmda-quarterly", "line 3, column 1: a spec has no key 'nam' (did you mean 'name'?)")]
    [InlineData("hmda/test.csv", "hmda/nowhere.csv", "there is no such file")]
    [InlineData("afam, single", "afam, race", "The data has no column 'race'.")]
    [InlineData("label: deny", "label: denied", "The data has no column 'denied'.")]
    [InlineData("modelRows: 5000000", "modelRows: 10", "budget of 10 model rows")]
    [InlineData("cohort: single, atLeast", "cohort: simple, atLeast", "there is no cohort 'simple'")]
    public async Task Bad_input_is_one_sentence_and_exit_code_2_and_nothing_is_written(string good, string bad, string expected)
    {
        string text = (await File.ReadAllTextAsync(Spec)).Replace(good, bad, StringComparison.Ordinal)
            .Replace("models/", Samples + "/models/", StringComparison.Ordinal).Replace("hmda/", Samples + "/hmda/", StringComparison.Ordinal);
        await File.WriteAllTextAsync(At("bad.yaml"), text);

        CommandRun run = await CommandRun.OfAsync("audit", At("bad.yaml"), "--json", At("bad.json"), "--html", At("bad.html"));

        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.Equal(["bad.yaml"], folder.GetFiles().Select(file => file.Name));
    }

    [Fact]
    public async Task An_audit_says_that_it_runs_on_the_CPU_unless_that_was_asked_for()
    {
        CommandRun auto = await CommandRun.OfAsync("audit", Spec, "--model", "hmda_logreg");
        CommandRun asked = await CommandRun.OfAsync("audit", Spec, "--model", "hmda_logreg", "--provider", "cpu");

        Assert.StartsWith("The models run on the CPU, as evidence does unless --provider cuda asks for a device.", auto.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("The models run on", asked.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("audit", "nowhere.yaml")]
    [InlineData("reproduce", "nowhere.json")]
    [InlineData("reproduce", "0199b8f2-0000-7000-8000-000000000000")]
    public async Task What_is_not_there_is_refused(string command, string named) =>
        Assert.Equal(2, (await CommandRun.OfAsync(command, named)).Code);

    private static JsonElement Gate(JsonElement model, string id) => model.GetProperty("findings").EnumerateArray()
        .First(finding => finding.GetProperty("gate") is { ValueKind: JsonValueKind.Object } gate && gate.GetProperty("id").GetString() == id);

    private string At(string name) => Path.Combine(folder.FullName, name);
}
