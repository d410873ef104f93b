using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Ensembles;
using Governance.Audit.Inference;
using Governance.Tests;

namespace Governance.Audit.Tests.Ensembles;

public sealed class BuildEnsembleTests
{
    private static readonly EnsembleOptions Average = new() { Combination = Combination.Average };

    // Trees (opset 15, ai.onnx.ml), linear models behind a scaler (opset 13) and, where the reference data lie, a network
    // that gives one column only.
    [SkippableFact]
    public void The_average_of_trees_a_linear_model_and_a_network_is_the_mean_of_what_they_say() =>
        CheckAverage(GivenMembers.Hmda("test"), GivenMembers.Sample("hmda_gbt"), GivenMembers.Sample("hmda_logreg"), GivenMembers.Shared("hmda_extracted_copy"));

    // Conv, LSTM, attention and a forest read the same 64 numbers as [N,1,8,8], [N,8,8] and [N,64]; two give logits.
    [SkippableFact]
    public void The_average_of_conv_lstm_attention_and_forest_is_the_mean_of_what_they_say() =>
        CheckAverage(
            GivenMembers.Read(Path.Combine(Reference.Repository, "samples", "digits", "test.csv")).Head(120), GivenMembers.Shared("digits_cnn"),
            GivenMembers.Shared("digits_lstm"), GivenMembers.Shared("digits_transformer"), GivenMembers.Shared("digits_rf"));

    [SkippableFact]
    public void Pipelines_with_texts_and_maps_are_merged_as_well() =>
        CheckAverage(
            GivenMembers.Read(Reference.Path("data", "datasets", "german_credit", "test.csv")), GivenMembers.Shared("german_credit_pipeline"),
            GivenMembers.Shared("german_credit_pipeline") with { Name = "again" });

    [SkippableFact]
    public void Numbers_are_averaged_and_their_distance_is_the_disagreement()
    {
        EnsembleMember forest = GivenMembers.Shared("attrition_income_rf");
        byte[] flat = new GivenModel()
            .Input("input", Audit.Inference.Graphs.TensorProto.Types.DataType.Float, null, 13)
            .Weights("w", [13, 1], [.. Enumerable.Repeat(0f, 13)]).Weights("b", [1], [5_000f])
            .Node("Gemm", ["input", "w", "b"], ["value"])
            .Output("value", Audit.Inference.Graphs.TensorProto.Types.DataType.Float, null, 1).Build();
        EnsembleMember constant = GivenMembers.Of("constant", flat, forest.Encoding! with { Outputs = [] });
        Table table = GivenMembers.Read(Reference.Path("data", "datasets", "attrition", "test.csv")).Head(40);
        double[] own = GivenMembers.Decide(forest, table).Values!;

        EnsembleModel model = BuildEnsemble.Run([forest, constant], new EnsembleOptions { Combination = Combination.Weighted, Weights = [3, 1] }, _ => { }, default);
        Prediction said = GivenMembers.Predict(model, table);

        for (int row = 0; row < own.Length; row++)
        {
            double mean = (0.75 * own[row]) + (0.25 * 5_000);
            double spread = Math.Sqrt((0.75 * Math.Pow(own[row] - mean, 2)) + (0.25 * Math.Pow(5_000 - mean, 2)));
            Assert.Equal(mean, said[EnsembleOutputs.Value].Numbers![row], Math.Abs(mean) * 1e-6);
            Assert.Equal(spread, said[EnsembleOutputs.Disagreement].Numbers![row], 0.01);
        }

        GivenMembers.Dispose(forest, constant);
    }

    [Fact]
    public void The_label_is_said_from_the_threshold_on()
    {
        EnsembleMember[] members = [GivenMembers.Sample("hmda_logreg"), GivenMembers.Sample("hmda_fair")];
        Table table = GivenMembers.Hmda("test");

        EnsembleModel model = BuildEnsemble.Run(members, Average with { Threshold = 0.3 }, _ => { }, default);
        Prediction said = GivenMembers.Predict(model, table);

        Assert.Equal(0.3, model.Encoding!.Threshold);
        double[] scores = said[EnsembleOutputs.Probabilities].Numbers!;
        string[] expected = [.. Enumerable.Range(0, table.Rows).Select(row => scores[(2 * row) + 1] >= 0.3 ? "yes" : "no")];
        Assert.Equal(expected, said[EnsembleOutputs.Label].Texts);
        Assert.Equal(expected, new DecisionRule(Signature(model), model.Encoding).Decide(said).Predicted);
        Assert.Contains("yes", expected);
        GivenMembers.Dispose(members);
    }

