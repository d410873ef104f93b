namespace Governance.Audit.Explanations.Profiles;

/// <summary>Accumulated local effects of one column.</summary>
/// <remarks>
/// Within each interval the mean change of the output from its lower to its upper point, over the rows that stand there;
/// accumulated, and centred so that the weighted mean over the rows is 0. Unlike partial dependence it never asks the
/// model about combinations that are far from the data. Source: Apley and Zhu, "Visualizing the effects of predictor
/// variables in black box supervised learning models", JRSS-B 82, 2020, equations 15 and 16; for levels appendix E,
/// where a row counts in the intervals on both sides of its level.
/// </remarks>
public static class AccumulatedEffects
{
    /// <summary>The intervals that a row stands in: one on a numeric axis, up to two beside a level.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="row">The row.</param>
    /// <returns>The intervals, none for a row without a place.</returns>
    public static IEnumerable<int> Intervals(ProfileAxis axis, int row)
    {
        int place = axis.Places[row];
        if (place < 0)
        {
            yield break;
        }

        if (axis.IsNumeric)
        {
            yield return place;
            yield break;
        }

        if (place > 0)
        {
            yield return place - 1;
        }

        if (place < axis.Points - 1)
        {
            yield return place;
        }
    }

    /// <summary>The two points whose mean effect stands for a row, in centring: both ends of its interval, or its level twice.</summary>
    internal static (int First, int Second) Ends(ProfileAxis axis, int row) =>
        axis.IsNumeric ? (axis.Places[row], axis.Places[row] + 1) : (axis.Places[row], axis.Places[row]);

    /// <summary>The curve. O(steps · outputs).</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="steps">The local effects, as the model gave them.</param>
    /// <param name="weights">Shape [rows], at least 0.</param>
    /// <param name="fallback">
    /// Shape [intervals, outputs]: the mean change of an interval in which no row has weight, as it happens in a resample;
    /// empty for 0.
    /// </param>
    /// <param name="changes">Shape [intervals, outputs], overwritten: the mean change of each interval.</param>
    /// <param name="effect">Shape [points, outputs], overwritten: the curve; NaN without weight.</param>
    public static void Curve(
        ProfileAxis axis, LocalEffects steps, ReadOnlySpan<double> weights, ReadOnlySpan<double> fallback,
        Span<double> changes, Span<double> effect)
    {
        int outputs = steps.Outputs;
        int intervals = axis.Points - 1;
        steps.Means(weights, fallback, changes);
        effect[..outputs].Clear();
        for (int at = 0; at < intervals * outputs; at++)
        {
            effect[at + outputs] = effect[at] + changes[at];
        }

        for (int output = 0; output < outputs; output++)
        {
            double sum = 0;
            double total = 0;
            for (int row = 0; row < weights.Length; row++)
            {
                if (weights[row] > 0 && axis.Places[row] >= 0)
                {
                    (int first, int second) = Ends(axis, row);
                    sum += weights[row] * (effect[(first * outputs) + output] + effect[(second * outputs) + output]) / 2;
                    total += weights[row];
                }
            }

            for (int point = 0; point < axis.Points; point++)
            {
                effect[(point * outputs) + output] -= sum / total;
            }
        }
    }
}
