using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Ensembles;
using Governance.Tests;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Tests.Ensembles;

/// <summary>What members must have in common, and the sentence where they do not.</summary>
public sealed class AgreementTests
{
    private static readonly EnsembleOptions Average = new() { Combination = Combination.Average };

    [Fact]
    public void A_different_number_of_columns_is_named() => Refused(
        "The input 'x' differs: 'a' takes 2 numbers a row ([2]), 'b' 3 numbers a row ([3]).",
        GivenModel.Logistic([1, 2], 0), GivenModel.Logistic([1, 2, 3], 0));

    [Fact]
    public void A_different_kind_of_cell_is_named() => Refused(
        "The input 'x' differs: 'a' takes numbers (float), 'b' takes whole numbers (int64).", GivenModel.Logistic([1], 0),
        new GivenModel().Input("x", DataType.Int64, null, 1).Node("Cast", ["x"], ["f"], attributes: [("to", 1L)])
            .Node("Sigmoid", ["f"], ["prob"]).Output("prob", DataType.Float, null, 1).Build());

    [Fact]
    public void An_input_that_the_other_lacks_is_named() => Refused(
        "The members read different inputs: 'b' takes the input 'y', which 'a' does not have.", GivenModel.Logistic([1], 0), TwoInputs());

    [Fact]
    public void A_missing_input_is_named() => Refused(
        "The members read different inputs: 'a' takes the input 'y', which 'b' does not have.", TwoInputs(), GivenModel.Logistic([1], 0));

    [Fact]
    public void Other_classes_are_named() => Refused(
        "The members have other classes: no, yes ('a') and good, bad ('b'). Name them alike in the encodings.",
        GivenModel.ZipMapped([1], 0, "no", "yes"), GivenModel.ZipMapped([1], 0, "good", "bad"));

    [Fact]
    public void Scores_that_are_no_probabilities_are_refused_for_a_mean() => Refused(
        "gives scores that are no probabilities", GivenModel.Logistic([1], 0),
        new GivenModel().Input("x", DataType.Float, null, 1).Node("Identity", ["x"], ["score"]).Output("score", DataType.Float, null, 1).Build());

    [Fact]
    public void A_feature_that_is_another_column_is_named()
    {
        EnsembleMember logreg = GivenMembers.Sample("hmda_logreg");
        ModelEncoding encoding = logreg.Encoding!;
        EncodedFeature[] features = [.. encoding.Inputs[0].Features];
        (features[0], features[1]) = (features[1], features[0]);
        EnsembleMember turned = logreg with { Name = "turned", Encoding = encoding with { Inputs = [encoding.Inputs[0] with { Features = features }] } };

        Assert.Equal(
            "The input 'input' differs: its feature 1 is the column 'pirat' for 'hmda_logreg' and 'hirat' for 'turned'.",
            Assert.Throws<InputException>(() => BuildEnsemble.Run([logreg, turned], Average, _ => { }, default)).Message);
        Assert.Contains("has none", Assert.Throws<InputException>(
            () => BuildEnsemble.Run([logreg, logreg with { Name = "bare", Encoding = null }], Average, _ => { }, default)).Message);
        GivenMembers.Dispose(logreg);
    }

    // The one that names the token may stand anywhere; where two name different ones no token means "not known" to both.
    [Theory]
    [InlineData("[MASK]", "[MASK]", "[MASK]", false)]
    [InlineData("[MASK]", null, "[MASK]", false)]
    [InlineData(null, "[MASK]", "[MASK]", false)]
    [InlineData("[MASK]", "<pad>", null, true)]
    [InlineData(null, null, null, false)]
    public void The_token_for_not_known_stays_where_members_agree_on_it(string? first, string? second, string? kept, bool warned)
    {
        EnsembleMember logreg = GivenMembers.Sample("hmda_logreg");
        List<AuditWarning> warnings = [];

        EnsembleModel model = BuildEnsemble.Run([Masked("a", first), Masked("b", second)], Average, warnings.Add, default);

        Assert.Equal(kept, model.Encoding!.Inputs[0].Mask?.Text);
        Assert.Equal(logreg.Encoding!.Inputs[0].Features, model.Encoding.Inputs[0].Features);
        Assert.Equal(warned, warnings.Exists(warning => warning.Code == "masks-differ"));
        GivenMembers.Dispose(logreg);

        EnsembleMember Masked(string name, string? mask) => logreg with
        {
            Name = name,
            Encoding = logreg.Encoding! with { Inputs = [logreg.Encoding.Inputs[0] with { Mask = mask is null ? null : new CellRule(CellAction.Text, Text: mask) }] },
        };
    }

    [Theory]
    [InlineData(Combination.Weighted, null, "needs a weight")]
    [InlineData(Combination.Weighted, new double[] { 1 }, "2 members and 1 weights")]
    [InlineData(Combination.Weighted, new double[] { 1, 0 }, "above 0")]
    [InlineData(Combination.Average, new double[] { 1, 1 }, "belong to the combinations weighted and majority")]
    public void Weights_are_checked(Combination combination, double[]? weights, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<InputException>(() => new EnsembleOptions { Combination = combination, Weights = weights }.Check(2)).Message);

    [Fact]
    public void Thresholds_that_differ_are_told_and_common_ones_kept()
    {
        EnsembleMember logreg = GivenMembers.Sample("hmda_logreg");
        EnsembleMember low = logreg with { Encoding = logreg.Encoding! with { Threshold = 0.2 } };
        List<AuditWarning> warnings = [];

        Assert.Equal(0.2, BuildEnsemble.Run([low, low with { Name = "again" }], Average, warnings.Add, default).Threshold);
        Assert.Empty(warnings);
        Assert.Equal(0.5, BuildEnsemble.Run([logreg with { Name = "half" }, low], Average, warnings.Add, default).Threshold);
        Assert.Equal("thresholds-differ", Assert.Single(warnings).Code);
        GivenMembers.Dispose(logreg);
    }

    private static byte[] TwoInputs() => new GivenModel()
        .Input("x", DataType.Float, null, 1).Input("y", DataType.Float, null, 1)
        .Node("Add", ["x", "y"], ["z"]).Node("Sigmoid", ["z"], ["prob"]).Output("prob", DataType.Float, null, 1).Build();

    private static void Refused(string sentence, byte[] a, byte[] b)
    {
        EnsembleMember[] members = [GivenMembers.Of("a", a), GivenMembers.Of("b", b)];
        Assert.Contains(sentence, Assert.Throws<InputException>(() => BuildEnsemble.Run(members, Average, _ => { }, default)).Message);
        GivenMembers.Dispose(members);
    }
}