    [Fact]
    public void Without_encodings_members_are_merged_by_what_their_graphs_say()
    {
        EnsembleMember a = GivenMembers.Of("a", GivenModel.Logistic([1, -2], 0.5f));
        EnsembleMember b = GivenMembers.Of("b", GivenModel.ZipMapped([-1, 3], 0.25f, "0", "1"));
        Table table = new([new NumberColumn("p", [0, 1, -2, 0.5]), new NumberColumn("q", [1, 0, 1, -0.5])]);

        EnsembleModel model = BuildEnsemble.Run([a, b], Average, _ => { }, default);
        Prediction said = GivenMembers.Predict(model, table);

        for (int row = 0; row < 4; row++)
        {
            double p = table.Need("p").Number(row);
            double q = table.Need("q").Number(row);
            double one = 1 / (1 + Math.Exp(-(p - (2 * q) + 0.5)));
            double two = 1 / (1 + Math.Exp(-((3 * q) - p + 0.25)));
            Assert.Equal((one + two) / 2, said[EnsembleOutputs.Probabilities].Numbers![(2 * row) + 1], 1e-6);
            Assert.Equal(Math.Abs(one - two) / 2, said[EnsembleOutputs.Disagreement].Numbers![row], 1e-6);
        }

        Assert.Null(model.Encoding);
        GivenMembers.Dispose(a, b);
    }

    [Fact]
    public void A_class_order_of_its_own_does_not_turn_a_member_round()
    {
        EnsembleMember usual = GivenMembers.Of("usual", GivenModel.ZipMapped([2], 0, "no", "yes"));
        EnsembleMember turned = GivenMembers.Of("turned", GivenModel.ZipMapped([-2], 0, "yes", "no"));
        Table table = new([new NumberColumn("p", [1, -1])]);

        Prediction said = GivenMembers.Predict(BuildEnsemble.Run([usual, turned], Average, _ => { }, default), table);

        double yes = 1 / (1 + Math.Exp(-2));
        Assert.Equal(yes, said[EnsembleOutputs.Probabilities].Numbers![1], 1e-6);
        Assert.Equal(["yes", "no"], said[EnsembleOutputs.Label].Texts!);
        Assert.All(said[EnsembleOutputs.Disagreement].Numbers!, value => Assert.Equal(0, value, 1e-6));
        GivenMembers.Dispose(usual, turned);
    }

    private static ModelSignature Signature(EnsembleModel model)
    {
        using OnnxPredictor predictor = OnnxPredictor.Load(model.File, new PredictorOptions { Provider = "cpu" }, default);
        return predictor.Signature;
    }

    private static void CheckAverage(Table table, params EnsembleMember[] members)
    {
        EnsembleModel model = BuildEnsemble.Run(members, Average, _ => { }, default);
        Prediction said = GivenMembers.Predict(model, table);
        double[][] own = [.. members.Select(member => GivenMembers.Probabilities(member, table))];
        double[] got = said[EnsembleOutputs.Probabilities].Numbers!;
        double[] apart = said[EnsembleOutputs.Disagreement].Numbers!;
        int classes = model.Classes!.Count;

        for (int i = 0; i < got.Length; i++)
        {
            double mean = own.Average(member => member[i]);
            Assert.Equal(mean, got[i], 1e-6);
            double spread = Math.Sqrt(own.Average(member => Math.Pow(member[i] - mean, 2)));
            if (classes > 2 || i % 2 == 1)
            {
                Assert.Equal(spread, apart[classes > 2 ? i : i / 2], 1e-5);
            }
        }

        Assert.True(model.ProofRows > 0);
        Assert.InRange(model.LargestDifference, 0, 1e-5);
        GivenMembers.Dispose(members);
    }
}
