using Governance.Audit.Explanations;

namespace Governance.Portal.Features.Explanations;

/// <summary>One bar between the average and a case's output.</summary>
/// <param name="Feature">The feature, or "n other features".</param>
/// <param name="Value">The feature's value in the row, as text; null for the folded tail.</param>
/// <param name="Attribution">In the units of the link.</param>
/// <param name="Low">The low end of the 95 % interval; null where nothing was sampled or no honest interval is known.</param>
/// <param name="High">The high end.</param>
/// <param name="Start">Where the bar begins: the average and the bars above it.</param>
internal sealed record WaterfallStep(string Feature, string? Value, double Attribution, double? Low, double? High, double Start)
{
    /// <summary>Where the bar ends.</summary>
    public double End => Start + Attribution;

    /// <summary>Whether the interval includes zero, so that even the direction is open.</summary>
    public bool DirectionOpen => Low <= 0 && High >= 0 && Low < High;

    /// <summary>Orders the features of a row by how far they moved it, and folds the tail.</summary>
    /// <param name="row">The row explained.</param>
    /// <param name="position">Which class of the row's arrays.</param>
    /// <param name="baseValue">The average output.</param>
    /// <param name="features">The names, in the order of the row's values.</param>
    /// <param name="text">The row's value of a feature, or null where missing.</param>
    /// <param name="most">How many features keep a bar of their own, at least 1; one more than this is not folded alone.</param>
    public static IReadOnlyList<WaterfallStep> Of(
        ExplainedRow row, int position, double baseValue, IReadOnlyList<string> features, Func<string, string?> text, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        IReadOnlyList<double> values = row.Values[position];
        IReadOnlyList<IReadOnlyList<double>>? intervals = row.Interval?[position];
        int[] order = [.. Enumerable.Range(0, values.Count).OrderByDescending(i => Math.Abs(values[i])).ThenBy(i => i)];
        int kept = order.Length <= most + 1 ? order.Length : most;
        List<WaterfallStep> steps = [];
        double start = baseValue;
        foreach (int i in order.Take(kept))
        {
            steps.Add(new WaterfallStep(
                features[i], text(features[i]) ?? "missing", values[i], intervals?[i][0], intervals?[i][1], start));
            start += values[i];
        }

        if (kept < order.Length)
        {
            // No interval: the errors of one row's attributions are correlated, so theirs do not add up to the sum's.
            steps.Add(new WaterfallStep(
                $"{order.Length - kept} other features", null, order.Skip(kept).Sum(i => values[i]), null, null, start));
        }

        return steps;
    }
}
