using Governance.Audit.Ensembles;
using Governance.Audit.Theft.Attacks;
using Governance.Audit.Variants.Trees;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Inside;

namespace Governance.Portal.Tests.Inside;

public sealed class InsidePlotsTests
{
    private static readonly TreeMembersReport Forest = new()
    {
        Node = "trees", Family = TreeFamily.Bagging, Trees = 4, Leaves = 16, Depth = 3, Rows = 100, Metric = "accuracy",
        Moves = [new TreeMove(1, 4, 0.6, 0.6), new TreeMove(2, 4, 0.2, 0.2), new TreeMove(3, 4, 0.1, 0.1), new TreeMove(4, 4, 0.1, 0.1)],
        Stages = [new TreeStage(1, 0.7, [0.6, 0.8]), new TreeStage(2, 0.75, [0.65, 0.84]), new TreeStage(4, 0.8, [0.71, 0.87])],
        Singles = new SingleTrees([0.7, 0.6, 0.65, 0.55], 0.625, 0.065, 0.55, 0.7),
    };

    [Fact]
    public void The_curve_of_copies_tells_its_best_and_has_every_point_in_its_table()
    {
        CopyCostReport report = new("classes", 0.9, 200, [
            new CopyCost("own-data", 25, "logistic", 0.91, [0.86, 0.94], 0.2), new CopyCost("own-data", 100, "boosted trees", 0.96, [0.92, 0.98], null),
            new CopyCost("marginals", 25, "logistic", 0.9, null, 0.1)]);

        PlotDrawing drawing = InsidePlots.Copies(report);

        Assert.Equal("Without protection, 100 questions make a copy that decides 96.0 % of rows alike", drawing.Title);
        Assert.Equal(["100", "Real rows", "0.960 [0.920, 0.980]", "–", "boosted trees"], drawing.Table.Rows[1]);
        Assert.Equal((3, 2), (drawing.Table.Rows.Count, drawing.Figure.Data.Count));
    }

    [Fact]
    public void Trees_are_told_by_what_they_reach_and_by_what_they_move()
    {
        Assert.Equal("Accuracy: 0.750 with 2 trees, 0.800 [0.710, 0.870] with all 4", InsidePlots.Stages(Forest).Title);
        Assert.Equal("Half of all that 4 trees move the score is moved by 1 tree", InsidePlots.Moves(Forest).Title);
        Assert.Equal(["3", "4", "0.100", "10.0 %"], InsidePlots.Moves(Forest).Table.Rows[2]);
        Assert.Equal("Single trees by themselves: accuracy 0.625 on the average, standard deviation 0.065, from 0.550 to 0.700 (4 trees).", InsideWords.Singles(Forest));
        Assert.Contains("Bagging: each tree is a model by itself", InsideWords.Family(Forest), StringComparison.Ordinal);
    }
}
