using System.Security.Cryptography;
using Governance.Audit.Data;
using Governance.Audit.Findings;
using Governance.Audit.Runs;
using Governance.Audit.Specs;
using Governance.Registry.Policies;
using Governance.Tests;

namespace Governance.Audit.Tests.Runs;

/// <summary>Audits by spec of the sample models, in parts that are kept, lost and read back.</summary>
public sealed class SpecRunTests
{
    private const string Gates = """
        gates:
          - { id: ratio, metric: fairness.demographic_parity_ratio, attribute: afam, atLeast: 0.8 }
          - { id: groups, metric: fairness.selection_rate, attribute: single, within: [0.2, 1] }
          - { id: both, metric: fairness.selection_rate, attribute: "afam|single", group: "yes|yes", atLeast: 0.9 }
          - { id: auc, metric: performance.roc_auc, cohort: single, atLeast: 0.6 }
          - { id: by-group, metric: performance.accuracy, attribute: afam, group: "no", atLeast: 0.5 }
          - { id: second, metric: fairness.demographic_parity_ratio, attribute: afam, atLeast: 0.1 }
          - { id: nobody, metric: performance.roc_auc, cohort: nobody, atLeast: 0.6 }
          - { id: drift, metric: drift.share, atMost: 0.2 }
          - { id: sums, metric: explanation.additivity_residual, atMost: 0.001 }
        """;

    private static readonly string Samples = Path.Combine(Reference.Repository, "samples");

    private static string Spec => $$"""
        governance: audit/1
        name: hmda
        seed: 7
        model: { file: models/hmda_biased/model.onnx, encoding: models/hmda_biased/manifest.json }
        data: { evaluation: { file: hmda/test.csv, label: deny, positive: "yes", favourable: "no" }, background: { file: hmda/train.csv, rows: 20 }, reference: { file: hmda/train.csv } }
        cohorts: { single: "single = 'yes'", nobody: "pirat > 1000" }
        explain: { rows: 70, samples: 64, method: kernel }
        fairness: { attributes: [afam, single], intersections: 2 }
        drift: { columns: [pirat, afam] }
        {{Gates}}
        """;

    [Fact]
    public void Gates_find_their_attribute_group_cohort_and_column()
    {
        FindingsDocument document = Compute(Spec, null).Run(2, new Silent(), CancellationToken.None);

        Dictionary<string, Finding> gated = document.Findings.Where(finding => finding.Gate is not null)
            .GroupBy(finding => finding.Gate!.Id).ToDictionary(group => group.Key, group => group.First());
        Assert.Equal(GateVerdict.Breaches, gated["ratio"].Gate!.Verdict);
        Assert.Equal("yes", gated["ratio"].Extremes!.Lowest.Group);
        Assert.Equal(2, document.Findings.Count(finding => finding.Gate?.Id == "groups"));
        Assert.Equal(("afam|single", "yes|yes", GateVerdict.Breaches), (gated["both"].Attribute, gated["both"].Group, gated["both"].Gate!.Verdict));
        Assert.Equal("single", gated["auc"].Cohort);
        Assert.Equal("performance/accuracy/afam=no", gated["by-group"].Id);
        Assert.Equal(GateVerdict.Meets, gated["second"].Gate!.Verdict);
        Assert.Equal("fairness/demographic_parity_ratio/afam#second", gated["second"].Id);
        Assert.Equal((GateVerdict.Inconclusive, 0L), (gated["nobody"].Gate!.Verdict, gated["nobody"].N));
        Assert.Equal(GateVerdict.Meets, gated["drift"].Gate!.Verdict);
        Assert.Equal(GateVerdict.Meets, gated["sums"].Gate!.Verdict);
        Assert.All(document.Findings, finding => Assert.False(string.IsNullOrEmpty(finding.Sentence) || string.IsNullOrEmpty(finding.Technical)));
        Assert.Equal(document.Findings.Count, document.Findings.Select(finding => finding.Id).Distinct().Count());
    }

    // The oracle: the same cohort cut out of the data beforehand.
    [Fact]
    public void A_cohort_measures_what_its_rows_alone_would()
    {
        FindingsDocument all = Compute(Spec, null).Run(1, new Silent(), CancellationToken.None);
        string alone = Spec.Replace("label: deny", "where: \"single = 'yes'\", label: deny", StringComparison.Ordinal)
            .Replace(Gates, "", StringComparison.Ordinal);

        FindingsDocument cut = Compute(alone, null).Run(1, new Silent(), CancellationToken.None);

        SliceReport cohort = all.Cohorts!.Single(slice => slice.Cohort == "single");
        Assert.Equal(cut.Performance!.Metrics, cohort.Performance!.Metrics);
        Assert.Equal(cut.Fairness!.Attributes[0].Summary, cohort.Fairness!.Attributes[0].Summary);
        Assert.Equal(cut.Data[0].Rows, cohort.Rows);
    }

