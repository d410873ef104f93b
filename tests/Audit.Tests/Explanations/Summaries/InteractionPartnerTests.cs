using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Summaries;

namespace Governance.Audit.Tests.Explanations.Summaries;

public sealed class InteractionPartnerTests
{
    private const int Rows = 5_000;

    // f = x·y + z² with independent, centred x, y, z: the exact Shapley value of x is x·y / 2.
    [Fact]
    public void Finds_the_factor_of_a_product()
    {
        (double[] x, double[] y, double[] z) = Draw();
        double[] attributions = [.. x.Select((value, row) => value * y[row] / 2)];

        IReadOnlyList<Partner> ranked = InteractionPartner.Rank(new NumberColumn("x", x), attributions, [new NumberColumn("z", z), new NumberColumn("y", y)]);

        Assert.Equal("y", ranked[0].Column);
        Assert.InRange(ranked[0].Share, 0.6, 1); // quarters of y cannot say all of it
        Assert.InRange(ranked[1].Share, -0.03, 0.03);
    }

    [Fact]
    public void Finds_a_dependence_that_has_no_straight_line()
    {
        (double[] x, double[] y, double[] z) = Draw();
        double[] attributions = [.. x.Select((value, row) => Math.Abs(y[row]) > 0.67 ? value : -value)];

        IReadOnlyList<Partner> ranked = InteractionPartner.Rank(new NumberColumn("x", x), attributions, [new NumberColumn("z", z), new NumberColumn("y", y)]);

        Assert.Equal("y", ranked[0].Column);
        Assert.InRange(ranked[0].Share, 0.9, 1);
    }

    [Fact]
    public void A_curve_of_the_feature_alone_leaves_nothing_to_go_with()
    {
        (double[] x, double[] y, double[] z) = Draw();
        SeededRandom random = new(3, 0);
        double[] attributions = new double[Rows];
        for (int row = 0; row < Rows; row++)
        {
            attributions[row] = (x[row] * x[row]) + (0.1 * Matrices.Normal(ref random));
        }

        double[] copy = [.. x.Select(value => (2 * value) + 1)]; // another column that says the same as x

        IReadOnlyList<Partner> ranked = InteractionPartner.Rank(
            new NumberColumn("x", x), attributions, [new NumberColumn("y", y), new NumberColumn("copy", copy), new NumberColumn("z", z)]);

        Assert.All(ranked, partner => Assert.InRange(partner.Share, -InteractionPartner.LeastShare, InteractionPartner.LeastShare));
    }

    [Fact]
    public void A_level_decides_the_sign_of_a_text_features_attribution()
    {
        (double[] x, _, double[] z) = Draw();
        TextColumn town = TextColumn.Of("town", [.. x.Select(value => value > 0 ? "north" : "south")]);
        TextColumn kind = TextColumn.Of("kind", [.. z.Select(value => value > 0 ? "a" : value > -1 ? "b" : "c")]);
        double[] attributions = [.. z.Select(value => value > 0 ? 1.0 : -1)];

        Partner first = InteractionPartner.Rank(town, attributions, [new NumberColumn("x", x), kind])[0];

        Assert.Equal("kind", first.Column);
        Assert.Equal(1, first.Share, 1e-9);
    }

    [Fact]
    public void Says_nothing_of_few_rows_or_of_attributions_that_lie_on_lines()
    {
        Assert.Empty(InteractionPartner.Rank(new NumberColumn("x", [1, 2]), [1, 2], [new NumberColumn("y", [2, 1])]));
        (double[] x, double[] y, _) = Draw();
        Assert.Empty(InteractionPartner.Rank(new NumberColumn("x", x), [.. x.Select(value => 3 * value)], [new NumberColumn("y", y)]));
    }

    private static (double[] X, double[] Y, double[] Z) Draw()
    {
        SeededRandom random = new(11, 0);
        double[] x = new double[Rows], y = new double[Rows], z = new double[Rows];
        for (int row = 0; row < Rows; row++)
        {
            (x[row], y[row], z[row]) = (Matrices.Normal(ref random), Matrices.Normal(ref random), Matrices.Normal(ref random));
        }

        return (x, y, z);
    }
}
