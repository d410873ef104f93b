using System.Numerics;
using MathNet.Numerics.Integration;

namespace Governance.Audit.Explanations.Sampling;

/// <summary>
/// What is expected of the odd part u(S) = (v(S) - v(~S)) / 2 of a game before it is seen: the covariance of its values,
/// in which an interaction counts by the product of its players' relevances.
/// </summary>
/// <remarks>
/// With x = ±1 for each player, an odd function is a sum of products of odd numbers of players. Their coefficients are
/// taken as independent, with variance Π r_i over the players of the product, plus L for single ones. Then
/// k(x, y) = (Π (1 + r_i x_i y_i) - Π (1 - r_i x_i y_i)) / 2 + L Σ x_i y_i: all interactions of all odd orders at the
/// cost of one product. Only the odd part matters to Shapley values (Fumagalli et al., arXiv 2602.01399); the product
/// is the ANOVA kernel (Durrande et al., Journal of Multivariate Analysis 115, 2013).
/// <para>
/// The Shapley value of a product of players A is 2 / |A| for each of them. For the function k(·, y) that adds up to
/// r_i y_i ∫ Π_{j ≠ i} (1 + t r_j y_j) dt over [-1, 1], plus 2 L y_i: a polynomial in t, so Gauss and Legendre are exact.
/// </para>
/// </remarks>
internal sealed class OddKernel
{
    /// <summary>The most nodes of the integral. Beyond 64 players the polynomial is cut, at less than 2^-52 of the integral.</summary>
    private const int MostNodes = 32;

    private readonly double[] relevance;
    private readonly double linear;
    private readonly double[] products;
    private readonly GaussLegendreRule rule;

    /// <summary>Sets the kernel up.</summary>
    /// <param name="relevance">Shape [players]: r, in [0, 1).</param>
    /// <param name="linear">L, at least 0: the variance of single players' coefficients beyond r.</param>
    public OddKernel(double[] relevance, double linear)
    {
        this.relevance = relevance;
        this.linear = linear;
        products = Tables(relevance);

        // An even number of nodes leaves out 0, where ShapleyVariances would divide by it.
        rule = new GaussLegendreRule(-1, 1, Math.Min(MostNodes, 2 * ((relevance.Length / 4) + 1)));
        double with = 1;
        double without = 1;
        double single = 0;
        foreach (double r in relevance)
        {
            with *= 1 + r;
            without *= 1 - r;
            single += r;
        }

        Interactions = Math.Max(0, ((with - without) / 2) - single);
        Variance = Interactions + single + (linear * relevance.Length);
    }

    /// <summary>The part of a value's variance that is due to interactions.</summary>
    public double Interactions { get; }

    /// <summary>The variance of a value.</summary>
    public double Variance { get; }

    /// <summary>The covariance of two coalitions' values.</summary>
    public double Covariance(ReadOnlySpan<ulong> x, ReadOnlySpan<ulong> y)
    {
        double with = 1;
        double without = 1;
        int differ = 0;
        int table = 0;
        for (int word = 0; word < x.Length; word++)
        {
            ulong bits = x[word] ^ y[word];
            differ += BitOperations.PopCount(bits);
            for (int shift = 0; shift < 64 && table < products.Length; shift += 8, table += 256)
            {
                int at = (int)(bits >> shift) & 255;
                with *= products[table + at];
                without *= products[table + (at ^ 255)];
            }
        }

        return ((with - without) / 2) + (linear * (relevance.Length - (2 * differ)));
    }

    /// <summary>The Shapley values of k(·, y), which are also their covariances with the value of y.</summary>
    /// <param name="coalitions">Holds y.</param>
    /// <param name="y">Its place.</param>
    /// <param name="attribution">Shape [players], overwritten.</param>
    public void Shapley(CoalitionSet coalitions, int y, Span<double> attribution)
    {
        Span<double> signed = stackalloc double[relevance.Length];
        for (int player = 0; player < signed.Length; player++)
        {
            double sign = coalitions.Contains(y, player) ? 1 : -1;
            signed[player] = sign * relevance[player];
            attribution[player] = 2 * linear * sign;
        }

        AddIntegral(signed, 1, attribution);
    }

    /// <summary>The variances of the Shapley values.</summary>
    /// <param name="variances">Shape [players], overwritten.</param>
    /// <remarks>Σ (2 / |A|)² Π r over the odd A that hold i: r_i ∫∫ Π_{j ≠ i} (1 + s t r_j) ds dt over [-1, 1]².</remarks>
    public void ShapleyVariances(Span<double> variances)
    {
        variances.Fill(4 * linear);
        Span<double> scaled = stackalloc double[relevance.Length];
        for (int node = 0; node < rule.Order; node++)
        {
            double s = rule.GetAbscissa(node);
            for (int player = 0; player < scaled.Length; player++)
            {
                scaled[player] = s * relevance[player];
            }

            AddIntegral(scaled, rule.GetWeight(node) / s, variances);
        }
    }

    // Adds factor · signed_i ∫ Π_{j ≠ i} (1 + t signed_j) dt.
    private void AddIntegral(ReadOnlySpan<double> signed, double factor, Span<double> sums)
    {
        for (int node = 0; node < rule.Order; node++)
        {
            double t = rule.GetAbscissa(node);
            double product = factor * rule.GetWeight(node);
            foreach (double r in signed)
            {
                product *= 1 + (t * r);
            }

            for (int player = 0; player < sums.Length; player++)
            {
                sums[player] += signed[player] * product / (1 + (t * signed[player]));
            }
        }
    }

    // Shape [players / 8 rounded up, 256]: Π (1 ± r) over eight players, minus where a bit says that they differ.
    private static double[] Tables(double[] relevance)
    {
        int bytes = (relevance.Length + 7) / 8;
        double[] tables = new double[bytes * 256];
        for (int table = 0; table < bytes; table++)
        {
            for (int differ = 0; differ < 256; differ++)
            {
                double product = 1;
                for (int bit = 0; bit < 8 && (8 * table) + bit < relevance.Length; bit++)
                {
                    double r = relevance[(8 * table) + bit];
                    product *= (differ >> bit & 1) != 0 ? 1 - r : 1 + r;
                }

                tables[(table * 256) + differ] = product;
            }
        }

        return tables;
    }
}
