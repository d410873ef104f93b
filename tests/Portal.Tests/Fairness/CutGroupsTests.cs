using Governance.Audit.Data;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;
using Governance.Audit.Runs;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Fairness;
using Governance.Portal.Features.Performance;
using Governance.Registry.Policies;

namespace Governance.Portal.Tests.Fairness;

public sealed class CutGroupsTests
{
    private const int Rows = 900;

    // Own cuts for a group: the others and all rows together are counted by hand.
    [Fact]
    public void A_group_with_a_cut_of_its_own_changes_itself_and_the_whole_alone()
    {
        LiveScores live = LiveScores.Of(Given(), null, null);
        CutGroups groups = CutGroups.Of(live, Levels.Of(live.Table.Need("g")), null, 1);
        CutChoice alike = CutChoice.Alike(0.5);

        CutFairness same = groups.At(alike, 1, 0.95);
        CutFairness moved = groups.At(alike.With(1, 0.2), 1, 0.95);

        Assert.Equal(same.Groups[0], moved.Groups[0] with { Selection = same.Groups[0].Selection, Tpr = same.Groups[0].Tpr, Fpr = same.Groups[0].Fpr, Ppv = same.Groups[0].Ppv, Accuracy = same.Groups[0].Accuracy, Balanced = same.Groups[0].Balanced });
        double chosen = Enumerable.Range(0, Rows).Count(row => live.Decisions.Score[row] >= (live.Table.Need("g").Text(row) == "b" ? 0.2 : 0.5));
        Assert.Equal(chosen / Rows, moved.Overall.Selection.Value!.Value, 1e-12);
        Assert.True(moved.Groups[1].Selection.Value > same.Groups[1].Selection.Value);
    }

    [Fact]
    public void The_cut_in_use_decides_as_the_version_does()
    {
        LiveScores live = LiveScores.Of(Given(), null, null);
        CutGroups groups = CutGroups.Of(live, Levels.Of(live.Table.Need("g")), null, 1);

        CutFairness now = groups.InUse(1, 0.95);
        CutFairness same = groups.At(CutChoice.Alike(live.InUse!.Value), 1, 0.95);

        Assert.Equal(now.ImpactRatio.Value, same.ImpactRatio.Value);
        Assert.Equal(now.Overall.Accuracy.Value, same.Overall.Accuracy.Value);
    }

    // Who reads no personal rows: groups left out count in the whole, and every step holds enough rows.
    [Fact]
    public void Groups_that_are_not_shown_are_nowhere_but_in_the_whole()
    {
        LiveScores live = LiveScores.Of(Given(), null, null);

        CutGroups groups = CutGroups.Of(live, Levels.Of(live.Table.Need("g")), new HashSet<string> { "a", "b" }, 10);

        Assert.Equal(["a", "b"], groups.Names);
        Assert.Equal(1, groups.Hidden);
        Assert.Equal(Rows, groups.At(CutChoice.Alike(0.3), 1, 0.95).Overall.Rows);
        foreach (CutTable table in groups.Tables.Append(groups.All))
        {
            for (int place = 1; place <= table.Places; place++)
            {
                Assert.True(table.AtPlace(place).PredictedPositive.Rows - table.AtPlace(place - 1).PredictedPositive.Rows >= 10);
            }
        }

        PlotDrawing drawing = CutPlots.ByCut(groups, "selection", CutChoice.Alike(0.4));
        Assert.DoesNotContain("\"c\"", drawing.Figure.ToJson(300), StringComparison.Ordinal);
    }

    [Fact]
    public void The_frontier_holds_the_figures_of_its_thresholds()
    {
        LiveScores live = LiveScores.Of(Given(), null, null);
        CutGroups groups = CutGroups.Of(live, Levels.Of(live.Table.Need("g")), null, 1);

        IReadOnlyList<CutFrontier.Point> points = CutFrontier.Of(groups, 30, 0.95);

        Assert.NotEmpty(points);
        Assert.All(points, point => Assert.Equal(groups.At(CutChoice.Alike(point.Cut), 30, 0.95).ImpactRatio.Value, point.Fairness.ImpactRatio.Value));
        Gate gate = PolicyPack.Default.GateOn("fairness.demographic_parity_ratio")!;
        PlotDrawing drawing = CutFrontier.Draw(points, groups.InUse(30, 0.95), groups.At(CutChoice.Alike(0.3), 30, 0.95), CutChoice.Alike(0.3), [new("v2", new(0.9, [0.8, 0.95]), new(0.7, null))], gate, Rows);
        Assert.Contains(drawing.Table.Rows, row => row[0] == "v2" && row[1] == "0.900 [0.800, 0.950]");
        Assert.Equal(points.Count + 3, drawing.Table.Rows.Count);
    }

