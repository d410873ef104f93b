using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Importance;
using Governance.Audit.Explanations.Summaries;

namespace Governance.Audit.Tests.Explanations.Importance;

public sealed class PlaceFeaturesTests
{
    private static readonly IReadOnlyDictionary<string, Partner> NoPartner = new Dictionary<string, Partner>();

    [Fact]
    public void Features_whose_ranks_share_no_place_are_apart_and_come_first()
    {
        IReadOnlyList<PlacedFeature> placed = PlaceFeatures.Of(
            Attributed("a", "b", "c", "d"), new RankReport([], [[1, 2], [1, 2], [3, 3], [4, 4]]),
            [Lost("c", 1, [1, 1], 0.2), Lost("a", 2, [2, 3], 0.1), Lost("b", 3, [3, 4], 0.05), Lost("d", 4, [2, 4], -0.01)],
            new double[0, 0], [], NoPartner);

        Assert.Equal(["c", "b", "a", "d"], placed.Select(feature => feature.Feature));
        Assert.Equal([2, 1, 0, 0], placed.Select(feature => feature.Gap));
        Assert.Equal([true, true, false, false], placed.Select(feature => feature.IsApart));
        Assert.Equal([3, 2, 1, 4], placed.Select(feature => feature.Attributed));
        Assert.Equal([1, 3, 2, 4], placed.Select(feature => feature.Permuted));
        Assert.Equal([false, false, false, true], placed.Select(feature => feature.LosesNothing));
    }

    [Fact]
    public void Stand_ins_are_features_at_or_above_the_limit_the_closest_first()
    {
        double[,] associations = { { 1, 0.7, 0.69 }, { 0.7, 1, 0.9 }, { 0.69, 0.9, 1 } };

        IReadOnlyList<PlacedFeature> placed = PlaceFeatures.Of(
            Attributed("a", "b", "c", "unknown"), new RankReport([], [[1, 1], [2, 2], [3, 3], [4, 4]]),
            [Lost("a", 1, [1, 1], 1), Lost("b", 2, [2, 2], 1), Lost("c", 3, [3, 3], 1), Lost("unknown", 4, [4, 4], 1)],
            associations, ["a", "b", "c"], new Dictionary<string, Partner> { ["c"] = new Partner("a", 0.3) });

        Assert.Equal("b", Alike("a"));
        Assert.Equal("", Alike("unknown"));
        Assert.Equal("c a", Alike("b"));
        Assert.Equal("b", Alike("c"));
        Assert.Equal("a", placed.Single(feature => feature.Feature == "c").Partner!.Column);

        string Alike(string name) => string.Join(' ', placed.Single(feature => feature.Feature == name).StandIns);
    }

    [Fact]
    public void Measures_of_other_features_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PlaceFeatures.Of(
            Attributed("a", "b"), new RankReport([], [[1, 1], [2, 2]]), [Lost("a", 1, [1, 1], 1), Lost("x", 2, [2, 2], 1)], new double[0, 0], [], NoPartner));
        Assert.Throws<ArgumentException>(() => PlaceFeatures.Of(
            Attributed("a"), new RankReport([], [[1, 1], [2, 2]]), [Lost("a", 1, [1, 1], 1)], new double[0, 0], [], NoPartner));
    }

    private static FeatureImportance[] Attributed(params string[] names) =>
        [.. names.Select((name, i) => new FeatureImportance(name, names.Length - i, [0, 10], i + 1))];

    private static PermutedFeature Lost(string name, int rank, int[] ranks, double low) => new(name, low + 0.1, null, [low, low + 0.2], [], rank, ranks);
}
