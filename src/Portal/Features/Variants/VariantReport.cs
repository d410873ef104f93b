using System.Text.Json.Serialization;
using Governance.Audit.Comparisons;
using Governance.Audit.Equivalence;
using Governance.Audit.Variants;
using Governance.Audit.Variants.Distillation;

namespace Governance.Portal.Features.Variants;

/// <summary>The body of <c>governance variant</c>.</summary>
/// <param name="Recipe">What was done.</param>
/// <param name="Words">The same for people.</param>
/// <param name="Metrics">Sizes in bytes, then measures of quality with the interval of their difference, then milliseconds a row and the ratio of the 95th percentiles; b is the variant.</param>
/// <param name="Flips">Rows decided otherwise; null where none were given.</param>
/// <param name="Rows">Rows that both were measured on; null where none were given.</param>
/// <param name="Summary">Nodes and bytes.</param>
internal sealed record VariantReport(
    VariantRecipe Recipe, string Words, IReadOnlyList<VariantMetric> Metrics, DecisionFlips? Flips, int? Rows, VariantSummary Summary)
{
    /// <summary>What is known without rows.</summary>
    public static VariantReport Of(VariantRecipe recipe, MadeVariant made) => new(
        recipe, RecipeWords.Of(recipe),
        [
            Bytes("large_matrix_bytes", made.Summary.LargeMatrices), Bytes("weight_bytes", made.Summary.Weights), Bytes("file_bytes", made.Summary.File),
        ],
        null, null, made.Summary)
    {
        Student = made.Student,
    };

    /// <summary>How a student does beside its parent on rows held out of the calibration rows; null for other recipes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StudentReport? Student { get; init; }

    /// <summary>The same with what was measured on rows.</summary>
    public VariantReport With(ComparisonReport compared, SpeedAtSize speed) => this with
    {
        Metrics =
        [
            .. Metrics,
            .. compared.Metrics.Select(metric => new VariantMetric(metric.Name, metric.A, metric.B, metric.Difference, metric.Interval, metric.Verdict)),
            Time("p50_milliseconds", speed.A.P50, speed.B.P50), Time("p95_milliseconds", speed.A.P95, speed.B.P95), Ratio(speed),
        ],
        Flips = compared.Flips,
        Rows = compared.Count,
    };

    private static VariantMetric Bytes(string name, BytePair pair) =>
        new(name, pair.Before, pair.After, pair.After - pair.Before, null, pair.After < pair.Before ? "b-better" : pair.After == pair.Before ? "same" : "a-better");

    // A time by itself has no interval of its difference: the ratio below has one.
    private static VariantMetric Time(string name, double parent, double variant) =>
        new(name, 1_000 * parent, 1_000 * variant, 1_000 * (variant - parent), null, "undecided");

    // The variant's 95th percentile over the parent's: quicker where the whole interval lies below 1.
    private static VariantMetric Ratio(SpeedAtSize speed) => new(
        "p95_ratio", 1, speed.P95Ratio, speed.P95Ratio - 1, [.. speed.P95Interval.Select(end => end - 1)],
        speed.P95Interval[1] < 1 ? "b-better" : speed.P95Interval[0] > 1 ? "a-better" : "undecided");
}

/// <summary>One measure of the parent (a) and the variant (b).</summary>
/// <param name="Name">Its name.</param>
/// <param name="A">The parent's.</param>
/// <param name="B">The variant's.</param>
/// <param name="Difference">The variant's less the parent's.</param>
/// <param name="Interval">[low, high] of the difference; null where none is known.</param>
/// <param name="Verdict">b-better, a-better, same or undecided.</param>
internal sealed record VariantMetric(string Name, double? A, double? B, double? Difference, IReadOnlyList<double>? Interval, string Verdict)
{
    /// <summary>Whether it counts bytes.</summary>
    [JsonIgnore]
    public bool IsBytes => Name.EndsWith("_bytes", StringComparison.Ordinal);
}