    [Fact]
    public void Rows_without_labels_still_tell_who_is_decided_favourably()
    {
        ScoredTable given = Given();
        LiveScores live = LiveScores.Of(given with { Label = null }, null, null);
        CutGroups groups = CutGroups.Of(live, Levels.Of(live.Table.Need("g")), null, 1);

        Assert.False(live.HasLabels);
        Assert.NotNull(groups.At(CutChoice.Alike(0.3), 1, 0.95).ImpactRatio.Value);
        Assert.Null(groups.At(CutChoice.Alike(0.3), 1, 0.95).TprDifference.Value);
        Assert.Empty(CutFrontier.Of(groups, 1, 0.95));
        Assert.Null(GroupCurvePlots.Roc(groups, 0.95));
        Assert.Single(CutoffPlots.Draw(groups.All, 0.3, live)); // the scores alone
    }

    [Fact]
    public void A_cut_above_all_scores_chooses_nobody_and_says_so()
    {
        LiveScores live = LiveScores.Of(Given(), null, null);
        CutGroups groups = CutGroups.Of(live, Levels.Of(live.Table.Need("g")), null, 1);

        string[] titles = [.. CutoffPlots.Draw(groups.All, 2, live).Select(each => each.Drawing.Title)];

        Assert.Contains("This cut decides no row positive, so there is no precision", titles);
        Assert.Contains("This cut chooses no row, so there is no lift", titles);
        Assert.DoesNotContain(titles, title => title.Contains("undefined", StringComparison.Ordinal));
    }

    // Of several classes one stands against the others; a model of numbers or of labels alone says why there is no cut.
    [Fact]
    public void Other_tasks_have_a_view_of_their_own_or_a_sentence()
    {
        Random random = new(8);
        double[][] scores = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 60).Select(_ => random.NextDouble()).ToArray())];
        string[] classes = ["x", "y", "z"];
        string[] label = [.. Enumerable.Range(0, 60).Select(row => classes[row % 3])];
        ScoredTable several = new()
        {
            Table = new Table([TextColumn.Of("l", label), TextColumn.Of("p", label), .. scores.Select((own, i) => new NumberColumn($"s{i}", own))]),
            Prediction = "p", Label = "l", Classes = classes, Scores = ["s0", "s1", "s2"],
        };

        LiveScores live = LiveScores.Of(several, null, "y");

        Assert.Equal("y", live.Decisions.Positive);
        Assert.Null(live.InUse);
        Assert.Equal(scores[1], live.Decisions.Score.ToArray());
        Assert.Equal(20, live.Decisions.Label.Count((sbyte)1));
        Assert.Contains("Residuals", Assert.Throws<InputException>(() => LiveScores.Of(several with { IsRegression = true }, null, null)).Message, StringComparison.Ordinal);
        Assert.Contains("no scores", Assert.Throws<InputException>(() => LiveScores.Of(several with { Scores = [] }, null, null)).Message, StringComparison.Ordinal);
    }

    private static ScoredTable Given()
    {
        Random random = new(11);
        double[] score = [.. Enumerable.Range(0, Rows).Select(_ => Math.Round(random.NextDouble(), 3))];
        string[] group = [.. Enumerable.Range(0, Rows).Select(row => row % 100 == 0 ? "c" : random.Next(3) == 0 ? "b" : "a")];
        return new ScoredTable
        {
            Table = new Table(
            [
                TextColumn.Of("g", group), TextColumn.Of("l", [.. score.Select(value => random.NextDouble() < value ? "yes" : "no")]),
                TextColumn.Of("p", [.. score.Select(value => value >= 0.5 ? "yes" : "no")]), new NumberColumn("s", score),
            ]),
            Prediction = "p", Label = "l", Positive = "yes", Favourable = "yes", Classes = ["no", "yes"], Scores = ["s"],
        };
    }
}
