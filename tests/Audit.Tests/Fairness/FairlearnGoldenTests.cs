using System.Text.Json;
using System.Text.RegularExpressions;
using Governance.Audit.Data;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;
using Governance.Audit.Tests.MetricGoldens;
using Governance.Tests;

namespace Governance.Audit.Tests.Fairness;

/// <summary>
/// Fairlearn 0.15's numbers on synth_small.csv (500 rows, nine groups of 272 down to 1), multiclass.csv and regression.csv,
/// weighted and not, to 1e-9: each figure of each record is either equal or listed in <see cref="FairlearnExclusions"/> with its reason.
/// </summary>
public sealed class FairlearnGoldenTests : IChecksMetricRecords
{
    private const string Records = "fairness_fairlearn.json";

    private static readonly Dictionary<string, string> Names = new()
    {
        ["mean_prediction"] = "selection_rate",
        ["true_positive_rate"] = "tpr",
        ["true_negative_rate"] = "tnr",
        ["false_positive_rate"] = "fpr",
        ["false_negative_rate"] = "fnr",
        ["precision"] = "ppv",
        ["recall"] = "tpr",
        ["zero_one_loss"] = "error_rate",
    };

    // How many figures the records hold that are equal; fewer would mean that a comparison fell away.
    private const int EqualFigures = 1_692;

    private static readonly Dictionary<string, FairnessReport> Measured = [];

    /// <inheritdoc/>
    public static bool Claims(MetricRecord record) =>
        record.File == Records && record.Raises is null && (record.Dataset.Length > 0 || record.Id.StartsWith("dpr_", StringComparison.Ordinal));

