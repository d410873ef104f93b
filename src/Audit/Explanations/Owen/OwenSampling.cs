using Governance.Audit.Statistics;

namespace Governance.Audit.Explanations.Owen;

/// <summary>Owen values from random orders, each with its reverse, with standard errors from the pairs.</summary>
/// <remarks>
/// A pair of an order and its reverse gives one unbiased estimate of all values; pairs are independent, so that their
/// spread gives standard errors with pairs - 1 degrees of freedom. Where an interval's width is asked for, pairs are
/// drawn in stages of doubling number, and intervals are at 1 - 0.05 / <see cref="Stages"/> (Bonferroni over all
/// looks), so that stopping at a narrow one does not spend their confidence.
/// </remarks>
internal sealed class OwenSampling(HierarchyNode root, int players, int outputs, int samples, double? untilWidth)
{
    /// <summary>The most looks at the widths.</summary>
    public const int Stages = 8;

    private const int LeastPairs = 8;

    private readonly double[] sum = new double[outputs * players];
    private readonly double[] squares = new double[outputs * players];
    private readonly int mostPairs = (int)Math.Min(int.MaxValue / 2, MostPairs(players, samples));

    /// <summary>Coalitions evaluated, empty and full included.</summary>
    public long Evaluations { get; private set; } = 2;

    /// <summary>Whether the widest interval came under the width asked for; true where none was.</summary>
    public bool Converged { get; private set; }

    /// <summary>Half an interval's width in standard errors.</summary>
    public double Quantile { get; private set; }

    /// <summary>The smallest budget: four pairs of orders, because fewer often agree by chance and then show no spread.</summary>
    public static long LeastSamples(int players) => 2 + (8L * (players - 1));

    /// <summary>Estimates the values of a row.</summary>
    /// <param name="value">Gives the values of coalitions, shape [coalitions, outputs].</param>
    /// <param name="empty">Shape [outputs].</param>
    /// <param name="full">Shape [outputs].</param>
    /// <param name="random">The seeded source.</param>
    /// <param name="attribution">Shape [outputs, players], overwritten.</param>
    /// <param name="errors">Shape [outputs, players], overwritten.</param>
    public void Run(
        Func<CoalitionSet, double[]> value, ReadOnlySpan<double> empty, ReadOnlySpan<double> full, SeededRandom random,
        Span<double> attribution, Span<double> errors)
    {
        int pairs = 0;
        int[] order = new int[players];
        int next = untilWidth is null ? mostPairs : Math.Min(mostPairs, Math.Max(LeastPairs, mostPairs >> (Stages - 1)));
        while (true)
        {
            CoalitionSet coalitions = new(players, (next - pairs) * 2 * (players - 1));
            int[] drawn = new int[(next - pairs) * players];
            for (int pair = 0; pair < next - pairs; pair++)
            {
                OwenOrders.Draw(root, order, ref random);
                order.CopyTo(drawn, pair * players);
                OwenOrders.Fill(order, coalitions, pair * 2 * (players - 1));
                Array.Reverse(order);
                OwenOrders.Fill(order, coalitions, ((pair * 2) + 1) * (players - 1));
            }

            double[] values = value(coalitions);
            Evaluations += coalitions.Count;
            for (int pair = 0; pair < next - pairs; pair++)
            {
                Add(drawn.AsSpan(pair * players, players), values.AsSpan(pair * 2 * (players - 1) * outputs), empty, full);
            }

            pairs = next;
            Fill(pairs, attribution, errors);
            double widest = 0;
            foreach (double error in errors)
            {
                widest = Math.Max(widest, 2 * Quantile * error);
            }

            Converged = untilWidth is null || widest < untilWidth;
            if (Converged || pairs == mostPairs)
            {
                return;
            }

            next = Math.Min(mostPairs, pairs * 2);
        }
    }

    private static long MostPairs(int players, int samples) => Math.Max(4, (samples - 2L) / (2L * (players - 1)));

    private void Add(ReadOnlySpan<int> order, ReadOnlySpan<double> values, ReadOnlySpan<double> empty, ReadOnlySpan<double> full)
    {
        int steps = players - 1;
        for (int output = 0; output < outputs; output++)
        {
            for (int place = 0; place < players; place++)
            {
                int mirror = players - 1 - place;
                double forward = At(values, 0, place + 1, output, empty, full) - At(values, 0, place, output, empty, full);
                double backward = At(values, steps, mirror + 1, output, empty, full) - At(values, steps, mirror, output, empty, full);
                double mean = (forward + backward) / 2;
                int at = (output * players) + order[place];
                sum[at] += mean;
                squares[at] += mean * mean;
            }
        }
    }

    // The value after so many players of the order have joined.
    private double At(ReadOnlySpan<double> values, int first, int joined, int output, ReadOnlySpan<double> empty, ReadOnlySpan<double> full) =>
        joined == 0 ? empty[output] : joined == players ? full[output] : values[((first + joined - 1) * outputs) + output];

    private void Fill(int pairs, Span<double> attribution, Span<double> errors)
    {
        for (int i = 0; i < sum.Length; i++)
        {
            double mean = sum[i] / pairs;
            attribution[i] = mean;
            double variance = Math.Max(0, (squares[i] / pairs) - (mean * mean)) * pairs / (pairs - 1);
            errors[i] = Math.Sqrt(variance / pairs);
        }

        double outside = untilWidth is null ? 0.025 : 0.025 / Stages;
        Quantile = StudentQuantile.At(pairs - 1, 1 - outside);
    }
}
