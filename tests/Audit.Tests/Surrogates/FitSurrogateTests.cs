using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Surrogates;
using Governance.Audit.Tests.Variants;
using Governance.Audit.Theft.Attacks;
using Governance.Audit.Training.Students;
using Governance.Audit.Variants;
using Governance.Tests;

namespace Governance.Audit.Tests.Surrogates;

public sealed class FitSurrogateTests
{
    // The model is logistic itself, so its surrogate's terms are its weights.
    [Fact]
    public void Terms_of_a_logistic_model_are_its_own_ordered_by_what_they_move()
    {
        byte[] model = GivenModel.Logistic([0.5f, -2, 1], 0.25f);

        SurrogateReport report = FitSurrogate.Run(model, Rows(model, 800, [8, 1, 1]), new StudentOptions { Family = StudentFamily.Logistic, Seed = 1 }, null, default);

        Assert.Equal(["c0", "c1", "c2"], report.Terms!.Select(term => term.Feature)); // c0 is spread eight times as wide
        Assert.Equal([0.5, -2, 1], report.Terms!.Select(term => Math.Round(term.Coefficient, 2)));
        Assert.Equal(0.25, Assert.Single(report.Constants!).Value, 0.01);
        Assert.Equal(0, report.Student.RedrawnRows);
        Assert.Null(report.Leaves);
        Assert.Null(report.Closed().Terms);
        Assert.Equal(report.Student, report.Closed().Student);
    }

    // A step: x0 above 0.5 is 0.9, else 0.2. One tree says just that, with the shares of rows.
    [Fact]
    public void A_tree_finds_a_step_and_its_rules_hold_the_mean_of_their_rows()
    {
        byte[] model = new GivenModel().Input("x", TensorProto.Types.DataType.Float, null, 3).Weights("pick", [3, 1], (float[])[1, 0, 0]).Weights("half", [1], (float[])[0.5f])
            .Weights("high", [1], (float[])[0.9f]).Weights("low", [1], (float[])[0.2f])
            .Node("MatMul", ["x", "pick"], ["x0"]).Node("Greater", ["x0", "half"], ["over"]).Node("Where", ["over", "high", "low"], ["prob"])
            .Output("prob", TensorProto.Types.DataType.Float, null, 1).Build();
        VariantRows rows = Rows(model, 800, [1, 1, 1]);

        SurrogateReport report = FitSurrogate.Run(model, rows, new StudentOptions { Family = StudentFamily.Tree, Size = 2, Seed = 1 }, null, default);

        Assert.Equal(2, report.Leaves!.Count);
        Assert.Equal([0.2, 0.9], report.Leaves.Select(leaf => Math.Round(leaf.Says, 3)).Order());
        Assert.All(report.Leaves, leaf => Assert.StartsWith(leaf.Says > 0.5 ? "c0 is above" : "c0 is at most", Assert.Single(leaf.Conditions), StringComparison.Ordinal));
        Assert.Equal(report.Student.LearnedRows, report.Leaves.Sum(leaf => leaf.Rows));
        Assert.InRange(report.Student.Fidelity!.Value, 0.98, 1);
    }

    [SkippableFact]
    public void More_questions_make_better_copies_and_the_same_seed_the_same_curve()
    {
        using ReferenceModel model = new("hmda_gbt");
        using OnnxPredictor predictor = OnnxPredictor.Load(model.File, new PredictorOptions { Provider = "cpu" }, default);

        CopyCostReport report = Measure();

        CopyCost[] own = [.. report.Points.Where(point => point.Attack == "own-data")];
        Assert.Equal([25, 50, 100, 200, 400], own.Select(point => point.Queries));
        Assert.Contains(report.Points, point => point is { Attack: "marginals", Queries: 800 });
        Assert.True(own[^1].R2 > own[0].R2);
        Assert.All(report.Points, point => Assert.InRange(point.Fidelity, point.Interval![0], point.Interval[1]));
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(report), System.Text.Json.JsonSerializer.Serialize(Measure()));

        CopyCostReport Measure() => CopyCosts.Run(
            predictor, model.Training.Encoder!, new DecisionRule(predictor.Signature, model.Encoding), model.Training.Table!, 0.95, 1, null, default);
    }

    private static VariantRows Rows(byte[] model, int count, double[] spreads)
    {
        SeededRandom random = new(5, 1);
        double[][] cells = [.. spreads.Select(_ => new double[count])];
        for (int row = 0; row < count; row++)
        {
            for (int column = 0; column < 3; column++)
            {
                cells[column][row] = spreads[column] * ((4 * random.NextDouble()) - 2);
            }
        }

        using OnnxPredictor predictor = OnnxPredictor.Load(model, new PredictorOptions { Provider = "cpu" }, default);
        return VariantRows.Of(predictor.Signature, null, new Table([.. cells.Select((own, column) => new NumberColumn($"c{column}", own))]), null);
    }
}