    // The process dies as the nth part would be kept; the next attempt reads back what was kept and goes on.
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(11)]
    public void A_run_that_died_goes_on_to_the_same_bytes(int died)
    {
        byte[] whole = SealableFindings.Bytes(Compute(Spec, null).Run(2, new Silent(), CancellationToken.None));
        MortalStore store = new() { Lives = died };
        Assert.ThrowsAny<Exception>(() => Compute(Spec, store).Run(1, new Silent(), CancellationToken.None));
        store.Lives = int.MaxValue;

        ComputeFindings second = Compute(Spec, store);
        byte[] resumed = SealableFindings.Bytes(second.Run(2, new Silent(), CancellationToken.None));

        Assert.Equal(Convert.ToHexString(whole), Convert.ToHexString(resumed));
        Assert.Equal(died, second.Parts.Reused);
        Assert.True(second.Parts.All > 11);
    }

    [Theory]
    [InlineData("fairness.demographic_parity_ration, attribute: afam", "did you mean 'fairness.demographic_parity_ratio'?")]
    [InlineData("fairness.tpr, attribute: afam, group: maybe", "'afam' has no, yes")]
    [InlineData("performance.auc", "it measures performance.accuracy")]
    public void Gates_on_what_nothing_measures_are_refused_with_what_there_is(string gate, string expected)
    {
        string spec = Spec.Replace(Gates, $"gates: [{{ id: g, metric: {gate}, atLeast: 1 }}]", StringComparison.Ordinal);

        InputException refusal = Assert.Throws<InputException>(() => Compute(spec, null).Run(1, new Silent(), CancellationToken.None));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    // Newer intervals, the same point estimates; and the same bytes for any number of threads.
    [Theory]
    [InlineData("bootstrap")]
    [InlineData("bca")]
    public void Bootstrap_intervals_are_drawn_by_the_seed_alone(string method)
    {
        string spec = Spec.Replace(Gates, "", StringComparison.Ordinal).Replace("explain: { rows: 70, samples: 64, method: kernel }", "", StringComparison.Ordinal)
            .Replace("intersections: 2", $"interval: {{ method: {method}, resamples: 100 }}", StringComparison.Ordinal);

        FindingsDocument one = Compute(spec, null).Run(1, new Silent(), CancellationToken.None);
        FindingsDocument two = Compute(spec, null).Run(2, new Silent(), CancellationToken.None);
        FindingsDocument closed = Compute(spec.Replace(method, "wilson", StringComparison.Ordinal), null).Run(2, new Silent(), CancellationToken.None);

        Assert.Equal(SealableFindings.Bytes(one), SealableFindings.Bytes(two));
        Finding drawn = one.Findings.Single(finding => finding.Id == "fairness/selection_rate/afam=yes");
        Finding plain = closed.Findings.Single(finding => finding.Id == drawn.Id);
        Assert.Equal(plain.Value, drawn.Value);
        Assert.NotEqual(plain.Interval, drawn.Interval);
        Assert.Equal(plain.Interval![0], drawn.Interval![0], 0.03);
    }

    [Fact]
    public void A_budget_of_model_rows_ends_the_run()
    {
        InputException refusal = Assert.Throws<InputException>(() =>
            Compute(Spec + "\nbudget: { modelRows: 100 }", null).Run(1, new Silent(), CancellationToken.None));

        Assert.Contains("budget of 100 model rows", refusal.Message, StringComparison.Ordinal);
    }

    private static ComputeFindings Compute(string text, IShardStore? store)
    {
        AuditSpec spec = ReadSpec.Run(text);
        byte[] model = File.ReadAllBytes(Path.Combine(Samples, spec.Models[0].File!));
        AuditInputs inputs = new()
        {
            Subject = new AuditSubject(spec.Models[0].Name, 0, "", Hex(model), null),
            Model = model,
            Encoding = File.ReadAllBytes(Path.Combine(Samples, spec.Models[0].Encoding!)),
            Evaluation = Data(spec.Evaluation),
            Background = Data(spec.Background!),
            Reference = Data(spec.Reference!),
        };
        return new ComputeFindings(inputs, SpecOptions.Of(spec, policyGates: false), PolicyPack.Default, TimeProvider.System) { Shards = store };
    }

    private static AuditTable Data(SpecData data)
    {
        byte[] csv = File.ReadAllBytes(Path.Combine(Samples, data.File!));
        return new AuditTable(data.Name, Hex(csv), CsvTable.Read(new MemoryStream(csv), CancellationToken.None), null, null, null);
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private sealed class MortalStore : IShardStore
    {
        private readonly Dictionary<string, byte[]> kept = [];
        private readonly Lock gate = new();

        public int Lives { get; set; }

        public byte[]? Find(string key)
        {
            lock (gate)
            {
                return kept.GetValueOrDefault(key);
            }
        }

        public void Keep(string key, byte[] result)
        {
            lock (gate)
            {
                kept.Add(key, kept.Count < Lives ? result : throw new IOException("The process is dead."));
            }
        }
    }

    private sealed class Silent : IRunProgress
    {
        public void Report(string stage, long done, long total)
        {
        }
    }
}
