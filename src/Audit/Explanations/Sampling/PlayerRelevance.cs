namespace Governance.Audit.Explanations.Sampling;

/// <summary>How much each player matters where it comes first and where it comes last, which every design evaluates.</summary>
/// <remarks>
/// Relevance r_i is in proportion to the root mean square of v({i}) - v(empty) and v(full) - v(all but i). Nothing
/// drawn by chance enters, so a regression built on it leaves the residuals of drawn coalitions free of bias.
/// </remarks>
internal static class PlayerRelevance
{
    /// <summary>The share of relevance that is spread evenly, for players that only matter together with others.</summary>
    private const double Even = 0.03;

    /// <summary>Relevances in units of their sum.</summary>
    /// <param name="design">The coalitions; the pairs of size 1 come first, in the order of the players.</param>
    /// <param name="values">Shape [coalitions of the design, outputs].</param>
    /// <param name="empty">Shape [outputs].</param>
    /// <param name="full">Shape [outputs].</param>
    /// <returns>Shape [players]; above 0, adds up to 1.</returns>
    public static double[] Of(PairedCoalitions design, ReadOnlySpan<double> values, ReadOnlySpan<double> empty, ReadOnlySpan<double> full)
    {
        int players = design.Coalitions.Players;
        int outputs = empty.Length;
        double[] relevance = new double[players];
        double[] squares = new double[players];
        for (int output = 0; output < outputs; output++)
        {
            double total = 0;
            for (int player = 0; player < players; player++)
            {
                double first = values[(2 * player * outputs) + output] - empty[output];
                double last = full[output] - values[(((2 * player) + 1) * outputs) + output];
                squares[player] = (first * first) + (last * last);
                total += squares[player];
            }

            for (int player = 0; player < players && total > 0; player++)
            {
                relevance[player] += squares[player] / total;
            }
        }

        double sum = 0;
        for (int player = 0; player < players; player++)
        {
            relevance[player] = Math.Sqrt(relevance[player]);
            sum += relevance[player];
        }

        for (int player = 0; player < players; player++)
        {
            relevance[player] = (sum > 0 ? (1 - Even) * relevance[player] / sum : (1 - Even) / players) + (Even / players);
        }

        return relevance;
    }
}
