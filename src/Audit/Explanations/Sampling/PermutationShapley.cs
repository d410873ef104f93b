using Governance.Audit.Statistics;

namespace Governance.Audit.Explanations.Sampling;

/// <summary>Shapley values as mean marginal contributions over random orders of the players, each with its reverse.</summary>
/// <remarks>
/// The coalitions along the reverse of an order are the complements of those along it, so a pair of orders is one walk
/// over the odd part u(S) = (v(S) - v(~S)) / 2: player i adds u(S and i) - u(S). Pairs of orders are independent
/// replicates without bias, for any game and any number of players; their mean has Student's interval. Sources: Castro,
/// Gómez and Tejada, Computers and Operations Research 36, 2009; reversed orders Mitchell et al., JMLR 2022, arXiv 2104.12199.
/// </remarks>
public static class PermutationShapley
{
    /// <summary>The first stage of a growing sample, in pairs of orders.</summary>
    private const int FirstStage = 24;

    /// <summary>Coalitions evaluated for so many pairs of orders, the empty and the full one included.</summary>
    /// <param name="players">At least 1.</param>
    /// <param name="pairs">At least 1.</param>
    public static long Samples(int players, int pairs) => 2 + (2L * pairs * (players - 1));

    /// <summary>Runs.</summary>
    /// <param name="players">At least 1.</param>
    /// <param name="budget">How much; at least <see cref="Samples"/> of one pair.</param>
    /// <param name="random">The row's seeded source.</param>
    /// <param name="empty">Shape [outputs]: the value of the empty coalition.</param>
    /// <param name="full">Shape [outputs]: the value of the full coalition.</param>
    /// <param name="game">Values coalitions, shape [coalitions, outputs]; never asked for those two.</param>
    /// <param name="cancellationToken">Ends what is added up between two games; a game ends itself.</param>
    /// <exception cref="ArgumentException">The budget is too small for one pair of orders.</exception>
    public static SampledRow Run(
        int players, SampleBudget budget, SeededRandom random, double[] empty, double[] full, Func<CoalitionSet, double[]> game,
        CancellationToken cancellationToken = default)
    {
        if (budget.Samples < Samples(players, 1))
        {
            throw new ArgumentException($"{players} players need at least {Samples(players, 1)} samples.", nameof(budget));
        }

        if (players == 1)
        {
            double[] change = [.. full.Zip(empty, (with, without) => with - without)];
            return new SampledRow(new SampledAttribution(change, new double[change.Length], 0), 2, true);
        }

        MarginalMeans means = new(players, empty, full);
        int done = 0;
        SampledAttribution? last = null;
        foreach (int samples in budget.Stages((int)Math.Min(int.MaxValue, Samples(players, FirstStage))))
        {
            cancellationToken.ThrowIfCancellationRequested();
            int pairs = Pairs(players, samples);
            int[] orders = Orders(players, pairs - done, ref random);
            means.Add(orders, game(Prefixes(players, orders)));
            done = pairs;
            last = means.Attribution(StudentQuantile.At(Math.Max(1, done - 1), 0.975));
            if (last.Width < budget.UntilWidth)
            {
                break;
            }
        }

        return new SampledRow(last!, (int)Samples(players, done), budget.UntilWidth is null || last!.Width < budget.UntilWidth);
    }

    /// <summary>The coalitions of random orders and their reverses.</summary>
    /// <param name="players">At least 1.</param>
    /// <param name="samples">How many, the empty and the full one included; at least <see cref="Samples"/> of one pair.</param>
    /// <param name="random">The seeded source.</param>
    internal static CoalitionSet Coalitions(int players, int samples, SeededRandom random) =>
        players == 1 ? new CoalitionSet(1, 0) : Prefixes(players, Orders(players, Pairs(players, samples), ref random));

    private static int Pairs(int players, int samples) => (samples - 2) / (2 * (players - 1));

    // Shape [pairs, players]: uniformly drawn orders.
    private static int[] Orders(int players, int pairs, ref SeededRandom random)
    {
        int[] orders = new int[pairs * players];
        for (int pair = 0; pair < pairs; pair++)
        {
            Span<int> order = orders.AsSpan(pair * players, players);
            for (int player = 0; player < players; player++)
            {
                int other = random.NextBelow(player + 1);
                order[player] = order[other];
                order[other] = player;
            }
        }

        return orders;
    }

    // Per pair and length 1 … players - 1: the first players of the order, then their complement.
    private static CoalitionSet Prefixes(int players, int[] orders)
    {
        int pairs = orders.Length / players;
        CoalitionSet coalitions = new(players, 2 * pairs * (players - 1));
        int at = 0;
        for (int pair = 0; pair < pairs; pair++)
        {
            for (int length = 1; length < players; length++, at += 2)
            {
                if (length > 1)
                {
                    coalitions.Copy(coalitions, at - 2, at);
                }

                coalitions.Add(at, orders[(pair * players) + length - 1]);
                coalitions.Complement(at, at + 1);
            }
        }

        return coalitions;
    }
}
