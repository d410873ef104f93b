using System.Text.Json;
using System.Text.RegularExpressions;
using Governance.Audit.Data;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;
using Governance.Audit.Tests.MetricGoldens;
using Governance.Tests;

namespace Governance.Audit.Tests.Fairness;

/// <summary>
/// AIF360's metrics on synth_small.csv, weighted and not, for six pairs of a privileged and an unprivileged group, to 1e-9.
/// Where AIF360 says 0 for 0 / 0 (PPV, NPV, FDR and FOR of the goldens' README, and the accuracy of a group without rows) ours is
/// undefined, and what follows from such a rate is not compared; everything else is.
/// </summary>
public sealed class Aif360GoldenTests : IChecksMetricRecords
{
    private const string Records = "fairness_aif360.json";

    private static readonly string[] Groups = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"];

    private static readonly Dictionary<string, string> Rates = new()
    {
        ["true_positive_rate"] = "tpr",
        ["false_positive_rate"] = "fpr",
        ["false_negative_rate"] = "fnr",
        ["true_negative_rate"] = "tnr",
        ["positive_predictive_value"] = "ppv",
        ["negative_predictive_value"] = "npv",
        ["false_discovery_rate"] = "fdr",
        ["false_omission_rate"] = "for",
        ["error_rate"] = "error_rate",
    };

    // Faults that the goldens' README names: 6 (alpha 0), 7 (between two of nine groups), and consistency by ties.
    private static readonly Regex NotCompared = new(
        @"/reweighing$|/data/consistency$|/clf/between_group_|/clf/between_all_groups_generalized_entropy_index/alpha=0$");

    private static readonly Lazy<Table> Small = new(() =>
    {
        using FileStream stream = File.OpenRead(Reference.Path("goldens", "metrics", "inputs", "synth_small.csv"));
        return CsvTable.Read(stream, default);
    });

    /// <inheritdoc/>
    public static bool Claims(MetricRecord record) => record.File == Records && record.Raises is null && !NotCompared.IsMatch(record.Id);

