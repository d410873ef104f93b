using System.Globalization;
using System.Security.Cryptography;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Fairness;
using Governance.Audit.Findings;
using Governance.Audit.Inference;
using Governance.Audit.Robustness;
using Governance.Audit.Runs;
using Governance.Audit.Specs;
using Governance.Registry.Policies;
using Governance.Tests;

namespace Governance.Audit.Tests.Runs;

/// <summary>Audits that ask how far their figures carry: disturbed inputs, weak slices, parts of the data.</summary>
public sealed class StressAuditTests
{
    private const string Gates = """
        gates:
          - { id: steady, metric: robustness.flip_rate, column: "noise=0.1", atMost: 0.5 }
          - { id: no-weak-cohort, metric: slices.confirmed, atMost: 0 }
          - { id: worst, metric: slices.error_rate_difference, atMost: 0.5 }
          - { id: parts, metric: stability.accuracy_difference, atMost: 0.9 }
        """;

    private static readonly string Samples = Path.Combine(Reference.Repository, "samples");

    private static string Spec => $$"""
        governance: audit/1
        name: hmda
        seed: 7
        model: { file: models/hmda_biased/model.onnx, encoding: models/hmda_biased/manifest.json }
        data: { evaluation: { file: hmda/test.csv, label: deny, positive: "yes", favourable: "no" } }
        robustness: { tests: [noise, missing], rows: 200, repeats: 2 }
        slices: { depth: 2, minRows: 60 }
        stability: { parts: 3 }
        {{Gates}}
        """;

    [Fact]
    public void Robustness_in_an_audit_is_what_measuring_it_alone_gives()
    {
        FindingsDocument document = Compute(Spec);
        byte[] model = File.ReadAllBytes(Path.Combine(Samples, "models/hmda_biased/model.onnx"));
        ModelEncoding encoding = ModelEncoding.Read(File.ReadAllBytes(Path.Combine(Samples, "models/hmda_biased/manifest.json")));
        using OnnxPredictor predictor = OnnxPredictor.Load(model, new PredictorOptions(), CancellationToken.None);
        Table table = Rows();
        RobustnessReport alone = MeasureRobustness.Run(
            new RobustnessRequest
            {
                Predictor = predictor, Rule = new DecisionRule(predictor.Signature, encoding, "yes", null),
                Encoder = RowEncoder.For(predictor.Signature, encoding, table),
                Table = table.Take(SampleRows.Draw([.. Enumerable.Range(0, table.Rows)], 200, 7)),
                Label = "deny", Tests = ["noise", "missing"], Repeats = 2, Seed = 7,
            },
            null, CancellationToken.None);

        foreach (RobustnessCurve curve in alone.Curves)
        {
            foreach (RobustnessPoint point in curve.Points)
            {
                Finding finding = document.Findings.Single(each => each.Id == $"robustness/flip_rate/{curve.Test}={point.Strength.ToString("R", CultureInfo.InvariantCulture)}");
                Assert.Equal(point.FlipRate, finding.Value!.Value, 12);
                Assert.Equal(point.FlipInterval, finding.Interval);
            }
        }

        Assert.Contains(document.Findings, finding => finding.Metric == "roc_auc_change" && finding.Value < 0);
    }

