using Governance.Audit.Comparisons;
using Governance.Audit.Variants;

namespace Governance.Portal.Features.Variants;

/// <summary>The body of <c>governance variant</c>.</summary>
/// <param name="Recipe">What was done.</param>
/// <param name="Words">The same for people.</param>
/// <param name="Metrics">Sizes in bytes, then measures of quality with the interval of their difference, then milliseconds a row; b is the variant.</param>
/// <param name="Flips">Rows decided otherwise; null where none were given.</param>
/// <param name="Rows">Rows that both were measured on; null where none were given.</param>
/// <param name="Summary">Nodes and bytes.</param>
internal sealed record VariantReport(
    VariantRecipe Recipe, string Words, IReadOnlyList<VariantMetric> Metrics, DecisionFlips? Flips, int? Rows, VariantSummary Summary)
{
    /// <summary>What is known without rows.</summary>
    public static VariantReport Of(VariantRecipe recipe, VariantSummary summary) => new(
        recipe, RecipeWords.Of(recipe),
        [
            Bytes("large_matrix_bytes", summary.LargeMatrices), Bytes("weight_bytes", summary.Weights), Bytes("file_bytes", summary.File),
        ],
        null, null, summary);

    /// <summary>The same with what was measured on rows.</summary>
    public VariantReport With(ComparisonReport compared, RowTimes parent, RowTimes variant) => this with
    {
        Metrics =
        [
            .. Metrics,
            .. compared.Metrics.Select(metric => new VariantMetric(metric.Name, metric.A, metric.B, metric.Difference, metric.Interval, metric.Verdict)),
            Time("p50_milliseconds", parent.P50, variant.P50), Time("p95_milliseconds", parent.P95, variant.P95),
        ],
        Flips = compared.Flips,
        Rows = compared.Count,
    };

    private static VariantMetric Bytes(string name, BytePair pair) =>
        new(name, pair.Before, pair.After, pair.After - pair.Before, null, pair.After < pair.Before ? "b-better" : pair.After == pair.Before ? "same" : "a-better");

    // Times of one run have no interval here, so they get no verdict.
    private static VariantMetric Time(string name, double parent, double variant) => new(name, parent, variant, variant - parent, null, "undecided");
}

/// <summary>One measure of the parent (a) and the variant (b).</summary>
/// <param name="Name">Its name.</param>
/// <param name="A">The parent's.</param>
/// <param name="B">The variant's.</param>
/// <param name="Difference">The variant's less the parent's.</param>
/// <param name="Interval">[low, high] of the difference; null where none is known.</param>
/// <param name="Verdict">b-better, a-better, same or undecided.</param>
internal sealed record VariantMetric(string Name, double? A, double? B, double? Difference, IReadOnlyList<double>? Interval, string Verdict);
