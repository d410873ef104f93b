using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Trees;
using Governance.Audit.Inference.Ensembles;
using Governance.Audit.Tests.Explanations.Native;
using Governance.Tests;

namespace Governance.Audit.Tests.Explanations.Trees;

/// <summary>Boosted trees on Adult against exact tables and shap (goldens/shap, 50 rows, 100 background rows).</summary>
public sealed class TreeGoldenTests
{
    private const int Players = 12;
    private const int Rows = 50;

    [SkippableFact]
    public void Marginal_values_of_the_margin_are_the_exact_ones()
    {
        (Forest forest, double start) = Json();
        FeatureMatrix background = Matrix("background_BG100.csv");

        TreeAttributions found = TreeShapley.Marginal(forest, Matrix("inputs_X50.csv"), background, Equal(background), 1, null, default);

        Compare(found, start, "gbm_exact_shapley_margin.csv", "gbm_outputs_X50.csv");
    }

    [SkippableFact]
    public void Path_dependent_values_are_shaps()
    {
        (Forest forest, double start) = Json();

        TreeAttributions found = TreeShapley.PathDependent(forest, Matrix("inputs_X50.csv"), 1, null, default);

        Compare(found, start, "gbm_treeshap_pathdep_margin.csv", "gbm_outputs_X50.csv");
    }