    [SkippableFact]
    public void Every_figure_is_equal_or_zero_by_convention()
    {
        List<string> wrong = [];
        int equal = 0;
        foreach (MetricRecord record in MetricRecords.Of(Records).Where(Claims))
        {
            string name = Regex.Match(record.Id, "(?:data|clf)/(.+)$").Groups[1].Value;
            bool labels = record.Id.Contains("/data/", StringComparison.Ordinal);
            Case own = Case.Of(record);
            foreach ((string? part, double theirs) in Parts(record.Value))
            {
                double ours = part is null ? own.Scalar(name, labels) : own.Count(name, part, labels);
                if (ours.Equals(theirs) || Math.Abs(ours - theirs) <= 1e-9)
                {
                    equal++;
                }
                else if (!(double.IsNaN(ours) && own.RestsOnZeroByConvention(name)))
                {
                    wrong.Add($"{record.Id} {part}: {theirs} against {ours}");
                }
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} differ, {equal} are equal:\n{string.Join('\n', wrong.Take(60))}");
        Assert.True(equal > 1_400, $"{equal} figures are equal");
    }

    private static IEnumerable<(string? Part, double Value)> Parts(JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? value.EnumerateObject().Select(part => ((string?)part.Name, Number(part.Value)))
        : [(null, Number(value))];

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : value.GetString() switch
    {
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => double.NaN,
    };

    /// <summary>Predictions, or labels in their place, of a privileged group, an unprivileged one, and all rows.</summary>
    private sealed class Case(string privileged, string unprivileged, bool weighted)
    {
        private static readonly Dictionary<(string, string, bool), Case> Known = [];

        private readonly GroupFigures[] predicted = Measured(privileged, unprivileged, weighted, "y_pred");
        private readonly GroupFigures[] labels = Measured(privileged, unprivileged, weighted, "y_true");

        public static Case Of(MetricRecord record)
        {
            string Group(string role) => Groups[record.Params.GetProperty(role)[0].EnumerateObject().First().Value.GetInt32()];
            (string, string, bool) key = (Group("privileged"), Group("unprivileged"), record.Params.GetProperty("weighted").GetBoolean());
            return Known.TryGetValue(key, out Case? known) ? known : Known[key] = new Case(key.Item1, key.Item2, key.Item3);
        }

        public bool RestsOnZeroByConvention(string name) =>
            (Regex.IsMatch(name, "predictive_value|false_discovery_rate|false_omission_rate")
            && predicted.Any(group => !group["ppv"].IsDefined || !group["npv"].IsDefined))
            || (name.StartsWith("error_rate", StringComparison.Ordinal) || name == "accuracy") && predicted.Any(group => group.Rows == 0);

        public double Count(string name, string part, bool ofLabels)
        {
            GroupFigures group = predicted[part switch { "priv" => 0, "unpriv" => 1, _ => 2 }];
            double weight = group.Weight;
            double positive = Zero(group["base_rate"].Value) * weight;
            double selected = Zero(group["selection_rate"].Value) * weight;
            double hits = Zero(group["tpr"].Value) * positive;
            double meanScorePositive = MeanScore(part, 1);
            double meanScoreNegative = MeanScore(part, 0);
            return name switch
            {
                "num_instances" => weight,
                "num_positives" => positive,
                "num_negatives" => weight - positive,
                "base_rate" => group["base_rate"].Value,
                "num_true_positives" => hits,
                "num_false_negatives" => positive - hits,
                "num_false_positives" => selected - hits,
                "num_true_negatives" => weight - positive - selected + hits,
                "num_pred_positives" => selected,
                "num_pred_negatives" => weight - selected,
                "num_generalized_true_positives" => Zero(meanScorePositive) * positive,
                "num_generalized_false_negatives" => (1 - Zero(meanScorePositive)) * positive,
                "num_generalized_false_positives" => Zero(meanScoreNegative) * (weight - positive),
                "num_generalized_true_negatives" => (1 - Zero(meanScoreNegative)) * (weight - positive),
                "generalized_true_positive_rate" => meanScorePositive,
                "generalized_false_negative_rate" => 1 - meanScorePositive,
                "generalized_false_positive_rate" => meanScoreNegative,
                "generalized_true_negative_rate" => 1 - meanScoreNegative,
                _ => group[Rates.GetValueOrDefault(name, name)].Value,
            };
        }

        public double Scalar(string name, bool ofLabels)
        {
            GroupFigures[] groups = ofLabels ? labels : predicted;
            double Gap(string metric) => groups[1][metric].Value - groups[0][metric].Value;
            double Quotient(string metric) => groups[1][metric].Value / groups[0][metric].Value;
            double[] benefits = OutcomeInequality.Benefits;
            double[] all = OutcomeInequality.Totals(Decisions("y_pred", null), [], 1);
            if (Regex.Match(name, "^(.+)_(difference|ratio)$") is { Success: true } match && Rates.TryGetValue(match.Groups[1].Value, out string? rate))
            {
                return match.Groups[2].Value == "difference" ? Gap(rate) : Quotient(rate);
            }

            if (Regex.Match(name, "alpha=(.+)$") is { Success: true } alpha)
            {
                double power = double.Parse(alpha.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
                return name.StartsWith("between", StringComparison.Ordinal)
                    ? EntropyIndex.Compute(Between().Means, Between().Weights, power) : EntropyIndex.Compute(benefits, all, power);
            }

            double generalized = MeanScore("unpriv", 1) - MeanScore("priv", 1);
            double generalizedFalse = MeanScore("unpriv", 0) - MeanScore("priv", 0);
            return name switch
            {
                "disparate_impact" => Quotient("selection_rate"),
                "statistical_parity_difference" => Gap("selection_rate"),
                "equal_opportunity_difference" => Gap("tpr"),
                "average_odds_difference" => (Gap("fpr") + Gap("tpr")) / 2,
                "average_abs_odds_difference" => (Math.Abs(Gap("fpr")) + Math.Abs(Gap("tpr"))) / 2,
                "average_predictive_value_difference" => (Gap("ppv") + Gap("for")) / 2,

                // AIF360 takes Python's max, which drops NaN where it stands second.
                "equalized_odds_difference" => PythonMax(Math.Abs(Gap("fpr")), Math.Abs(Gap("tpr"))),
                "generalized_equalized_odds_difference" => PythonMax(Math.Abs(generalizedFalse), Math.Abs(generalized)),
                "theil_index" => EntropyIndex.Compute(benefits, all, 1),
                "coefficient_of_variation" => EntropyIndex.Variation(benefits, all),
                "between_all_groups_theil_index" => EntropyIndex.Compute(Between().Means, Between().Weights, 1),
                "between_all_groups_coefficient_of_variation" => EntropyIndex.Variation(Between().Means, Between().Weights),
                "smoothed_empirical_differential_fairness" => Inequality().LabelDifferentialFairness!.Value,
                "differential_fairness_bias_amplification" => Inequality().BiasAmplification!.Value,
                _ => throw new InvalidOperationException(name),
            };
        }

        private static double PythonMax(double first, double second) => second > first ? second : first;

        private static double Zero(double value) => double.IsNaN(value) ? 0 : value;

        private GroupInequality Inequality() => GroupInequality.Of(Decisions("y_pred", weighted ? "weight" : null), Levels.Of(Small.Value.Need("group")));

        private static (double[] Means, double[] Weights) Between()
        {
            Levels levels = Levels.Of(Small.Value.Need("group"));
            return GroupInequality.Between(OutcomeInequality.Totals(Decisions("y_pred", null), levels.Codes, levels.Names.Count));
        }

        // Generalised rates are mean scores of the rows with one label: our mean_score of those rows.
        private double MeanScore(string part, int label)
        {
            Table table = Small.Value;
            string? group = part switch { "priv" => privileged, "unpriv" => unprivileged, _ => null };
            int[] rows = [.. Enumerable.Range(0, table.Rows).Where(row =>
                table.Need("y_true").Number(row) == label && (group is null || table.Need("group").Text(row) == group))];
            return rows.Length == 0 ? double.NaN
                : new BinaryRows(Decisions("y_pred", weighted ? "weight" : null).Take(rows), true).Count([], [""])[0]["mean_score"].Value;
        }

        private static GroupFigures[] Measured(string privileged, string unprivileged, bool weighted, string prediction)
        {
            BinaryRows rows = new(Decisions(prediction, weighted ? "weight" : null), true);
            Levels levels = Levels.Of(Small.Value.Need("group"));
            int[] codes = [.. levels.Codes.ToArray().Select(code => levels.Names[code] == privileged ? 0 : levels.Names[code] == unprivileged ? 1 : -1)];
            return [.. rows.Count(codes, [privileged, unprivileged]), .. rows.Count([], [""])];
        }

        private static BinaryDecisions Decisions(string prediction, string? weight) => ReadDecisions.From(
            Small.Value, new DecisionColumns { Label = "y_true", Prediction = prediction, Score = "score", Weight = weight, Positive = "1" }, _ => { }).Decisions;
    }
}
