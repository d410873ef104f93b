using Governance.Audit.Explanations.Trees;

namespace Governance.Audit.Tests.Explanations.Trees;

/// <summary>The weights of unanimity games and the integrals behind path-dependent values.</summary>
public sealed class QuadratureTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(32)]
    public void Points_integrate_powers_exactly(int points)
    {
        for (int power = 0; power < 2 * points; power++)
        {
            Assert.Equal(1.0 / (power + 1), Quadrature.Points(points).Sum(point => point.Weight * Math.Pow(point.Q, power)), 1e-14);
        }
    }

    // Needed and excluded players share 1 - 0 and 0 - 1 fairly: a gains a·OfNeeded, less z·OfExcluded, is v(all) - v(none).
    [Theory]
    [InlineData(3, 0, 1)]
    [InlineData(0, 5, -1)]
    [InlineData(2, 3, 0)]
    [InlineData(32, 32, 0)]
    [InlineData(63, 1, 0)]
    public void Shares_add_up(int needed, int excluded, double change) => Assert.Equal(
        change, (needed * ShapleyShares.OfNeeded(needed, excluded)) - (excluded * ShapleyShares.OfExcluded(needed, excluded)), 1e-13);

    // The file's 64 players: a tree that asks about each once.
    [Fact]
    public void A_path_of_64_players_is_exact()
    {
        LeafGame leaf = new() { Players = 64, Shares = [.. Enumerable.Repeat(0.5, 64)], Patterns = [0], Weights = [1] };
        double[] units = new double[65];

        new CoverValues().Fill(leaf, ulong.MaxValue, units);
        Assert.Equal(1 - Math.Pow(0.5, 64), units.Take(64).Sum(), 1e-13);
        Assert.Equal(1, units[64]);

        new MarginalValues().Fill(leaf, ulong.MaxValue, units);
        Assert.All(units.Take(64), unit => Assert.Equal(1 / 64.0, unit, 1e-15));
    }
}
