using System.Security.Cryptography;
using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Findings;
using Governance.Audit.Runs;
using Governance.Registry.Policies;
using Governance.Tests;

namespace Governance.Audit.Tests.Runs;

/// <summary>Whole audits of the sample models that ship with the repository.</summary>
public sealed class ComputeFindingsTests
{
    private static readonly string Samples = Path.Combine(Reference.Repository, "samples");

    // Oracle: samples/models/expected_metrics.json, computed by scikit-learn on the same test split.
    [Theory]
    [InlineData("hmda_logreg")]
    [InlineData("hmda_gbt")]
    [InlineData("hmda_biased")]
    [InlineData("hmda_fair")]
    public void Performance_and_impact_ratio_are_those_of_scikit_learn(string model)
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Samples, "models", "expected_metrics.json")));
        JsonElement expected = file.RootElement.GetProperty(model);

        FindingsDocument document = Audit(model, Hmda with { Explanation = new ExplanationOptions { Rows = 0 } }, threads: 1);

        Assert.Equal(expected.GetProperty("accuracy").GetDouble(), document.Performance!.Metrics["accuracy"]!.Value, 1e-12);
        Assert.Equal(expected.GetProperty("roc_auc").GetDouble(), document.Performance.Metrics["roc_auc"]!.Value, 1e-9);
        Assert.Equal(
            expected.GetProperty("fairness").GetProperty("afam").GetProperty("disparate_impact_min_over_privileged").GetDouble(),
            document.Findings.Single(finding => finding.Id == "fairness/demographic_parity_ratio/afam").Value!.Value, 1e-12);
    }

    [Fact]
    public void The_biased_model_breaches_the_impact_ratio_and_its_race_feature_ranks_near_the_top()
    {
        FindingsDocument document = Audit("hmda_biased", Hmda, threads: 2);

        Finding ratio = document.Findings.Single(finding => finding.Id == "fairness/demographic_parity_ratio/afam");
        Assert.Equal(GateVerdict.Breaches, ratio.Gate!.Verdict);
        Assert.True(ratio.Interval![1] < 0.8);
        Assert.Contains("breaches the limit of at least 0.800", ratio.Sentence, StringComparison.Ordinal);
        Assert.InRange(document.Importance!.Single(player => player.Feature == "afam").Rank, 1, 3);
        Assert.All(document.Explanation!.Rows, row => Assert.InRange(Math.Abs(row.AdditivityResidual[0]), 0, 1e-6));
    }

    [Fact]
    public void The_fair_model_does_not_breach_the_impact_ratio()
    {
        FindingsDocument document = Audit("hmda_fair", Hmda with { Explanation = new ExplanationOptions { Rows = 0 } }, threads: 1);

        Assert.NotEqual(
            GateVerdict.Breaches,
            document.Findings.Single(finding => finding.Id == "fairness/demographic_parity_ratio/afam").Gate!.Verdict);
    }

    [Fact]
    public void One_and_two_threads_give_the_same_bytes()
    {
        AuditOptions few = Hmda with { Explanation = new ExplanationOptions { Rows = 6, Samples = 512 } };

        byte[] one = Bytes(Audit("hmda_gbt", few, threads: 1));
        byte[] two = Bytes(Audit("hmda_gbt", few, threads: 2));

        Assert.Equal(Convert.ToHexString(one), Convert.ToHexString(two));
    }

    [Fact]
    public void Several_classes_are_explained_for_the_class_that_was_predicted()
    {
        AuditOptions options = new()
        {
            Name = "digits",
            Evaluation = "digits-test",
            Background = "digits-train",
            BackgroundRows = 5,
            Explanation = new ExplanationOptions { Rows = 2, Samples = 256 },
        };

        FindingsDocument document = Audit("digits_cnn", options, threads: 2);

        Assert.Equal("multiclass", document.Performance!.Task);
        Assert.Equal(0.9888888888888889, document.Performance.Metrics["accuracy"]!.Value, 1e-12);
        Assert.Equal(64, document.Explanation!.Features.Count);
        Assert.Null(document.Fairness);
    }

    [Fact]
    public void A_cancelled_audit_ends_with_the_cancellation()
    {
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => Compute("hmda_gbt", Hmda).Run(1, new Silent(), cancelled.Token));
    }

    [Fact]
    public void Fairness_of_a_model_of_many_classes_is_refused_in_words()
    {
        AuditOptions options = new() { Name = "digits", Evaluation = "digits-test", Background = "digits-train", Protected = ["px_0_1"] };

        InputException refusal = Assert.Throws<InputException>(() => Audit("digits_cnn", options, threads: 1));

        Assert.Contains("a model of two classes", refusal.Message, StringComparison.Ordinal);
    }

    private static AuditOptions Hmda => new()
    {
        Name = "hmda",
        Evaluation = "hmda-test",
        Background = "hmda-train",
        BackgroundRows = 25,
        Protected = ["afam", "single"],
        Explanation = new ExplanationOptions { Rows = 40, Samples = 512 },
    };

    private static FindingsDocument Audit(string model, AuditOptions options, int threads) =>
        Compute(model, options).Run(threads, new Silent(), CancellationToken.None);

    private static ComputeFindings Compute(string model, AuditOptions options)
    {
        string folder = Path.Combine(Samples, "models", model);
        byte[] file = File.ReadAllBytes(Path.Combine(folder, "model.onnx"));
        byte[] encoding = File.ReadAllBytes(Path.Combine(folder, "manifest.json"));
        AuditInputs inputs = new()
        {
            Subject = new AuditSubject(model, 1, "", Hex(file), Hex(encoding)),
            Model = file,
            Encoding = encoding,
            Evaluation = Data(options.Evaluation),
            Background = Data(options.Background),
        };
        return new ComputeFindings(inputs, options, PolicyPack.Default, TimeProvider.System);
    }

    private static AuditTable Data(string name)
    {
        string[] parts = name.Split('-');
        byte[] csv = File.ReadAllBytes(Path.Combine(Samples, parts[0], parts[1] + ".csv"));
        Table table = CsvTable.Read(new MemoryStream(csv), CancellationToken.None);
        return parts[0] == "hmda"
            ? new AuditTable(name, Hex(csv), table, "deny", "yes", "no")
            : new AuditTable(name, Hex(csv), table, "digit", null, null);
    }

    private static byte[] Bytes(FindingsDocument document) =>
        JsonSerializer.SerializeToUtf8Bytes(document, ReportJson.Options);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private sealed class Silent : IRunProgress
    {
        public void Report(string stage, long done, long total)
        {
        }
    }
}
