namespace Governance.Audit.Explanations.Profiles;

/// <summary>Second-order accumulated local effects: what two columns do together beyond what each does alone.</summary>
/// <remarks>
/// Within each cell of two intervals the mean second difference of the output; accumulated along both axes; less the
/// accumulated main effects that are still in it; centred. A cell without rows takes the change of the nearest cell that
/// has some. Source: Apley and Zhu, JRSS-B 82, 2020, equations 17 to 20 and appendix E, with the trapezoid means of the
/// authors' reference implementation.
/// </remarks>
public static class AccumulatedPairs
{
    /// <summary>The surface. O(steps · outputs + rows · outputs + cells).</summary>
    /// <param name="first">The first axis.</param>
    /// <param name="second">The second axis.</param>
    /// <param name="steps">Second differences; the cell of intervals i and j is i · (points of the second − 1) + j.</param>
    /// <param name="weights">Shape [rows], at least 0.</param>
    /// <param name="fallback">Shape [cells, outputs]: the change of a cell in which no row has weight.</param>
    /// <param name="changes">Shape [cells, outputs], overwritten.</param>
    /// <param name="effect">Shape [points of the first, points of the second, outputs], overwritten.</param>
    public static void Surface(
        ProfileAxis first, ProfileAxis second, LocalEffects steps, ReadOnlySpan<double> weights, ReadOnlySpan<double> fallback,
        Span<double> changes, Span<double> effect)
    {
        int outputs = steps.Outputs;
        steps.Means(weights, fallback, changes);
        int rows = first.Points;
        int columns = second.Points;
        double[] one = new double[rows * columns];
        for (int output = 0; output < outputs; output++)
        {
            Accumulate(changes, one, rows, columns, outputs, output);
            double[] alongFirst = MainEffect(first, second, weights, one, alongFirst: true);
            double[] alongSecond = MainEffect(first, second, weights, one, alongFirst: false);
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++)
                {
                    one[(i * columns) + j] -= alongFirst[i] + alongSecond[j];
                }
            }

            double mean = Mean(first, second, weights, one);
            for (int at = 0; at < one.Length; at++)
            {
                effect[(at * outputs) + output] = one[at] - mean;
            }
        }
    }

    /// <summary>What stands in cells that hold no row: the change of the nearest cell that holds some, distances in shares of each axis.</summary>
    /// <param name="first">The first axis.</param>
    /// <param name="second">The second axis.</param>
    /// <param name="counts">Shape [cells]: rows in each cell.</param>
    /// <param name="outputs">Outputs a cell.</param>
    /// <param name="changes">Shape [cells, outputs]; entries of empty cells are overwritten.</param>
    public static void FillEmpty(ProfileAxis first, ProfileAxis second, ReadOnlySpan<int> counts, int outputs, Span<double> changes)
    {
        int columns = second.Points - 1;
        double[] down = Middles(first);
        double[] across = Middles(second);
        for (int cell = 0; cell < counts.Length; cell++)
        {
            if (counts[cell] > 0)
            {
                continue;
            }

            int nearest = -1;
            double least = double.PositiveInfinity;
            for (int other = 0; other < counts.Length; other++)
            {
                double x = down[cell / columns] - down[other / columns];
                double y = across[cell % columns] - across[other % columns];
                double distance = (x * x) + (y * y);
                if (counts[other] > 0 && distance < least)
                {
                    (nearest, least) = (other, distance);
                }
            }

            if (nearest >= 0)
            {
                changes.Slice(nearest * outputs, outputs).CopyTo(changes.Slice(cell * outputs, outputs));
            }
        }
    }

    private static void Accumulate(ReadOnlySpan<double> changes, double[] one, int rows, int columns, int outputs, int output)
    {
        Array.Clear(one);
        for (int i = 1; i < rows; i++)
        {
            double along = 0;
            for (int j = 1; j < columns; j++)
            {
                along += changes[((((i - 1) * (columns - 1)) + j - 1) * outputs) + output];
                one[(i * columns) + j] = one[((i - 1) * columns) + j] + along;
            }
        }
    }

    // What the surface still changes along one axis on the mean over the rows of each interval.
    private static double[] MainEffect(ProfileAxis first, ProfileAxis second, ReadOnlySpan<double> weights, double[] surface, bool alongFirst)
    {
        (ProfileAxis own, ProfileAxis other) = alongFirst ? (first, second) : (second, first);
        int columns = second.Points;
        double[] sums = new double[own.Points - 1];
        double[] totals = new double[own.Points - 1];
        for (int row = 0; row < weights.Length; row++)
        {
            if (!(weights[row] > 0) || first.Places[row] < 0 || second.Places[row] < 0)
            {
                continue;
            }

            (int low, int high) = AccumulatedEffects.Ends(other, row);
            foreach (int interval in AccumulatedEffects.Intervals(own, row))
            {
                totals[interval] += weights[row];
                sums[interval] += weights[row] * (Step(interval, low) + Step(interval, high)) / 2;
            }
        }

        double[] effect = new double[own.Points];
        for (int interval = 0; interval < sums.Length; interval++)
        {
            effect[interval + 1] = effect[interval] + (totals[interval] > 0 ? sums[interval] / totals[interval] : 0);
        }

        return effect;

        double Step(int interval, int at) => alongFirst
            ? surface[((interval + 1) * columns) + at] - surface[(interval * columns) + at]
            : surface[(at * columns) + interval + 1] - surface[(at * columns) + interval];
    }

    private static double Mean(ProfileAxis first, ProfileAxis second, ReadOnlySpan<double> weights, double[] surface)
    {
        int columns = second.Points;
        double sum = 0;
        double total = 0;
        for (int row = 0; row < weights.Length; row++)
        {
            if (weights[row] > 0 && first.Places[row] >= 0 && second.Places[row] >= 0)
            {
                (int top, int bottom) = AccumulatedEffects.Ends(first, row);
                (int left, int right) = AccumulatedEffects.Ends(second, row);
                sum += weights[row] / 4 * (surface[(top * columns) + left] + surface[(top * columns) + right]
                    + surface[(bottom * columns) + left] + surface[(bottom * columns) + right]);
                total += weights[row];
            }
        }

        return sum / total;
    }

    private static double[] Middles(ProfileAxis axis)
    {
        double[] middles = new double[axis.Points - 1];
        for (int interval = 0; interval < middles.Length; interval++)
        {
            middles[interval] = axis.Numbers is { } numbers
                ? (numbers[interval] + numbers[interval + 1]) / 2 / (numbers[^1] - numbers[0])
                : (interval + 0.5) / (axis.Points - 1);
        }

        return middles;
    }
}
