using Governance.Audit.Data;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;
using Governance.Audit.Tests.MetricGoldens;
using Governance.Tests;

namespace Governance.Audit.Tests.Fairness;

/// <summary>AIF360's functions in scikit-learn's style on synth_small.csv, group A against all others, to 1e-9.</summary>
public sealed class Aif360SklearnGoldenTests : IChecksMetricRecords
{
    private const string Records = "fairness_aif360_sklearn.json";

    private static readonly string[] NotCompared =
        ["kl_divergence", "conditional_demographic_disparity", "smoothed_edf", "df_bias_amplification", "one_vs_rest", "mdss_bias_score"];

    /// <inheritdoc/>
    public static bool Claims(MetricRecord record) => record.File == Records && !NotCompared.Contains(record.Function)
        && !(record.Function == "between_group_generalized_entropy_error" && record.Id.EndsWith("/0", StringComparison.Ordinal));

    [SkippableFact]
    public void Every_figure_is_equal()
    {
        using FileStream stream = File.OpenRead(Reference.Path("goldens", "metrics", "inputs", "synth_small.csv"));
        Table table = CsvTable.Read(stream, default);
        BinaryDecisions decisions = ReadDecisions.From(
            table, new DecisionColumns { Label = "y_true", Prediction = "y_pred", Score = "score" }, _ => { }).Decisions;
        Levels groups = Levels.Of(table.Need("group"));
        BinaryRows rows = new(decisions, true);
        IReadOnlyList<GroupFigures> sides = rows.Count(Array.ConvertAll(groups.Codes.ToArray(), code => code == 0 ? 0 : 1), ["A", "others"]);
        double[] totals = OutcomeInequality.Totals(decisions, [], 1);
        (double[] means, double[] weights) = GroupInequality.Between(OutcomeInequality.Totals(decisions, groups.Codes, groups.Names.Count));
        double Gap(string metric) => sides[1][metric].Value - sides[0][metric].Value;
        double Score(int label) => new BinaryRows(decisions.Take([.. Enumerable.Range(0, decisions.Rows).Where(row => decisions.Label[row] == label)]), true)
            .Count([], [""])[0]["mean_score"].Value;

        foreach (MetricRecord record in MetricRecords.Of(Records).Where(Claims))
        {
            double alpha = char.IsDigit(record.Id[^1]) ? record.Id[^1] - '0' : double.NaN;
            double ours = record.Function switch
            {
                "statistical_parity_difference" => Gap("selection_rate"),
                "disparate_impact_ratio" => sides[1]["selection_rate"].Value / sides[0]["selection_rate"].Value,
                "equal_opportunity_difference" => Gap("tpr"),
                "average_odds_difference" => (Gap("tpr") + Gap("fpr")) / 2,
                "average_odds_error" => (Math.Abs(Gap("tpr")) + Math.Abs(Gap("fpr"))) / 2,
                "average_predictive_value_difference" => (Gap("ppv") + Gap("for")) / 2,
                "class_imbalance" => (sides[1].Weight - sides[0].Weight) / decisions.Rows,
                "generalized_entropy_error" => EntropyIndex.Compute(OutcomeInequality.Benefits, totals, alpha),
                "between_group_generalized_entropy_error" => EntropyIndex.Compute(means, weights, alpha),
                "generalized_fpr" => Score(0),
                "generalized_fnr" => 1 - Score(1),
                "theil_index" => EntropyIndex.Compute([2, 1, 0, 1], [], 1),
                "generalized_entropy_index" => EntropyIndex.Compute(record.Id == "gei2" ? [2, 1, 0, 1] : [0, 0, 0], [], 2),
                "coefficient_of_variation" => EntropyIndex.Variation([2, 1, 0, 1], []),
                "intersection" => double.NaN,
                _ => throw new InvalidOperationException(record.Id),
            };
            if (record.Function == "intersection")
            {
                IReadOnlyList<GroupFigures> all = rows.Count(groups.Codes, groups.Names);
                Assert.All(all, group => Assert.Equal(record.Value.GetProperty(group.Name).GetDouble(), group["selection_rate"].Value, 1e-9));
                continue;
            }

            string theirs = record.Value.ToString();
            bool same = theirs switch
            {
                "NaN" => double.IsNaN(ours),
                "Infinity" => double.IsPositiveInfinity(ours),
                _ => Math.Abs(record.Value.GetDouble() - ours) <= 1e-9,
            };
            Assert.True(same, $"{record.Id}: {theirs} against {ours}");
        }
    }
}
