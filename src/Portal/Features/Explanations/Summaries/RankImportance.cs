using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Summaries;
using Governance.Audit.Runs;

namespace Governance.Portal.Features.Explanations.Summaries;

/// <summary>Mean |attribution| with intervals: as sealed where it was sealed, else computed from the rows. Pure.</summary>
internal static class RankImportance
{
    /// <summary>Of the intervals of a page.</summary>
    public const double Level = 0.95;

    /// <summary>Of all rows of a document.</summary>
    public static IReadOnlyList<FeatureImportance> Of(FindingsDocument document, AttributionMatrix attributions) =>
        document.Explanation is { BaseValue.Count: 1 } && document.Importance is { } measured ? measured : Of(attributions, Level, document.Options.Seed);

    /// <summary>Of some rows: resampled while they are few, in closed form where they are many.</summary>
    /// <param name="attributions">At least one row.</param>
    /// <param name="level">In (0, 1).</param>
    /// <param name="seed">The seed of the resamples.</param>
    public static IReadOnlyList<FeatureImportance> Of(AttributionMatrix attributions, double level, int seed)
    {
        if (attributions.Count >= MeanAttributions.LeastRows)
        {
            return MeanAttributions.Of(attributions, level);
        }

        double[] absolute = attributions.Values.ToArray();
        for (int i = 0; i < absolute.Length; i++)
        {
            absolute[i] = Math.Abs(absolute[i]);
        }

        double[] mean = new double[attributions.Width];
        double[] low = new double[attributions.Width];
        double[] high = new double[attributions.Width];
        GlobalImportance.Compute(absolute, GlobalImportance.DefaultResamples, level, seed, mean, low, high);
        return
        [
            .. Enumerable.Range(0, mean.Length).OrderByDescending(feature => mean[feature])
                .Select((feature, i) => new FeatureImportance(attributions.Features[feature], mean[feature], [low[feature], high[feature]], i + 1)),
        ];
    }
}
