using System.Text.Json;
using System.Text.RegularExpressions;
using Governance.Audit.Data;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;
using Governance.Tests;

namespace Governance.Audit.Tests.Fairness;

/// <summary>
/// Fairlearn 0.15's numbers on synth_small.csv (500 rows, nine groups of 272 down to 1, weighted and not), to 1e-9: each
/// figure of each record is either equal or listed in <see cref="FairlearnExclusions"/> with its reason.
/// </summary>
public sealed class FairlearnGoldenTests
{
    private static readonly Dictionary<string, string> GroupNames = new()
    {
        ["selection_rate"] = "selection_rate",
        ["mean_prediction"] = "selection_rate",
        ["true_positive_rate"] = "tpr",
        ["true_negative_rate"] = "tnr",
        ["false_positive_rate"] = "fpr",
        ["false_negative_rate"] = "fnr",
        ["accuracy"] = "accuracy",
        ["balanced_accuracy"] = "balanced_accuracy",
        ["precision"] = "ppv",
        ["recall"] = "tpr",
        ["f1"] = "f1",
        ["mean_score"] = "mean_score",
    };

    private static readonly Dictionary<string, string> ParityNames = new()
    {
        ["selection_rate"] = "demographic_parity",
        ["mean_prediction"] = "demographic_parity",
        ["true_positive_rate"] = "equal_opportunity",
        ["recall"] = "equal_opportunity",
        ["false_positive_rate"] = "predictive_equality",
        ["precision"] = "predictive_parity",
        ["accuracy"] = "accuracy",
    };

    private static readonly Dictionary<string, FairnessReport> Measured = [];

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
        Assert.Equal(917, equal);
    }

    private static IEnumerable<(string Id, JsonElement Golden, double? Ours)> Figures()
    {
        using JsonDocument document = JsonDocument.Parse(
            File.ReadAllBytes(Reference.Path("goldens", "metrics", "expected", "fairness_fairlearn.json")));
        foreach (JsonElement record in document.RootElement.GetProperty("records").EnumerateArray())
        {
            string id = record.GetProperty("id").GetString()!;
            Match match = Regex.Match(id, "^(small(?:_score)?/[^/]+)/(.+)$");
            if (record.GetProperty("dataset").GetString() != "synth_small.csv")
            {
                continue;
            }

            (string data, string kind) = (match.Groups[1].Value, match.Groups[2].Value);
            if (!record.TryGetProperty("value", out JsonElement value))
            {
                yield return (id, record.GetProperty("raises"), double.PositiveInfinity);
            }
            else if (value.ValueKind != JsonValueKind.Object)
            {
                yield return (id, value, Scalar(data, kind));
            }
            else
            {
                foreach ((string metric, string? group, JsonElement golden) in Cells(value))
                {
                    yield return ($"{id}/{metric}{(group is null ? "" : "/" + group)}", golden, Cell(data, kind, metric, group));
                }
            }
        }
    }

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
        if (kind is "overall" or "by_group")
        {
            GroupMetrics? found = group is null ? report.Overall : attribute.Groups.FirstOrDefault(known => known.Group == group);
            return found is null ? null
                : metric == "count" ? found.Count
                : GroupNames.TryGetValue(metric, out string? name) && found.Metrics.TryGetValue(name, out double? value) ? value
                : double.PositiveInfinity;
        }

        string figure = kind.StartsWith("difference", StringComparison.Ordinal) ? "_difference" : "_ratio";
        return kind.StartsWith("group_m", StringComparison.Ordinal) || !ParityNames.TryGetValue(metric, out string? parity)
            ? double.PositiveInfinity : attribute.Summary[parity + figure];
    }

    private static double? Scalar(string data, string kind)
    {
        string[] parts = kind.Split('/');
        string name = parts.Length == 3 && parts[2] == "mean"
            ? parts[0].Replace("equalized_odds_difference", "average_odds_difference", StringComparison.Ordinal).Replace("_ratio", "_mean_ratio", StringComparison.Ordinal)
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
        using FileStream stream = File.OpenRead(Reference.Path("goldens", "metrics", "inputs", "synth_small.csv"));
        Table table = CsvTable.Read(stream, default);
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
                Score = data.StartsWith("small_score", StringComparison.Ordinal) ? "score" : null,
                Weight = data.EndsWith("_w", StringComparison.Ordinal) ? "weight" : null,
            },
            new FairnessOptions
            {
                Protected = crossed ? ["group", "sex"] : ["group"],
                Intersections = crossed,
                RelativeTo = toOverall ? Comparison.Overall : Comparison.Groups,
            },
            _ => { }, default);
    }
}
