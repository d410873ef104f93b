using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Mitigation;
using Governance.Audit.Tests.MetricGoldens;
using Governance.Tests;

namespace Governance.Audit.Tests.Mitigation;

/// <summary>Each record of Fairlearn's ThresholdOptimizer, to 1e-9: the common rate, the rules, what they make of each group, the chances of single rows.</summary>
public sealed class ThresholdOptimizerGoldenTests : IChecksMetricRecords
{
    private const double Close = 1e-9;
    private const string File = "mitigation_threshold_optimizer.json";

    public static bool Claims(MetricRecord record) => record.File == File;

    public static TheoryData<string> Fits => Reference.Folder is null ? [""] : [.. MetricRecords.Of(File).Where(record => record.Raises is null).Select(record => record.Id)];

    [SkippableTheory]
    [MemberData(nameof(Fits))]
    public void Finds_the_thresholds_of_the_record(string id)
    {
        MetricRecord record = MetricRecords.Of(File).First(record => record.Id == id);
        JsonElement parameters = record.Params;
        Table table = MitigationInput.Read(record.Dataset);
        sbyte[] labels = MitigationInput.Labels(table);
        double[] scores = MitigationInput.Numbers(table, parameters.GetProperty("score").GetString()!);
        Levels groups = Levels.Of(table.Need(parameters.GetProperty("sensitive").GetString()!));
        GroupRows[] rows = [.. groups.Names.Select(name => Rows(groups, name, scores, labels))];
        ThresholdSearch search = new(
            Constraint(parameters.GetProperty("constraints").GetString()!),
            parameters.GetProperty("objective").GetString() == "accuracy_score" ? MitigationObjective.Accuracy : MitigationObjective.Balanced,
            ErrorCosts.Equal, 0, parameters.GetProperty("grid_size").GetInt32());

        ThresholdFit fit = RandomisedThresholds.Fit(
            [.. rows.Select(own => GroupCurve.Of(own.Name, own.Scores, own.Labels, [], parameters.GetProperty("flip").GetBoolean()))], search);

        Assert.Equal(record.Value.GetProperty("x_best").GetDouble(), fit.X, Close);
        Assert.Equal(record.Value.GetProperty("y_best").GetDouble(), fit.Y, Close);
        for (int group = 0; group < rows.Length; group++)
        {
            CheckRule(record.Value.GetProperty("interpolation").GetProperty(rows[group].Name), fit.Rules[group]);
            CheckRates(record.Value.GetProperty("expected_rates").GetProperty(rows[group].Name), fit.Expected[group], rows[group].Decided(fit.Rules[group]), rows[group]);
        }

        Assert.Equal(record.Value.GetProperty("expected_accuracy").GetDouble(), fit.Expected.Aggregate(Confusion.Add).Accuracy, Close);
        int at = 0;
        foreach (JsonElement chance in record.Value.GetProperty("pmf_first10").EnumerateArray())
        {
            Assert.Equal(chance.GetDouble(), fit.Rules[groups.Codes[at]].Probability(scores[at]), Close);
            at++;
        }
    }

    [SkippableFact]
    public void Refuses_the_group_that_has_one_class_only()
    {
        MetricRecord record = MetricRecords.Of(File).Single(record => record.Raises is not null);
        Assert.Equal("degenerate_group", record.Id);
        Table table = MitigationInput.Read(record.Dataset);
        GroupRows own = Rows(Levels.Of(table.Need("group")), "G", MitigationInput.Numbers(table, "score"), MitigationInput.Labels(table));

        InputException refusal = Assert.Throws<InputException>(() => GroupCurve.Of(own.Name, own.Scores, own.Labels, [], inverted: false));

        Assert.Contains("'G'", refusal.Message, StringComparison.Ordinal);
    }

    private static void CheckRule(JsonElement expected, GroupRule rule)
    {
        Assert.Equal(expected.TryGetProperty("p_ignore", out JsonElement ignored) ? ignored.GetDouble() : 0, rule.PIgnore, Close);
        Assert.Equal(expected.TryGetProperty("prediction_constant", out JsonElement constant) ? constant.GetDouble() : 0, rule.Constant, Close);
        for (int part = 0; part < 2; part++)
        {
            ThresholdRule own = rule.Rules[part];
            JsonElement operation = expected.GetProperty($"operation{part}");
            Assert.Equal(expected.GetProperty($"p{part}").GetDouble(), own.P, Close);
            if (operation.GetProperty("threshold").ValueKind == JsonValueKind.String)
            {
                // Fairlearn's "> Infinity" and "> -Infinity".
                Assert.Equal(operation.GetProperty("threshold").GetString() == "Infinity" ? ThresholdOperator.Never : ThresholdOperator.Always, own.Op);
                continue;
            }

            Assert.Equal(operation.GetProperty("operator").GetString() == ">" ? ThresholdOperator.Above : ThresholdOperator.Below, own.Op);
            Assert.Equal(operation.GetProperty("threshold").GetDouble(), own.Threshold!.Value, Close);
        }
    }

    private static void CheckRates(JsonElement expected, Confusion fitted, Confusion counted, GroupRows rows)
    {
        Assert.Equal(expected.GetProperty("n").GetInt32(), rows.Scores.Length);
        foreach (Confusion counts in (Confusion[])[fitted, counted])
        {
            Assert.Equal(expected.GetProperty("selection_rate").GetDouble(), counts.SelectionRate, Close);
            Assert.Equal(expected.GetProperty("tpr").GetDouble(), counts.Tpr, Close);
            Assert.Equal(expected.GetProperty("fpr").GetDouble(), counts.Fpr, Close);
            Assert.Equal(expected.GetProperty("accuracy").GetDouble(), counts.Accuracy, Close);
        }
    }

    private static ParityConstraint Constraint(string name) => name switch
    {
        "demographic_parity" => ParityConstraint.DemographicParity,
        "true_positive_rate_parity" => ParityConstraint.EqualOpportunity,
        "false_positive_rate_parity" => ParityConstraint.FprParity,
        "false_negative_rate_parity" => ParityConstraint.FnrParity,
        "true_negative_rate_parity" => ParityConstraint.TnrParity,
        "equalized_odds" => ParityConstraint.EqualizedOdds,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private static GroupRows Rows(Levels groups, string name, double[] scores, sbyte[] labels)
    {
        int code = groups.IndexOf(name);
        int[] own = [.. Enumerable.Range(0, scores.Length).Where(row => groups.Codes[row] == code)];
        return new GroupRows(name, [.. own.Select(row => scores[row])], [.. own.Select(row => labels[row])], []);
    }
}