    // shap halves the index off the diagonal.
    [SkippableFact]
    public void Interactions_are_the_exact_index_and_twice_shaps()
    {
        (Forest forest, _) = Json();
        FeatureMatrix rows = Matrix("inputs_X50.csv");
        FeatureMatrix background = Matrix("background_BG100.csv");
        double[] exact = ValueTables.Read(Reference.Path("goldens", "shap", "gbm_exact.npz"), "sii2_margin");
        Table shap = NativeExplanation.Read("goldens", "shap", "gbm_treeshap_interactions_pathdep_margin.csv");
        string[] names = [.. shap.Columns.Select(column => column.Name)];

        TreeAttributions marginal = TreeShapley.MarginalInteractions(forest, rows, background, Equal(background), 1, null, default);
        TreeAttributions path = TreeShapley.PathDependentInteractions(forest, rows, 1, null, default);

        Assert.Equal((Rows * Players * Players, Rows), (exact.Length, shap.Rows));
        for (int row = 0; row < Rows; row++)
        {
            for (int i = 0; i < Players; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    Assert.Equal(exact[(((row * Players) + i) * Players) + j], marginal.Interaction(row, 0, i, j), 1e-9);
                    Assert.Equal(2 * shap.Need(names[(i * Players) + j]).Number(row), path.Interaction(row, 0, i, j), 1e-9);
                }
            }
        }
    }

    // The file's weights are floats.
    [SkippableTheory]
    [InlineData("margin", "identity", "gbm_exact_shapley_margin.csv", 5e-6)]
    [InlineData("prob", "logit", "gbm_exact_shapley_margin.csv", 5e-6)]
    [InlineData("prob", "identity", "gbm_exact_shapley_prob.csv", 1e-6)]
    public void The_method_explains_the_file(string output, string link, string golden, double tolerance)
    {
        Table expected = NativeExplanation.Read("goldens", "shap", golden);

        ExplanationReport report = (Case() with { Output = output, Link = link }).Run();

        Assert.Equal("tree", report.Method);
        Assert.InRange(NativeExplanation.Worst(report, expected, player => expected.Columns[player + 1].Name), 0, tolerance);
        Assert.Equal(expected.Columns[0].Number(0), report.BaseValue[0], tolerance);
        Assert.All(report.Rows, row => Assert.InRange(Math.Abs(row.AdditivityResidual[0]), 0, 1e-12));
        Assert.Null(report.Rows[0].StandardErrors);
    }

    [SkippableTheory]
    [InlineData("margin", "gbm_group_shapley_margin.csv", 5e-6)]
    [InlineData("prob", "gbm_group_shapley_prob.csv", 1e-6)]
    public void Groups_are_players(string output, string golden, double tolerance)
    {
        Table expected = NativeExplanation.Read("goldens", "shap", golden);
        Dictionary<string, IReadOnlyList<string>> groups = [];
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(Reference.Path("goldens", "shap", "groups.json")));
        foreach (JsonProperty group in file.RootElement.GetProperty("names").EnumerateObject())
        {
            groups[group.Name] = [.. group.Value.EnumerateArray().Select(member => member.GetString()!)];
        }

        ExplanationReport report = (Case() with { Output = output, Groups = groups }).Run();

        Assert.Equal("tree", report.Method);
        Assert.Equal(5, report.Features.Count);
        Assert.InRange(NativeExplanation.Worst(report, expected, player => expected.Columns.Single(column =>
            column.Name.Contains(report.Features[player], StringComparison.Ordinal)).Name), 0, tolerance);
    }

    [SkippableFact]
    public void Interactions_of_probabilities_are_the_exact_index()
    {
        double[] exact = ValueTables.Read(Reference.Path("goldens", "shap", "gbm_exact.npz"), "sii2_prob");

        ExplanationReport report = (Case() with { Output = "prob", Interactions = true }).Run();

        for (int row = 0; row < Rows; row++)
        {
            for (int i = 0; i < Players * Players; i++)
            {
                Assert.Equal(exact[(row * Players * Players) + i], report.Rows[row].Interactions![0][i / Players][i % Players], 1e-6);
            }
        }
    }

    [SkippableFact]
    public void Path_dependent_probabilities_are_refused_in_words()
    {
        InputException refusal = Assert.Throws<InputException>(() => (Case() with { Output = "prob", Method = "tree-path" }).Run());

        Assert.Contains("margin only", refusal.Message, StringComparison.Ordinal);
    }

    private static NativeExplanation Case() => new()
    {
        Model = File.ReadAllBytes(Reference.Path("goldens", "shap", "models", "gbm.onnx")),
        Rows = NativeExplanation.Read("goldens", "shap", "inputs_X50.csv"),
        Background = NativeExplanation.Read("goldens", "shap", "background_BG100.csv"),
    };

    private static void Compare(TreeAttributions found, double start, string golden, string outputs)
    {
        Table expected = NativeExplanation.Read("goldens", "shap", golden);
        Table predictions = NativeExplanation.Read("goldens", "shap", outputs);
        Assert.Equal((Rows, Players + 1), (expected.Rows, expected.Columns.Count));
        for (int row = 0; row < Rows; row++)
        {
            Assert.Equal(expected.Columns[0].Number(row), start + found.BaseValue[0], 1e-9);
            Assert.Equal(predictions.Columns[0].Number(row), start + found.Prediction(row, 0), 1e-9);
            for (int player = 0; player < Players; player++)
            {
                Assert.Equal(expected.Columns[player + 1].Number(row), found.Values(row, 0)[player], 1e-9);
            }
        }
    }

    // The trees in double, with scikit-learn's own covers; left where float32(x) ≤ threshold.
    private static (Forest Forest, double Start) Json()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(Reference.Path("goldens", "shap", "models", "gbm.json")));
        List<ForestTree> trees = [];
        foreach (JsonElement tree in file.RootElement.GetProperty("trees").EnumerateArray())
        {
            double[] Numbers(string name) => [.. tree.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
            double[] feature = Numbers("feature"), threshold = Numbers("threshold"), left = Numbers("left"), right = Numbers("right"), value = Numbers("value");
            trees.Add(new ForestTree(
                [.. left.Select((child, i) => child < 0 ? new TreeNode { Mode = BranchMode.Leaf } : new TreeNode
                {
                    Mode = BranchMode.LessOrEqual,
                    Feature = (int)feature[i],
                    Threshold = threshold[i],
                    TrueChild = (int)child,
                    FalseChild = (int)right[i],
                })],
                [.. left.Select((child, i) => child < 0 ? new[] { value[i] } : null)],
                Numbers("cover")));
        }

        return (new Forest(Players, [.. Enumerable.Range(0, Players)], 1, trees), file.RootElement.GetProperty("base_score").GetDouble());
    }

    private static FeatureMatrix Matrix(string name)
    {
        Table table = NativeExplanation.Read("goldens", "shap", name);
        return new FeatureMatrix(table.Rows, [.. table.Columns.Select(column =>
            Enumerable.Range(0, table.Rows).Select(row => (double)(float)column.Number(row)).ToArray())]);
    }

    private static double[] Equal(FeatureMatrix rows) => [.. Enumerable.Repeat(1.0 / rows.Rows, rows.Rows)];
}