    // The oracle: the confirmed slice's rows, cut out by the language of cohorts, have the error rate that it tells of.
    [Fact]
    public void Gates_judge_what_the_three_parts_found()
    {
        FindingsDocument document = Compute(Spec);

        Dictionary<string, Finding> gated = document.Findings.Where(finding => finding.Gate is not null)
            .GroupBy(finding => finding.Gate!.Id).ToDictionary(group => group.Key, group => group.First()); // each confirmed slice is judged
        Assert.Equal(GateVerdict.Meets, gated["steady"].Gate!.Verdict);
        Assert.Equal("noise=0.1", gated["steady"].Slice);
        int confirmed = document.Stress!.Slices!.Slices.Count(slice => slice.Confirmed);
        Assert.Equal(confirmed == 0 ? GateVerdict.Meets : GateVerdict.Breaches, gated["no-weak-cohort"].Gate!.Verdict);
        Assert.Equal(confirmed, document.Findings.Count(finding => finding is { Family: "slices", Slice: not null }));
        Assert.Equal(GateVerdict.Meets, gated["parts"].Gate!.Verdict);
        Assert.Equal(["part 1", "part 2", "part 3"], document.Stress.Stability!.Attributes[0].Groups.Select(group => group.Group).Order());
        Assert.Equal(Rows().Rows, document.Stress.Stability.Attributes[0].Groups.Sum(group => group.Count));
        Assert.All(document.Findings, finding => Assert.False(string.IsNullOrEmpty(finding.Sentence) || string.IsNullOrEmpty(finding.Technical)));
        Assert.Equal(document.Findings.Count, document.Findings.Select(finding => finding.Id).Distinct().Count());
    }

    // Parts given by a column are its values; a part with worse predictions widens the difference.
    [Fact]
    public void A_named_column_gives_the_parts()
    {
        FindingsDocument document = Compute(Spec.Replace("{ parts: 3 }", "{ by: single }", StringComparison.Ordinal));

        Finding difference = document.Findings.Single(finding => finding.Id == "stability/accuracy_difference/single");
        IReadOnlyList<GroupMetrics> groups = document.Stress!.Stability!.Attributes[0].Groups;
        Assert.Equal(groups.Max(group => group.Metrics["accuracy"]!.Value) - groups.Min(group => group.Metrics["accuracy"]!.Value), difference.Value!.Value, 12);
        Assert.True(difference.Interval![0] <= difference.Value && difference.Value <= difference.Interval[1]);
    }

    [Fact]
    public void The_same_audit_has_the_same_bytes_for_any_threads_and_is_read_back_from_what_was_written()
    {
        byte[] one = SealableFindings.Bytes(Compute(Spec, 1));
        byte[] two = SealableFindings.Bytes(Compute(Spec, 2));
        AuditOptions options = SpecOptions.Of(ReadSpec.Run(Spec), policyGates: false);
        AuditSpec again = ReadSpec.Run(WriteSpec.Run(options, "hmda/3"));

        Assert.Equal(Convert.ToHexString(one), Convert.ToHexString(two));
        Assert.Equal(options.Measures!.Robustness!.Tests, again.Measures.Robustness!.Tests);
        Assert.Equal((200, 2), (again.Measures.Robustness.Rows, again.Measures.Robustness.Repeats));
        Assert.Equal(options.Measures.Slices, again.Measures.Slices);
        Assert.Equal(options.Measures.Stability, again.Measures.Stability);
    }

    private static Table Rows() => CsvTable.Read(new MemoryStream(File.ReadAllBytes(Path.Combine(Samples, "hmda/test.csv"))), CancellationToken.None);

    private static FindingsDocument Compute(string text, int threads = 2)
    {
        AuditSpec spec = ReadSpec.Run(text);
        Table rows = Rows();
        AuditTable data = new("hmda/test.csv", new string('a', 64), rows, "deny", "yes", "no");
        byte[] model = File.ReadAllBytes(Path.Combine(Samples, spec.Models[0].File!));
        AuditInputs inputs = new()
        {
            Subject = new AuditSubject("hmda", 1, "", Convert.ToHexStringLower(SHA256.HashData(model)), null),
            Model = model,
            Encoding = File.ReadAllBytes(Path.Combine(Samples, spec.Models[0].Encoding!)),
            Evaluation = data,
            Background = data,
        };
        return new ComputeFindings(inputs, SpecOptions.Of(spec, policyGates: false), PolicyPack.Default, TimeProvider.System)
            .Run(threads, new Silent(), CancellationToken.None);
    }

    private sealed class Silent : IRunProgress
    {
        public void Report(string stage, long done, long total)
        {
        }
    }
}
