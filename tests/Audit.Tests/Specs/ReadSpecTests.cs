using System.Security.Cryptography;
using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Audit.Specs;

namespace Governance.Audit.Tests.Specs;

public sealed class ReadSpecTests
{
    [Fact]
    public void Every_part_of_the_contract_s_example_is_understood()
    {
        AuditSpec spec = ReadSpec.Run(GivenSpec.Contract);

        Assert.Equal("hmda-quarterly", spec.Name);
        Assert.Equal(20260301, spec.Seed);
        Assert.Equal(new SpecModel("hmda_biased", "hmda_biased/model.onnx", "hmda_biased/manifest.json", null), Assert.Single(spec.Models));
        Assert.Equal(("deny", "yes", "no"), (spec.Evaluation.Label, spec.Evaluation.Positive, spec.Evaluation.Favourable));
        Assert.Equal(("train.csv", 100), (spec.Background!.Name, spec.BackgroundRows));
        Assert.Equal(("train.csv", "march.csv"), (spec.Reference!.File, spec.Current!.File));
        Assert.Equal(0.5, spec.Threshold);
        Assert.Equal(new NamedCohort("single", "single = 'yes' and pirat < 0.4"), Assert.Single(spec.Measures.Cohorts));
        Assert.Equal(("auto", 50, 2048, "yes", "identity"), (spec.Explanation.Method, spec.Explanation.Rows, spec.Explanation.Samples, spec.Explanation.Class, spec.Explanation.Link));
        Assert.Equal(["afam", "single"], spec.Protected);
        Assert.Equal((2, 0.95, "bca", 1000, 30, 10, "holm"), (spec.Measures.Intersections, spec.Measures.Level, spec.Measures.Interval,
            spec.Measures.Resamples, spec.Measures.SmallestRows, spec.Measures.FewestEvents, spec.Measures.Correction));
        Assert.Equal("no", spec.Measures.ReferenceGroups["afam"]);
        Assert.Equal(["accuracy", "roc_auc", "brier", "ece"], spec.Measures.Metrics!);
        Assert.Equal(("auto", "bh", 0.05), (spec.Measures.Drift!.Test, spec.Measures.Drift.Correction, spec.Measures.Drift.Alpha));
        Assert.Equal(new AuditGate { Id = "impact-ratio", Metric = "fairness.demographic_parity_ratio", Attribute = "afam", AtLeast = 0.8 }, spec.Measures.Gates[0]);
        Assert.Equal(("performance", "roc_auc", "single"), (spec.Measures.Gates[1].Family, spec.Measures.Gates[1].Name, spec.Measures.Gates[1].Cohort));
        Assert.Equal(new RunBudget(600, 5_000_000), spec.Measures.Budget);
        Assert.Equal(new SpecSchedule("0 0 6 1 * ?", "UTC"), spec.Schedule);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(GivenSpec.Contract))), spec.Sha256);
    }

    // Line and column counted by hand.
    [Fact]
    public void Traffic_takes_the_place_of_data_and_is_written_back()
    {
        const string Id = "01930000-0000-7000-8000-000000000001";
        string text = $$"""
            governance: audit/1
            name: monthly
            model: { version: credit/3 }
            data: { evaluation: { deployment: {{Id}}, label: y }, reference: { dataset: train }, current: { deployment: {{Id}}, days: 7 } }
            drift: { columns: all }
            """;

        AuditOptions placed = PlaceSpec.Run(ReadSpec.Run(text), "credit/3", ["train"], new Dictionary<Guid, string> { [new Guid(Id)] = "train" }, new Dictionary<string, string>());
        AuditOptions back = SpecOptions.Of(ReadSpec.Run(WriteSpec.Run(placed, "credit/3")), policyGates: true);

        Assert.Equal((new TrafficDays(new Guid(Id), 30), new TrafficDays(new Guid(Id), 7)), (placed.EvaluationTraffic, placed.CurrentTraffic));
        Assert.Equal(("train", "train", "train"), (placed.Evaluation, placed.Background, placed.Current));
        Assert.Equal((placed.EvaluationTraffic, placed.CurrentTraffic), (back.EvaluationTraffic, back.CurrentTraffic));
        Assert.Contains("no deployment", Assert.Throws<InputException>(() => PlaceSpec.Run(
            ReadSpec.Run(text), "credit/3", ["train"], new Dictionary<Guid, string>(), new Dictionary<string, string>())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_of_a_path_are_read_and_written_back()
    {
        AuditSpec spec = ReadSpec.Run(GivenSpec.Short("explain: { method: integrated-gradients, rows: 3, steps: 64, reference: mean }"));
        AuditOptions options = SpecOptions.Of(spec, policyGates: false);

        Assert.Equal(64, spec.Explanation.Steps);
        Assert.Equal(options.Explanation, SpecOptions.Of(ReadSpec.Run(WriteSpec.Run(options with { Evaluation = "e", Background = "e" }, "m/1")), policyGates: false).Explanation);
        Assert.Null(CheckOptions.Fault(options));
        Assert.Contains("Steps are 8 to", CheckOptions.Fault(options with { Explanation = options.Explanation with { Method = "kernel" } }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("colour: red", "line 5, column 1: a spec has no key 'colour'")]
    [InlineData("fairness: { attribtes: [a] }", "line 5, column 13: 'fairness' has no key 'attribtes' (did you mean 'attributes'?)")]
    [InlineData("decision:\n  treshold: 0.5", "line 6, column 3: 'decision' has no key 'treshold' (did you mean 'threshold'?)")]
    [InlineData("seed: 1.5", "line 5, column 7: 'seed' is a whole number from 0 to 2147483647.")]
    [InlineData("seed: x", "line 5, column 7: 'seed' takes a number, not 'x'.")]
    [InlineData("name: again", "line 5, column 1: the key 'name' stands here twice.")]
    [InlineData("cohorts: { a: \"x <\" }", "line 5, column 15: ")]
    [InlineData("explain: { method: magic }", "line 5, column 20: There is no method 'magic'")]
    [InlineData("explain: { method: integrated-gradients, steps: 4 }", "line 5, column 49: 'steps' is a whole number from 8 to 1000000.")]
    [InlineData("explain: { method: kernel, steps: 64 }", "line 5, column 35: 'steps' belongs to the methods integrated-gradients, expected-gradients.")]
    [InlineData("fairness: [a]", "line 5, column 11: 'fairness' takes keys with values, not a list.")]
    [InlineData("fairness: { attributes: [a], reference: { b: x } }", "line 5, column 43: 'b' is none of the attributes a.")]
    [InlineData("gates: [{ id: g, metric: roc_auc, atLeast: 1 }]", "line 5, column 26: 'metric' is FAMILY.METRIC")]
    [InlineData("gates: [{ id: g, metric: performance.roc_auc }]", "line 5, column 9: a gate needs 'atLeast', 'atMost' or 'within'.")]
    [InlineData("gates: [{ id: g, metric: performance.roc_auc, within: [2, 1] }]", "the first number of 'within' is above the second.")]
    [InlineData("gates: [{ id: g, metric: fairness.tpr, atLeast: 1 }]", "a gate on fairness needs 'fairness'")]
    [InlineData("gates: [{ id: g, metric: performance.roc_auc, cohort: young, atLeast: 1 }]", "there is no cohort 'young'")]
    [InlineData("gates:\n  - { id: g, metric: performance.f1, atLeast: 1 }\n  - { id: g, metric: performance.f1, atMost: 1 }", "line 7, column 11: two gates are called 'g'.")]
    [InlineData("gates: [{ id: g, metric: theft.fidelity.consumer, atMost: 1 }]", "a gate on theft needs the part 'redteam'.")]
    [InlineData("redteam: { roles: [consumer] }\ngates: [{ id: g, metric: theft.fidelity.consumer, column: a, atMost: 1 }]", "a gate on theft is about the model as a whole")]
    [InlineData("redteam: { roles: [thief] }", "line 5, column 19: There is no role 'thief' with answers of its own; there are owner,")]
    [InlineData("redteam: { attacks: [bribery] }", "line 5, column 21: There is no attack 'bribery'")]
    [InlineData("redteam: { days: 0 }", "line 5, column 18: 'days' is a whole number from 1 to 3650.")]
    [InlineData("robustness: { tests: [hammer] }", "line 5, column 22: there is no test 'hammer'; there are ")]
    [InlineData("slices: { metric: worse }", "line 5, column 19: 'metric' is one of error_rate, log_loss")]
    [InlineData("stability: { by: year, parts: 3 }", "line 5, column 31: the values of 'by' are the parts")]
    [InlineData("gates: [{ id: g, metric: slices.confirmed, atMost: 0 }]", "a gate on slices needs the part 'slices'.")]
    [InlineData("drift: { columns: all }", "drift needs 'reference' under 'data'.")]
    [InlineData("schedule: { cron: \"* *\" }", "line 5, column 19: 'cron' has six or seven fields")]
    [InlineData("models: []", "a spec needs 'model', or a list 'models'.")]
    [InlineData("budget: { seconds: -1 }", "line 5, column 20: 'seconds' lies between")]
    [InlineData("decision: &a { threshold: 0.5 }", "anchors and aliases are not read")]
    [InlineData("decision: !!map { threshold: 0.5 }", "the tag")]
    [InlineData("---\na: b", "there is a second document")]
    [InlineData("decision: [", "this is no YAML")]
    public void What_is_wrong_is_named_with_its_place(string part, string expected)
    {
        InputException refusal = Assert.Throws<InputException>(() => ReadSpec.Run(GivenSpec.Short(part)));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.NotNull(refusal.Line);
    }

    [Fact]
    public void Another_version_of_the_form_is_refused()
    {
        InputException refusal = Assert.Throws<InputException>(() => ReadSpec.Run(GivenSpec.Short().Replace("audit/1", "audit/2", StringComparison.Ordinal)));

        Assert.Equal("The spec, line 1, column 13: this program reads specs of 'audit/1', not 'audit/2'.", refusal.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("- a\n- b\n")]
    [InlineData("just words")]
    public void Text_that_is_no_spec_is_refused(string text) => Assert.Throws<InputException>(() => ReadSpec.Run(text));

    // A parser that recursed would end the process here.
    [Fact]
    public void Deep_nesting_and_long_texts_are_refused()
    {
        Assert.Contains("nested", Assert.Throws<InputException>(() => ReadSpec.Run(GivenSpec.Short("gates: " + new string('[', 100_000)))).Message, StringComparison.Ordinal);
        Assert.Contains("longer", Assert.Throws<InputException>(() => ReadSpec.Run(GivenSpec.Short("# " + new string('x', 300_000)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gates_may_name_an_intersection_in_any_order()
    {
        AuditSpec spec = ReadSpec.Run(GivenSpec.Short(
            "fairness: { attributes: [a, b], intersections: 2 }\ngates: [{ id: g, metric: fairness.tpr, attribute: \"b|a\", group: \"x|y\", atLeast: 0.5 }]"));

        Assert.Equal("a|b", spec.Measures.Gates[0].Attribute);
    }

    [Fact]
    public void Several_models_take_their_names_from_their_folders()
    {
        string text = GivenSpec.Short().Replace("model: { file: m.onnx }", "models: [{ file: a/model.onnx }, { version: credit/12 }, { file: x/b.onnx, name: second }]", StringComparison.Ordinal);

        AuditSpec spec = ReadSpec.Run(text);

        Assert.Equal(["a", "credit/12", "second"], spec.Models.Select(model => model.Name));
        Assert.Equal(("credit", 12), spec.Models[1].VersionParts);
    }

    // What is written of options reads back to the same options, but for the digest of the text.
    [Fact]
    public void A_written_spec_reads_back_to_the_same_options()
    {
        string text = GivenSpec.Contract.Replace("file: test.csv", "dataset: test", StringComparison.Ordinal).Replace("{ file: train.csv, rows", "{ dataset: train, rows", StringComparison.Ordinal)
            .Replace("{ file: train.csv }", "{ dataset: train }", StringComparison.Ordinal).Replace("{ file: march.csv }", "{ dataset: march }", StringComparison.Ordinal);
        AuditOptions options = SpecOptions.Of(ReadSpec.Run(text), policyGates: false);

        AuditSpec again = ReadSpec.Run(WriteSpec.Run(options, "hmda/3"));

        Assert.Equal("hmda/3", again.Models[0].Version);
        AuditOptions back = SpecOptions.Of(again, policyGates: false);
        Assert.Equal(
            Encoding.UTF8.GetString(AuditSpecJson.Write(options)),
            Encoding.UTF8.GetString(AuditSpecJson.Write(back with { Measures = back.Measures! with { SpecSha256 = options.Measures!.SpecSha256 } })));
    }
}