    [SkippableFact]
    public void Every_figure_is_equal_or_listed()
    {
        HashSet<string> used = [];
        List<string> wrong = [];
        int equal = 0;
        foreach ((string id, JsonElement golden, double? ours) in Figures())
        {
            double? theirs = golden.ValueKind == JsonValueKind.Number ? golden.GetDouble() : golden.ToString() == "NaN" ? null : double.NaN;
            bool same = ours is null ? theirs is null : theirs is not null && Math.Abs(ours.Value - theirs.Value) <= 1e-9;
            string? pattern = FairlearnExclusions.All.Keys.FirstOrDefault(pattern => Regex.IsMatch(id, $"^{pattern}$"));
            equal += same ? 1 : 0;
            if (pattern is not null)
            {
                used.Add(pattern);
                Assert.True(ours is null || !FairlearnExclusions.All[pattern].StartsWith("0/0", StringComparison.Ordinal), id);
            }
            else if (!same)
            {
                wrong.Add($"{id}: {golden} against {ours?.ToString() ?? "undefined"}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} differ:\n{string.Join('\n', wrong)}");
        Assert.Empty(FairlearnExclusions.All.Keys.Except(used));
        Assert.Equal(EqualFigures, equal);
    }

    private static IEnumerable<(string Id, JsonElement Golden, double? Ours)> Figures()
    {
        foreach (MetricRecord record in MetricRecords.Of(Records).Where(Claims))
        {
            Match match = Regex.Match(record.Id, "^([a-z_]+/[^/]+)/(.+)$");
            (string data, string kind) = (match.Groups[1].Value, match.Groups[2].Value);
            if (record.Dataset.Length == 0)
            {
                yield return (record.Id, record.Value, OfThreeRows(record.Id == "dpr_all_zero_selection" ? 0 : 1));
            }
            else if (record.Value.ValueKind != JsonValueKind.Object)
            {
                yield return (record.Id, record.Value, Scalar(data, kind));
            }
            else
            {
                foreach ((string metric, string? group, JsonElement golden) in Cells(record.Value))
                {
                    yield return ($"{record.Id}/{metric}{(group is null ? "" : "/" + group)}", golden, Cell(data, kind, metric, group));
                }
            }
        }
    }

    // One group without any selection, another with this many.
    private static double? OfThreeRows(int selected) => MeasureFairness.Run(
        CsvTable.Parse($"y,p,g\n1,0,a\n0,0,a\n1,{selected},b\n"), new DecisionColumns { Label = "y", Prediction = "p", Positive = "1" },
        new FairnessOptions { Protected = ["g"] }, _ => { }, default).Attributes[0].Summary["demographic_parity_ratio"];

    private static IEnumerable<(string Metric, string? Group, JsonElement Golden)> Cells(JsonElement value)
    {
        foreach (JsonProperty metric in value.EnumerateObject())
        {
            if (metric.Value.ValueKind != JsonValueKind.Object)
            {
                yield return (metric.Name, null, metric.Value);
                continue;
            }

            foreach (JsonProperty group in metric.Value.EnumerateObject())
            {
                yield return (metric.Name, group.Name, group.Value);
            }
        }
    }

    // A metric that the report does not have is +infinity: it equals nothing and must be listed.
    private static double? Cell(string data, string kind, string metric, string? group)
    {
        FairnessReport report = Report(data, kind.EndsWith("to_overall", StringComparison.Ordinal));
        AttributeFairness attribute = report.Attributes[^1];
        string name = NameOf(data, metric);
        if (kind is "overall" or "by_group")
        {
            GroupMetrics? found = group is null ? report.Overall : attribute.Groups.FirstOrDefault(known => known.Group == group);
            return found is null ? null
                : metric == "count" ? found.Count
                : metric == "ap" ? AveragePrecisionOf(group)
                : found.Metrics.TryGetValue(name, out double? value) ? value
                : double.PositiveInfinity;
        }

        if (attribute.Spreads.FirstOrDefault(spread => spread.Metric == name) is not MetricSpread spread)
        {
            return double.PositiveInfinity;
        }

        return kind switch
        {
            "group_min" => spread.Lowest.Value,
            "group_max" => spread.Highest.Value,
            _ when kind.StartsWith("difference", StringComparison.Ordinal) => spread.Difference,
            _ => spread.Ratio,
        };
    }

    private static string NameOf(string data, string metric) => data.Split('/')[0] switch
    {
        "regression" => metric,
        "multiclass" => metric.StartsWith("selection_rate_class", StringComparison.Ordinal) ? "selection_rate_" + metric[20..]
            : Regex.Replace(metric, "^(precision|recall|f1)_(macro|micro|weighted)$", "$2_$1"),
        _ => Names.GetValueOrDefault(metric, metric),
    };

    private static double? AveragePrecisionOf(string? group)
    {
        Table table = Input("synth_small.csv");
        int[] rows = [.. Enumerable.Range(0, table.Rows).Where(row => group is null || table.Need("group").Text(row) == group)];
        double[] score = Array.ConvertAll(rows, row => table.Need("score").Number(row));
        sbyte[] label = Array.ConvertAll(rows, row => (sbyte)table.Need("y_true").Number(row));
        double value = PrecisionRecall.Areas(RankOrder.Ascending(score), score, label, []).Steps;
        return double.IsNaN(value) ? null : value;
    }

    private static double? Scalar(string data, string kind)
    {
        string[] parts = kind.Split('/');
        string name = parts.Length == 3 && parts[2] == "mean"
            ? parts[0].Replace("equalized_odds", "average_odds", StringComparison.Ordinal)
            : parts[0];
        return Report(data, parts[1] == "to_overall").Attributes[^1].Summary.TryGetValue(name, out double? value) ? value : double.PositiveInfinity;
    }

    private static FairnessReport Report(string data, bool toOverall)
    {
        lock (Measured)
        {
            string key = $"{data} {toOverall}";
            return Measured.TryGetValue(key, out FairnessReport? known) ? known : Measured[key] = Measure(data, toOverall);
        }
    }

    private static FairnessReport Measure(string data, bool toOverall)
    {
        string task = data.Split('/')[0];
        Table table = Input(task is "multiclass" or "regression" ? task + ".csv" : "synth_small.csv");
        if (data.Contains("one_group_only", StringComparison.Ordinal))
        {
            table = table.Take([.. Enumerable.Range(0, table.Rows).Where(row => table.Need("group").Text(row) == "A")]);
        }

        if (data.Contains("missing_group", StringComparison.Ordinal))
        {
            TextColumn group = (TextColumn)table.Need("group");
            int[] codes = [.. group.Codes.ToArray().Select((code, row) => row % 50 == 0 ? -1 : code)];
            table = new Table([.. table.Columns.Select(column => column == group ? new TextColumn("group", codes, [.. group.Levels]) : column)]);
        }

        bool crossed = data.Contains("_x_sex", StringComparison.Ordinal);
        return MeasureFairness.Run(
            table,
            new DecisionColumns
            {
                Label = "y_true",
                Prediction = "y_pred",
                Score = task == "small_score" ? "score" : null,
                Weight = data.EndsWith("_w", StringComparison.Ordinal) ? "weight" : null,
            },
            new FairnessOptions
            {
                Task = task switch
                {
                    "multiclass" => FairnessTask.Multiclass,
                    "regression" => FairnessTask.Regression,
                    _ => FairnessTask.Binary,
                },
                Protected = crossed ? ["group", "sex"] : ["group"],
                Intersections = crossed,
                RelativeTo = toOverall ? Comparison.Overall : Comparison.Groups,
            },
            _ => { }, default);
    }

    private static Table Input(string file)
    {
        using FileStream stream = File.OpenRead(Reference.Path("goldens", "metrics", "inputs", file));
        return CsvTable.Read(stream, default);
    }
}
