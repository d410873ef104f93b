using MathNet.Numerics.Integration;

namespace Governance.Audit.Explanations.Trees;

/// <summary>
/// The path-dependent game: where a player is out of the coalition, its tests send every way the share of the cover
/// that goes there.
/// </summary>
/// <remarks>
/// A leaf is worth Π (i ∈ S ? o_i : s_i), with o_i = 1 where the row satisfies player i and s_i its share. The Shapley
/// value is (o_i - s_i) ∫₀¹ Π_{j≠i} (q o_j + (1-q) s_j) dq (the multilinear extension, Owen 1972), a polynomial of
/// degree d - 1 that Gauss and Legendre integrate exactly with ⌈d/2⌉ points, without the divisions of unwinding.
/// </remarks>
internal sealed class CoverValues : LeafRule
{
    public override bool UsesBackground => false;

    public override bool Pairs => false;

    public override void Fill(in LeafGame leaf, ulong row, Span<double> units)
    {
        units.Clear();
        int d = leaf.Players;
        units[d] = row == Full(d) ? 1 : 0;
        if (d == 0 || Quadrature.Dead(leaf, row))
        {
            return;
        }

        Span<double> factors = stackalloc double[Forest.MostPathPlayers];
        foreach ((double q, double weight) in Quadrature.Points((d + 1) / 2))
        {
            double product = weight * Quadrature.Factors(leaf, row, q, factors);
            for (int i = 0; i < d; i++)
            {
                units[i] += product / factors[i];
            }
        }

        for (int i = 0; i < d; i++)
        {
            units[i] *= (row >> i & 1) - leaf.Shares[i];
        }
    }

    public override double Base(in LeafGame leaf) => Share(leaf);

    /// <summary>The share of the cover that reaches the leaf.</summary>
    internal static double Share(in LeafGame leaf)
    {
        double share = 1;
        foreach (double one in leaf.Shares)
        {
            share *= one;
        }

        return share;
    }
}

/// <summary>The Shapley interaction index of order 2 of the path-dependent game, in full.</summary>
internal sealed class CoverPairs : LeafRule
{
    public override bool UsesBackground => false;

    public override bool Pairs => true;

    public override void Fill(in LeafGame leaf, ulong row, Span<double> units)
    {
        units.Clear();
        int d = leaf.Players;
        if (d < 2 || Quadrature.Dead(leaf, row))
        {
            return;
        }

        Span<double> factors = stackalloc double[Forest.MostPathPlayers];
        foreach ((double q, double weight) in Quadrature.Points(d / 2))
        {
            double product = weight * Quadrature.Factors(leaf, row, q, factors);
            int pair = 0;
            for (int i = 0; i < d; i++)
            {
                for (int j = i + 1; j < d; j++)
                {
                    units[pair++] += product / (factors[i] * factors[j]);
                }
            }
        }

        int at = 0;
        for (int i = 0; i < d; i++)
        {
            for (int j = i + 1; j < d; j++)
            {
                units[at++] *= ((row >> i & 1) - leaf.Shares[i]) * ((row >> j & 1) - leaf.Shares[j]);
            }
        }
    }

    public override double Base(in LeafGame leaf) => CoverValues.Share(leaf);
}

/// <summary>Integrals over [0, 1] of products of linear factors.</summary>
internal static class Quadrature
{
    private static readonly (double Q, double Weight)[][] Rules =
        [.. Enumerable.Range(0, (Forest.MostPathPlayers / 2) + 1).Select(Rule)];

    /// <summary>The points and weights of a rule that is exact up to degree 2n - 1.</summary>
    /// <param name="n">1 to 32.</param>
    public static (double Q, double Weight)[] Points(int n) => Rules[n];

    /// <summary>Whether a player has neither the row nor any cover behind it, so that the leaf is out of reach.</summary>
    public static bool Dead(in LeafGame leaf, ulong row)
    {
        for (int i = 0; i < leaf.Players; i++)
        {
            if ((row >> i & 1) == 0 && leaf.Shares[i] == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The factors at q, none of them 0, and their product.</summary>
    public static double Factors(in LeafGame leaf, ulong row, double q, Span<double> factors)
    {
        double product = 1;
        for (int i = 0; i < leaf.Players; i++)
        {
            double factor = ((1 - q) * leaf.Shares[i]) + ((row >> i & 1) != 0 ? q : 0);
            factors[i] = factor;
            product *= factor;
        }

        return product;
    }

    private static (double, double)[] Rule(int n)
    {
        if (n == 0)
        {
            return [];
        }

        GaussLegendreRule rule = new(0, 1, n);
        return [.. rule.Abscissas.Zip(rule.Weights)];
    }
}
