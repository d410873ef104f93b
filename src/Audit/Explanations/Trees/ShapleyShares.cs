namespace Governance.Audit.Explanations.Trees;

/// <summary>
/// Shapley values and interactions of the game that pays 1 to a coalition with all of a players and none of z others:
/// [A ⊆ S, Z ∩ S = ∅]. Such games are what a leaf is to a row and a background row.
/// </summary>
/// <remarks>
/// The value of a player of A is (a-1)! z! / (a+z)!, of Z minus a! (z-1)! / (a+z)!; the interaction index of order 2
/// follows with n - 1 in place of n (Grabisch and Roubens 1999). Written by binomials, so that nothing overflows.
/// </remarks>
internal static class ShapleyShares
{
    private const int Most = Forest.MostPathPlayers;

    private static readonly double[,] Needed = Table((a, z) => a == 0 ? 0 : 1 / (a * Binomial(a + z, a)));

    private static readonly double[,] Together = Table((a, z) => a < 2 ? 0 : 1 / ((a - 1) * Binomial(a + z - 1, a - 1)));

    private static readonly double[,] Opposed = Table((a, z) => a < 1 || z < 1 ? 0 : a + z == 2 ? 1 : 1 / ((a + z - 1) * Binomial(a + z - 2, a - 1)));

    /// <summary>The value of each player that must be in.</summary>
    public static double OfNeeded(int a, int z) => Needed[a, z];

    /// <summary>The value of each player that must stay out, without its minus.</summary>
    public static double OfExcluded(int a, int z) => Needed[z, a];

    /// <summary>The interaction of two players that must both be in.</summary>
    public static double OfNeededPair(int a, int z) => Together[a, z];

    /// <summary>The interaction of two players that must both stay out.</summary>
    public static double OfExcludedPair(int a, int z) => Together[z, a];

    /// <summary>The interaction of one that must be in and one that must stay out, without its minus.</summary>
    public static double OfOpposedPair(int a, int z) => Opposed[a, z];

    private static double[,] Table(Func<int, int, double> of)
    {
        double[,] table = new double[Most + 1, Most + 1];
        for (int a = 0; a <= Most; a++)
        {
            for (int z = 0; a + z <= Most; z++)
            {
                table[a, z] = of(a, z);
            }
        }

        return table;
    }

    private static double Binomial(int n, int k)
    {
        double value = 1;
        for (int i = 1; i <= k; i++)
        {
            value = value * (n - k + i) / i;
        }

        return value;
    }
}
