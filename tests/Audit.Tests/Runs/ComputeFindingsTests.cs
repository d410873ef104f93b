using System.Security.Cryptography;
using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Fairness;
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
        Assert.Contains("breaches the limit of at least 0.80", ratio.Sentence, StringComparison.Ordinal);
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

    // Any column may be protected; the accuracy of its groups together is that of all rows.
    [Fact]
    public void Fairness_of_a_model_of_many_classes_is_measured_by_class()
    {
        AuditOptions options = new()
        {
            Name = "digits", Evaluation = "digits-test", Background = "digits-train", Protected = ["px_0_1"], Explanation = new ExplanationOptions { Rows = 0 },
        };

        FindingsDocument document = Audit("digits_cnn", options, threads: 1);

        AttributeFairness attribute = Assert.Single(document.Fairness!.Attributes);
        double right = attribute.Groups.Sum(group => group.Count * group.Metrics["accuracy"]!.Value);
        Assert.Equal(document.Performance!.Metrics["accuracy"]!.Value, right / attribute.Groups.Sum(group => group.Count), 1e-12);
    }

    [Fact]
    public void Explanations_alone_hold_no_findings_and_the_rows_asked_for()
    {
        AuditOptions options = Hmda with
        {
            Kind = AuditKind.Explanation,
            Explanation = new ExplanationOptions { Method = "kernel", RowNumbers = [9, 4], Samples = 256, Interactions = false, Reference = "own:single" },
        };

        FindingsDocument document = Audit("hmda_gbt", options, threads: 1);

        Assert.Empty(document.Findings);
        Assert.Null(document.Performance);
        Assert.Equal([4, 9], document.Explanation!.Rows.Select(row => row.Row));
        Assert.Equal("own:single", document.Explanation.Reference);
    }

    // The oracle: all rows scored by the audit itself, their distances to 0.5 sorted here.
    [Fact]
    public void Rows_near_the_threshold_are_the_nearest_of_their_cohort()
    {
        AuditOptions all = Hmda with { Kind = AuditKind.Explanation, Explanation = new ExplanationOptions { Rows = 10_000, Samples = 64, Method = "kernel" }, BackgroundRows = 2 };
        Dictionary<int, double> scores = Audit("hmda_logreg", all, threads: 2).Explanation!.Rows.ToDictionary(row => row.Row, row => row.Prediction[0]);
        Table data = Data("hmda-test").Table;

        FindingsDocument near = Audit("hmda_logreg", all with { Explanation = all.Explanation with { Rows = 5, Pick = RowPick.NearThreshold, Where = "single = 'yes'" } }, threads: 1);

        int[] expected = [.. scores.Where(score => data.Need("single").Text(score.Key) == "yes")
            .OrderBy(score => Math.Abs(score.Value - 0.5)).Take(5).Select(score => score.Key).Order()];
        Assert.Equal(expected, near.Explanation!.Rows.Select(row => row.Row));
    }

    [Fact]
    public void Rows_decided_against_the_outcome_are_wrong_ones()
    {
        AuditOptions options = Hmda with { Kind = AuditKind.Explanation, Explanation = new ExplanationOptions { Rows = 7, Pick = RowPick.Wrong, Samples = 64, Method = "kernel" } };

        FindingsDocument document = Audit("hmda_gbt", options, threads: 1);

        Table data = Data("hmda-test").Table;
        Assert.Equal(7, document.Explanation!.Rows.Count);
        Assert.All(document.Explanation.Rows, row => Assert.NotEqual(data.Need("deny").Text(row.Row), row.Prediction[0] >= 0.5 ? "yes" : "no"));
    }

    [Fact]
    public void Random_rows_follow_the_seed_and_a_row_that_is_not_there_is_named()
    {
        AuditOptions options = Hmda with { Kind = AuditKind.Explanation, Explanation = new ExplanationOptions { Rows = 6, Pick = RowPick.Random, Samples = 64, Method = "kernel" } };

        int[] one = [.. Audit("hmda_gbt", options, threads: 1).Explanation!.Rows.Select(row => row.Row)];
        int[] again = [.. Audit("hmda_gbt", options, threads: 2).Explanation!.Rows.Select(row => row.Row)];
        int[] other = [.. Audit("hmda_gbt", options with { Seed = 5 }, threads: 1).Explanation!.Rows.Select(row => row.Row)];
        InputException refusal = Assert.Throws<InputException>(() =>
            Audit("hmda_gbt", options with { Explanation = options.Explanation with { RowNumbers = [100_000] } }, threads: 1));

        Assert.Equal(one, again);
        Assert.NotEqual(one, other);
        Assert.Contains("no row 100000", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_of_before_keep_their_bytes()
    {
        string json = System.Text.Encoding.UTF8.GetString(AuditSpecJson.Write(Hmda));

        Assert.DoesNotContain("kind", json, StringComparison.Ordinal);
        Assert.DoesNotContain("pick", json, StringComparison.Ordinal);
        Assert.Equal(Hmda with { Protected = [] }, AuditSpecJson.Read(json) with { Protected = [] });
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
