using Governance.Audit.Explanations.Importance;
using Governance.Audit.Explanations.Summaries;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Profiles;

namespace Governance.Portal.Tests.Profiles;

public sealed class ImportanceWordsTests
{
    private static readonly PlacedFeature Apart = new("a", 1, [1, 1], 4, [3, 4], LosesNothing: true, ["b"], new Partner("c", 0.3));
    private static readonly PlacedFeature Alike = new("b", 2, [2, 3], 2, [1, 3], LosesNothing: false, ["a"], null);

    [Fact]
    public void The_feature_furthest_apart_is_named_with_both_places()
    {
        Assert.Equal("a is number 1 [1, 1] by attribution and number 4 [3, 4] by shuffling: the one feature that they place apart", ImportanceWords.Places([Apart, Alike]));
        Assert.Equal("a is number 1 [1, 1] by attribution and number 4 [3, 4] by shuffling; 2 of 3 features are placed apart", ImportanceWords.Places([Apart, Apart, Alike]));
        Assert.StartsWith("Attribution and shuffling order the 1 features alike", ImportanceWords.Places([Alike]), StringComparison.Ordinal);
    }

    [Fact]
    public void What_usually_parts_them_is_what_was_found()
    {
        string all = ImportanceWords.Why(Apart);
        string none = ImportanceWords.Why(Apart with { StandIns = [], Partner = null, LosesNothing = false });
        string other = ImportanceWords.Why(Apart with { Attributed = 4, AttributedRanks = [4, 4], Permuted = 1, PermutedRanks = [1, 1] });

        Assert.Contains("says much the same as b: when it is shuffled they stand in for it", all, StringComparison.Ordinal);
        Assert.Contains("depends on c (30.0 %", all, StringComparison.Ordinal);
        Assert.Contains("no worse without it", all, StringComparison.Ordinal);
        Assert.StartsWith("Neither a feature that says the same nor an interaction was found.", none, StringComparison.Ordinal);
        Assert.Contains("shuffling one alone makes rows that hardly exist", other, StringComparison.Ordinal);
        Assert.DoesNotContain("no worse", other, StringComparison.Ordinal);
        Assert.Null(ImportanceWords.Groups([]));
        Assert.Contains("a, b (association 0.812 or more)", ImportanceWords.Groups([new CorrelatedGroup(["a", "b"], 0.812)]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_plot_joins_the_places_of_features_that_are_apart_alone()
    {
        PlotDrawing drawing = RankPlot.Draw([Apart, Alike], 30, 200);

        Assert.Equal([1.0, 4.0], drawing.Figure.Data[0]!["x"]!.AsArray().Where(x => x is not null).Select(x => x!.GetValue<double>()));
        Assert.Equal(["a", "1", "1", "1", "4", "3", "4", "apart"], drawing.Table.Rows[0]);
        Assert.Equal("within the intervals", drawing.Table.Rows[1][^1]);
        Assert.Contains("30 rows attributed, 200 shuffled", drawing.Description, StringComparison.Ordinal);
    }
}
