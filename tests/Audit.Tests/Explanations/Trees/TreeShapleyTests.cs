using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Trees;
using Governance.Audit.Inference.Ensembles;

namespace Governance.Audit.Tests.Explanations.Trees;

/// <summary>Tree SHAP against the definitions, on forests of every kind.</summary>
public sealed class TreeShapleyTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<string> Kinds() => [.. Forests.Keys];

    private static readonly Dictionary<string, GivenForest> Forests = new()
    {
        ["shallow"] = new(),
        ["all modes and missing values"] = new() { Modes = GivenForest.AllModes, Depth = 5 },
        ["several outputs"] = new() { Outputs = 3, Modes = GivenForest.AllModes },
        ["groups"] = new() { FeaturePlayers = [0, 1, 0, 2, 1, 3, 0], Modes = GivenForest.AllModes, Depth = 6 },
        ["one player"] = new() { FeaturePlayers = [0, 0], Depth = 3 },
        ["lonely leaves"] = new() { EarlyLeaf = 0.6, Depth = 7, Trees = 9 },
        ["many players"] = new() { FeaturePlayers = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], Depth = 7, Trees = 3, EarlyLeaf = 0.1 },
        ["wide leaves"] = new() { FeaturePlayers = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], Depth = 17, Trees = 1, EarlyLeaf = 0.42, Seed = 12 },
        ["many trees"] = new() { Trees = 40, Depth = 3 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Marginal_values_are_those_of_the_enumerated_game(string kind)
    {
        (GivenForest given, Forest forest, FeatureMatrix rows, FeatureMatrix background, double[] weights) = Case(kind);

        TreeAttributions found = TreeShapley.Marginal(forest, rows, background, weights, 1, null, default);

        for (int row = 0; row < 4; row++)
        {
            Check(forest, GivenForest.MarginalGame(forest, rows, row, background, weights), found, row);
        }

        Assert.Equal(given.Outputs, found.BaseValue.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Path_dependent_values_are_those_of_the_enumerated_game(string kind)
    {
        Forest forest = (Forests[kind] with { Covers = true }).Make();
        FeatureMatrix rows = Forests[kind].Rows(10, 3);

        TreeAttributions found = TreeShapley.PathDependent(forest, rows, 1, null, default);

        for (int row = 0; row < 4; row++)
        {
            Check(forest, GivenForest.CoverGame(forest, rows, row), found, row);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Interactions_are_the_shapley_interaction_index_of_both_games(string kind)
    {
        (GivenForest given, Forest forest, FeatureMatrix rows, FeatureMatrix background, double[] weights) = Case(kind);
        Forest covered = (given with { Covers = true }).Make();

        TreeAttributions marginal = TreeShapley.MarginalInteractions(forest, rows, background, weights, 1, null, default);
        TreeAttributions path = TreeShapley.PathDependentInteractions(covered, rows, 1, null, default);

        for (int output = 0; output < given.Outputs; output++)
        {
            double[] marginalGame = Output(GivenForest.MarginalGame(forest, rows, 1, background, weights), given.Outputs, output);
            double[] pathGame = Output(GivenForest.CoverGame(covered, rows, 1), given.Outputs, output);
            for (int i = 0; i < given.Players; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    Assert.Equal(GivenForest.Interaction(marginalGame, given.Players, i, j), marginal.Interaction(1, output, i, j), Tolerance);
                    Assert.Equal(GivenForest.Interaction(pathGame, given.Players, i, j), path.Interaction(1, output, j, i), Tolerance);
                }
            }
        }
    }

    [Fact]
    public void Some_of_the_forests_have_leaves_below_more_players_than_are_tabled() =>
        Assert.InRange(Forests["wide leaves"].Make().PathPlayers(), 11, 13);

    [Fact]
    public void Neither_threads_nor_other_rows_change_a_bit()
    {
        GivenForest given = Forests["many trees"] with { FeaturePlayers = [0, 1, 2, 3, 4, 5, 6], Depth = 6, Modes = GivenForest.AllModes };
        Forest forest = given.Make();
        FeatureMatrix rows = given.Rows(2300, 3);
        FeatureMatrix background = given.Rows(90, 4);
        double[] weights = GivenForest.Weights(90);

        TreeAttributions one = TreeShapley.Marginal(forest, rows, background, weights, 1, null, default);
        TreeAttributions two = TreeShapley.Marginal(forest, rows, background, weights, 2, null, default);
        TreeAttributions tail = TreeShapley.Marginal(
            forest, new FeatureMatrix(3, [.. rows.Columns.Select(column => column[2297..])]), background, weights, 2, null, default);

        for (int row = 0; row < 2300; row++)
        {
            Assert.Equal(one.Values(row, 0), two.Values(row, 0));
        }

        for (int row = 0; row < 3; row++)
        {
            Assert.Equal(one.Values(2297 + row, 0), tail.Values(row, 0));
        }
    }

    [Fact]
    public void A_player_that_no_test_asks_about_gets_nothing_and_equal_players_get_the_same()
    {
        TreeNode Node(int feature, int yes, int no) =>
            new() { Mode = BranchMode.Less, Feature = feature, Threshold = 0.5, TrueChild = yes, FalseChild = no };
        TreeNode leaf = new() { Mode = BranchMode.Leaf };

        // 1 where both x0 and x1 are at least 0.5; x2 is a dummy.
        ForestTree both = new([Node(0, 1, 2), leaf, Node(1, 3, 4), leaf, leaf], [null, [0], null, [0], [1]]);
        Forest forest = new(3, [0, 1, 2], 1, [both]);

        TreeAttributions found = TreeShapley.Marginal(
            forest, new FeatureMatrix(1, [[1], [1], [1]]), new FeatureMatrix(1, [[0], [0], [0]]), [1], 1, null, default);

        Assert.Equal([0.5, 0.5, 0], found.Values(0, 0).ToArray());
        Assert.Equal(0, found.BaseValue[0]);
        Assert.Equal(1, found.Prediction(0, 0));
    }

    [Fact]
    public void Gives_nothing_to_anybody_where_trees_are_single_leaves()
    {
        Forest forest = new(2, [0, 1], 1, [new ForestTree([new TreeNode { Mode = BranchMode.Leaf }], [[2.5]], [1])]);
        FeatureMatrix rows = new(1, [[1], [2]]);

        TreeAttributions marginal = TreeShapley.Marginal(forest, rows, rows, [1], 1, null, default);
        TreeAttributions path = TreeShapley.PathDependent(forest, rows, 1, null, default);

        Assert.Equal([0, 0], marginal.Values(0, 0).ToArray());
        Assert.Equal(2.5, marginal.BaseValue[0]);
        Assert.Equal([0, 0], path.Values(0, 0).ToArray());
        Assert.Equal(2.5, path.Prediction(0, 0));
    }

    [Fact]
    public void Cancelling_ends_the_work()
    {
        GivenForest given = new();
        using CancellationTokenSource stop = new();
        stop.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() =>
            TreeShapley.Marginal(given.Make(), given.Rows(5, 1), given.Rows(5, 2), GivenForest.Weights(5), 1, null, stop.Token));
    }

    [Fact]
    public void Refuses_trees_without_covers_where_covers_decide() => Assert.Throws<ArgumentException>("forest", () =>
        TreeShapley.PathDependent(new GivenForest().Make(), new GivenForest().Rows(1, 1), 1, null, default));

    private static (GivenForest, Forest, FeatureMatrix Rows, FeatureMatrix Background, double[] Weights) Case(string kind)
    {
        GivenForest given = Forests[kind];
        return (given, given.Make(), given.Rows(10, 3), given.Rows(12, 4), GivenForest.Weights(12));
    }

    private static double[] Output(double[] values, int outputs, int output) => [.. values.Where((_, i) => i % outputs == output)];

    private static void Check(Forest forest, double[] game, TreeAttributions found, int row)
    {
        double[] expected = new double[forest.Outputs * forest.Players];
        ExactShapley.Compute(game, forest.Outputs, expected);
        for (int output = 0; output < forest.Outputs; output++)
        {
            Assert.Equal(game[output], found.BaseValue[output], Tolerance);
            Assert.Equal(game[^(forest.Outputs - output)], found.Prediction(row, output), Tolerance);
            ReadOnlySpan<double> values = found.Values(row, output);
            for (int player = 0; player < forest.Players; player++)
            {
                Assert.Equal(expected[(output * forest.Players) + player], values[player], Tolerance);
            }
        }
    }
}
