using Governance.Audit.Data;
using Governance.Audit.Ensembles;
using Governance.Audit.Inference;
using Governance.Tests;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Tests.Ensembles;

public sealed class MajorityTests
{
    private static readonly EnsembleOptions Majority = new() { Combination = Combination.Majority };

    [Fact]
    public void Each_member_has_one_vote_by_its_own_rule()
    {
        EnsembleMember logreg = GivenMembers.Sample("hmda_logreg");
        EnsembleMember[] members =
        [
            GivenMembers.Sample("hmda_gbt"), logreg with { Encoding = logreg.Encoding! with { Threshold = 0.2 } }, GivenMembers.Sample("hmda_fair"),
        ];
        Table table = GivenMembers.Hmda("test");
        string[][] decided = [.. members.Select(member => GivenMembers.Decide(member, table).Predicted!)];

        Prediction said = GivenMembers.Predict(BuildEnsemble.Run(members, Majority, _ => { }, default), table);

        for (int row = 0; row < table.Rows; row++)
        {
            int yes = decided.Count(member => member[row] == "yes");
            Assert.Equal(yes / 3.0, said[EnsembleOutputs.Probabilities].Numbers![(2 * row) + 1], 1e-6);
            Assert.Equal(yes >= 2 ? "yes" : "no", said[EnsembleOutputs.Label].Texts![row]);
            Assert.Equal(Math.Sqrt(yes / 3.0 * (1 - (yes / 3.0))), said[EnsembleOutputs.Disagreement].Numbers![row], 1e-5);
        }

        Assert.Contains(decided[0].Zip(decided[1]), pair => pair.First != pair.Second);
        GivenMembers.Dispose(members);
    }

    // p of the two members: 0.9 and 0.4 (tie, mean 0.65), 0.6 and 0.3 (tie, 0.45), 0.9 and 0.8 (both), 0.1 and 0.2 (none).
    [Fact]
    public void A_tie_goes_to_the_class_of_the_higher_mean_probability()
    {
        (EnsembleMember a, EnsembleMember b) = (Column("a", 0), Column("b", 1));
        Table table = new([new NumberColumn("p", [0.9, 0.6, 0.9, 0.1]), new NumberColumn("q", [0.4, 0.3, 0.8, 0.2])]);

        Prediction said = GivenMembers.Predict(BuildEnsemble.Run([a, b], Majority, _ => { }, default), table);

        Assert.Equal(["1", "0", "1", "0"], said[EnsembleOutputs.Label].Texts!);
        Assert.Equal([0.5, 0.5, 1, 0], Positives(said));
        GivenMembers.Dispose(a, b);
    }

    [Fact]
    public void Votes_may_be_weighted()
    {
        (EnsembleMember a, EnsembleMember b) = (Column("a", 0), Column("b", 1));
        Table table = new([new NumberColumn("p", [0.9, 0.1]), new NumberColumn("q", [0.4, 0.8])]);

        Prediction said = GivenMembers.Predict(BuildEnsemble.Run([a, b], Majority with { Weights = [1, 3] }, _ => { }, default), table);

        Assert.Equal(["0", "1"], said[EnsembleOutputs.Label].Texts!);
        Assert.Equal([0.25, 0.75], Positives(said));
        GivenMembers.Dispose(a, b);
    }

    // Text labels are told apart by name, number labels by value, and labels alone are enough for a vote.
    [Fact]
    public void Models_that_give_text_labels_vote_beside_models_that_give_scores()
    {
        EnsembleMember text = GivenMembers.Of("text", GivenModel.ZipMapped([2], 0, "no", "yes"));
        EnsembleMember turned = GivenMembers.Of("turned", GivenModel.ZipMapped([-2], 1, "yes", "no"));
        EnsembleMember never = GivenMembers.Of("never", GivenModel.ZipMapped([0], -5, "no", "yes"));
        Table table = new([new NumberColumn("p", [1, 0.25, -1])]);

        Prediction said = GivenMembers.Predict(BuildEnsemble.Run([text, turned, never], Majority, _ => { }, default), table);

        // text: yes yes no; turned says no where 1 − 2p > 0, that is yes no no; never: no.
        Assert.Equal(["yes", "no", "no"], said[EnsembleOutputs.Label].Texts!);
        Assert.Equal([2 / 3.0, 1 / 3.0, 0], Positives(said).Select(share => Math.Round(share, 6)).Select(share => share == 0.666667 ? 2 / 3.0 : share == 0.333333 ? 1 / 3.0 : share));
        GivenMembers.Dispose(text, turned, never);
    }

    [SkippableFact]
    public void Ten_classes_are_counted_by_hand()
    {
        EnsembleMember[] members = [GivenMembers.Shared("digits_cnn"), GivenMembers.Shared("digits_lstm"), GivenMembers.Shared("digits_rf")];
        Table table = GivenMembers.Read(Path.Combine(Reference.Repository, "samples", "digits", "test.csv"));
        string[][] decided = [.. members.Select(member => GivenMembers.Decide(member, table).Predicted!)];
        double[][] own = [.. members.Select(member => GivenMembers.Probabilities(member, table))];

        EnsembleModel model = BuildEnsemble.Run(members, Majority, _ => { }, default);
        string[] said = GivenMembers.Predict(model, table)[EnsembleOutputs.Label].Texts!;

        int ties = 0;
        for (int row = 0; row < table.Rows; row++)
        {
            int most = decided.GroupBy(member => member[row]).Max(votes => votes.Count());
            string[] tied = [.. decided.GroupBy(member => member[row]).Where(votes => votes.Count() == most).Select(votes => votes.Key)];
            ties += tied.Length > 1 ? 1 : 0;
            string expected = tied.MaxBy(label => own.Sum(member => member[(row * 10) + model.Classes!.ToList().IndexOf(label)]))!;
            Assert.Equal(expected, said[row]);
        }

        Assert.True(ties > 0);
        GivenMembers.Dispose(members);
    }

    private static double[] Positives(Prediction said) =>
        [.. said[EnsembleOutputs.Probabilities].Numbers!.Where((_, i) => i % 2 == 1)];

    // A model that gives one column of the rows as its probability.
    private static EnsembleMember Column(string name, int column) => GivenMembers.Of(name, new GivenModel()
        .Input("x", DataType.Float, null, 2)
        .Weights("place", [1], new long[] { column })
        .Node("Gather", ["x", "place"], ["prob"], attributes: [("axis", 1L)])
        .Output("prob", DataType.Float, null, 1).Build());
}
