using System.Security.Cryptography;
using System.Text.Json;
using Governance.Audit.Counterfactuals;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Fairness;
using Governance.Audit.Inference;
using Governance.Audit.Mitigation;
using Governance.Audit.Runs;
using Governance.Registry.Policies;
using Governance.Tests;

namespace Governance.Audit.Tests.Runs;

/// <summary>A version with thresholds by group is audited as it decides, with the sample model.</summary>
public sealed class GroupThresholdAuditTests
{
    private static readonly string Folder = Path.Combine(Reference.Repository, "samples");

    private static readonly GroupThresholds Step = new()
    {
        Method = "threshold",
        Columns = ["afam"],
        Positive = "yes",
        Otherwise = 0.5,
        Key = "k",
        Groups =
        [
            new GroupRule("no", 0.2, 0.3, [new ThresholdRule(0.5, ThresholdOperator.Above, 0.3), new ThresholdRule(0.5, ThresholdOperator.Above, 0.6)]),
            new GroupRule("yes", 0, 0, [new ThresholdRule(1, ThresholdOperator.Never, null)]),
        ],
    };

    [Fact]
    public void Group_rates_are_those_of_the_rules_for_any_number_of_threads()
    {
        FindingsDocument document = Audit(Encoding(Step), null).Run(1, new Silent(), default);
        FindingsDocument again = Audit(Encoding(Step), null).Run(2, new Silent(), default);
        GroupMetrics[] groups = [.. document.Fairness!.Attributes.Single().Groups];

        // Nobody of the group "yes" is denied; the others as often as the rule says, up to the draws.
        Assert.Equal(1, groups.Single(group => group.Group == "yes").Metrics["selection_rate"]);
        GroupMetrics others = groups.Single(group => group.Group == "no");
        double denied = Scores("no").Average(Step.Groups[0].Probability);
        Assert.Equal(denied, 1 - others.Metrics["selection_rate"]!.Value, 4 * Math.Sqrt(denied * (1 - denied) / others.Count));
        Assert.Equal(Bytes(document), Bytes(again));
        Assert.Null(document.Options.Threshold);
    }

    [Fact]
    public void The_score_metrics_stay_and_the_evidence_names_the_other_encoding()
    {
        FindingsDocument plain = Audit(Encoding(null), null).Run(1, new Silent(), default);
        FindingsDocument mitigated = Audit(Encoding(Step), null).Run(1, new Silent(), default);

        Assert.Equal(plain.Performance!.Metrics["roc_auc"], mitigated.Performance!.Metrics["roc_auc"]);
        Assert.NotEqual(plain.Performance.Metrics["accuracy"], mitigated.Performance.Metrics["accuracy"]);
        Assert.NotEqual(plain.Subject.EncodingDigest, mitigated.Subject.EncodingDigest);
        Assert.DoesNotContain(plain.Warnings, warning => warning.Code == GroupThresholds.NoteCode);
        Assert.Contains("left to a keyed hash", Assert.Single(mitigated.Warnings, warning => warning.Code == GroupThresholds.NoteCode).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_audit_cannot_ask_for_another_threshold() => Assert.Contains(
        "thresholds of each group",
        Assert.Throws<InputException>(() => Audit(Encoding(Step), 0.5).Run(1, new Silent(), default)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_counterfactual_keeps_the_group_in_sight_though_the_model_may_not_read_it()
    {
        GroupThresholds bySchool = Step with { Columns = ["hschool"], Groups = [new GroupRule("yes", 0, 0, [new ThresholdRule(1, ThresholdOperator.Above, 0.2)])] };
        ModelEncoding encoding = ModelEncoding.Read(Encoding(bySchool));
        using OnnxPredictor predictor = OnnxPredictor.Load(Model, new PredictorOptions { Provider = "cpu" }, default);
        Table table = Rows();
        RowEncoder encoder = new(predictor.Signature, encoding);
        InputBatch batch = encoder.Encode(table);
        DecisionRule rule = new(predictor.Signature, encoding);
        Decisions decisions = rule.Decide(predictor.Predict(batch, default), table, batch);
        int row = Enumerable.Range(0, table.Rows).First(at => decisions.Scores![at] is > 0.2 and < 0.5 && table.Need("hschool").Text(at) == "yes");

        CounterfactualReport report = FindCounterfactuals.Run(
            new CounterfactualRequest { Predictor = predictor, Encoder = encoder, Data = table, Row = row, Population = table, Target = "no", Evaluations = 2_000 },
            TimeProvider.System, default);

        Assert.Equal("yes", report.Original.Prediction);
        Assert.NotEmpty(report.Counterfactuals);
    }

    private static byte[] Model => File.ReadAllBytes(Path.Combine(Folder, "models", "hmda_biased", "model.onnx"));

    private static byte[] Encoding(GroupThresholds? step)
    {
        ModelEncoding plain = ModelEncoding.Read(File.ReadAllBytes(Path.Combine(Folder, "models", "hmda_biased", "manifest.json")));
        return (step is null ? plain : RegisterMitigation.With(plain, step)).CanonicalBytes();
    }

    private static Table Rows()
    {
        using FileStream csv = File.OpenRead(Path.Combine(Folder, "hmda", "test.csv"));
        return CsvTable.Read(csv, default);
    }

    private static double[] Scores(string group)
    {
        ModelEncoding encoding = ModelEncoding.Read(Encoding(null));
        using OnnxPredictor predictor = OnnxPredictor.Load(Model, new PredictorOptions { Provider = "cpu" }, default);
        Table table = Rows();
        double[] scores = new DecisionRule(predictor.Signature, encoding).Decide(predictor.Predict(new RowEncoder(predictor.Signature, encoding).Encode(table), default)).Scores!;
        return [.. Enumerable.Range(0, table.Rows).Where(row => table.Need("afam").Text(row) == group).Select(row => scores[row])];
    }

    private static ComputeFindings Audit(byte[] encoding, double? threshold)
    {
        AuditTable data = new("hmda-test", "", Rows(), "deny", "yes", "no");
        AuditInputs inputs = new()
        {
            Subject = new AuditSubject("hmda_biased", 2, "", "", Convert.ToHexStringLower(SHA256.HashData(encoding))),
            Model = Model,
            Encoding = encoding,
            Evaluation = data,
            Background = data,
        };
        AuditOptions options = new()
        {
            Name = "mitigated", Evaluation = "hmda-test", Background = "hmda-test", Protected = ["afam"], Threshold = threshold,
            Explanation = new ExplanationOptions { Rows = 0 },
        };
        return new ComputeFindings(inputs, options, PolicyPack.Default, TimeProvider.System);
    }

    private static string Bytes(FindingsDocument document) => JsonSerializer.Serialize(document, ReportJson.Options);

    private sealed class Silent : IRunProgress
    {
        public void Report(string stage, long done, long total)
        {
        }
    }
}
