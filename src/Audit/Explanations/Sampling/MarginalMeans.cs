using System.Numerics.Tensors;

namespace Governance.Audit.Explanations.Sampling;

/// <summary>Means and spreads of the players' marginal contributions over pairs of orders.</summary>
internal sealed class MarginalMeans
{
    private readonly int players;
    private readonly int outputs;
    private readonly double[] half;
    private readonly double[] means;
    private readonly double[] squares;
    private double largest;
    private int pairs;

    /// <summary>Starts with nothing.</summary>
    /// <param name="players">At least 2.</param>
    /// <param name="empty">Shape [outputs].</param>
    /// <param name="full">Shape [outputs].</param>
    public MarginalMeans(int players, double[] empty, double[] full)
    {
        this.players = players;
        outputs = empty.Length;
        half = [.. full.Zip(empty, (with, without) => (with - without) / 2)];
        means = new double[outputs * players];
        squares = new double[means.Length];
        largest = empty.Concat(full).Max(Math.Abs);
    }

    /// <summary>Adds pairs of orders.</summary>
    /// <param name="orders">Shape [pairs, players].</param>
    /// <param name="values">Shape [pairs, players - 1, 2, outputs]: of each prefix and its complement.</param>
    public void Add(int[] orders, double[] values)
    {
        for (int first = 0, at = 0; first < orders.Length; first += players, at += 2 * (players - 1) * outputs)
        {
            pairs++;
            for (int output = 0; output < outputs; output++)
            {
                double before = -half[output];
                for (int place = 0; place < players; place++)
                {
                    double after = half[output];
                    if (place + 1 < players)
                    {
                        double with = values[at + (2 * place * outputs) + output];
                        double without = values[at + (((2 * place) + 1) * outputs) + output];
                        after = (with - without) / 2;
                        largest = Math.Max(largest, Math.Max(Math.Abs(with), Math.Abs(without)));
                    }

                    Add((output * players) + orders[first + place], after - before);
                    before = after;
                }
            }
        }
    }

    /// <summary>The means with their standard errors; errors are null after fewer than two pairs.</summary>
    /// <remarks>
    /// A spread is that of the player's own contributions and, twice, the mean one of all players: a player who matters in
    /// few orders may have met none of them yet, and must not look certain.
    /// </remarks>
    /// <param name="quantile">Half the width of an interval in standard errors.</param>
    public SampledAttribution Attribution(double quantile)
    {
        double least = 8 * (Math.BitIncrement(largest) - largest);
        double[] errors = new double[means.Length];
        for (int output = 0; output < outputs; output++)
        {
            ReadOnlySpan<double> own = squares.AsSpan(output * players, players);
            double common = TensorPrimitives.Sum(own) / players / pairs;
            for (int player = 0; player < players; player++)
            {
                errors[(output * players) + player] =
                    Math.Sqrt(((own[player] + (2 * common)) / ((double)pairs * Math.Max(1, pairs - 1))) + (least * least));
            }
        }

        return new SampledAttribution([.. means], pairs < 2 ? null : errors, quantile);
    }

    // Welford's update: stable where the spread is small against the mean.
    private void Add(int at, double contribution)
    {
        double off = contribution - means[at];
        means[at] += off / pairs;
        squares[at] += off * (contribution - means[at]);
    }
}
