using System.Globalization;
using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;
using Governance.Audit.Statistics.Resampling;
using Governance.Audit.Tests.MetricGoldens;
using Governance.Tests;

namespace Governance.Audit.Tests.Fairness;

/// <summary>
/// Fairlearn's bootstrap on synth_small.csv, from the very rows that its 50 resamples drew: quantiles of every metric, group,
/// extreme, difference and ratio to 1e-9. Where a resample has no row to take a rate of, Fairlearn counts 0 (trap 1 of the
/// goldens' README); so does this test, and nothing else.
/// </summary>
public sealed class BootstrapGoldenTests : IChecksMetricRecords
{
    private const string Records = "fairness_bootstrap.json";

    private static readonly Dictionary<string, string> Names = new()
    {
        ["selection_rate"] = "selection_rate",
        ["accuracy"] = "accuracy",
        ["true_positive_rate"] = "tpr",
        ["false_positive_rate"] = "fpr",
    };

    /// <inheritdoc/>
    public static bool Claims(MetricRecord record) =>
        record.File == Records && record.Function.StartsWith("MetricFrame.", StringComparison.Ordinal);

    [SkippableTheory]
    [InlineData("small/group/b50", "group")]
    [InlineData("small/group_x_sex/b50", "group", "sex")]
    public void Quantiles_of_the_given_resamples_are_equal(string data, params string[] attributes)
    {
        Resample[] resamples = [.. Resampled(attributes)];
        int compared = 0;
        foreach (MetricRecord record in MetricRecords.Of(Records).Where(record => Claims(record) && record.Id.StartsWith(data + "/", StringComparison.Ordinal)))
        {
            foreach (JsonProperty quantile in record.Value.EnumerateObject())
            {
                foreach (JsonProperty metric in quantile.Value.EnumerateObject())
                {
                    foreach ((string? group, JsonElement golden) in Cells(metric.Value))
                    {
                        double[] draws = [.. resamples.Select(resample => resample.Of(record.Id[(data.Length + 1)..], metric.Name, group))];
                        int known = Quantiles.SortKnown(draws);
                        double ours = known == 0 ? double.NaN
                            : Quantiles.OfSorted(draws.AsSpan(0, known), double.Parse(quantile.Name, CultureInfo.InvariantCulture));
                        double theirs = golden.ValueKind == JsonValueKind.Number ? golden.GetDouble() : double.NaN;
                        Assert.True(ours.Equals(theirs) || Math.Abs(ours - theirs) <= 1e-9, $"{record.Id} {quantile.Name} {metric.Name} {group}: {ours} {theirs}");
                        compared++;
                    }
                }
            }
        }

        Assert.True(compared > 200, $"{compared} figures");
    }

    private static IEnumerable<(string? Group, JsonElement Golden)> Cells(JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? value.EnumerateObject().Select(cell => ((string?)cell.Name, cell.Value))
        : [(null, value)];

    private static IEnumerable<Resample> Resampled(string[] attributes)
    {
        using FileStream stream = File.OpenRead(Reference.Path("goldens", "metrics", "inputs", "synth_small.csv"));
        Table table = CsvTable.Read(stream, default);
        BinaryRows rows = new(ReadDecisions.From(table, new DecisionColumns { Label = "y_true", Prediction = "y_pred" }, _ => { }).Decisions, true);
        Levels[] members = [.. attributes.Select(name => Levels.Of(table.Need(name)))];
        Levels groups = members.Length == 1 ? members[0] : Levels.Cross(members);
        foreach (string line in File.ReadLines(Reference.Path("goldens", "metrics", "inputs", "bootstrap_indices_small_b50.csv")))
        {
            double[] counts = new double[table.Rows];
            foreach (string index in line.Split(','))
            {
                counts[int.Parse(index, CultureInfo.InvariantCulture)]++;
            }

            MeasuredRows drawn = rows.Reweighted(counts);
            yield return new Resample(drawn.Count(groups.Codes, groups.Names), drawn.Count([], [""])[0]);
        }
    }

    private sealed record Resample(IReadOnlyList<GroupFigures> Groups, GroupFigures All)
    {
        public double Of(string kind, string metric, string? group)
        {
            if (kind == "overall_ci")
            {
                return Value(All, metric);
            }

            if (kind == "by_group_ci")
            {
                return Groups.FirstOrDefault(known => known.Name == group) is GroupFigures own ? Value(own, metric) : double.NaN;
            }

            double[] values = [.. Groups.Select(own => Value(own, metric)).Where(value => !double.IsNaN(value))];
            double all = Value(All, metric);
            return kind switch
            {
                "group_min_ci" => values.Min(),
                "group_max_ci" => values.Max(),
                "difference_ci/between_groups" => values.Max() - values.Min(),
                "difference_ci/to_overall" => values.Max(value => Math.Abs(value - all)),
                "ratio_ci/between_groups" => values.Min() / values.Max(),
                _ => values.Min(value => value / all > 1 ? all / value : value / all),
            };
        }

        private static double Value(GroupFigures own, string metric) => own.Weight == 0 ? double.NaN
            : metric == "count" ? own.Weight
            : own[Names[metric]].IsDefined ? own[Names[metric]].Value : 0;
    }
}
