using System.Text.Json.Serialization;

namespace Governance.Audit.Copies;

/// <summary>What the evidence amounts to. Never a proof: that takes a court, and who wrote what when.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CopyVerdict>))]
public enum CopyVerdict
{
    /// <summary>Independent models of the same data do not get this close.</summary>
    [JsonStringEnumMemberName("consistent-with-a-copy")]
    Consistent,

    /// <summary>It is no closer than independent models of the same data.</summary>
    [JsonStringEnumMemberName("no-sign-of-copying")]
    NoSign,

    /// <summary>What there is to see fits a copy and an independent model alike.</summary>
    [JsonStringEnumMemberName("cannot-tell")]
    CannotTell,
}

/// <summary>What one kind of evidence says, in words that keep to what was measured.</summary>
/// <param name="Kind">"digest", "structure", "weights" or "behaviour".</param>
/// <param name="Verdict">What it amounts to by itself.</param>
/// <param name="Sentence">The finding.</param>
public sealed record CopyEvidence(string Kind, CopyVerdict Verdict, string Sentence);

/// <summary>The graphs side by side.</summary>
/// <param name="SuspectFamily">What kind of function the suspect is.</param>
/// <param name="ModelFamily">What kind of function the model is.</param>
/// <param name="SameOperators">Whether both have the same operators equally often.</param>
/// <param name="SameOrder">Whether the operators also stand in the same order.</param>
/// <param name="SameLayers">Whether the dimensions of all weights agree, in any order.</param>
public sealed record GraphLikeness(
    ModelFamily SuspectFamily, ModelFamily ModelFamily, bool SameOperators, bool SameOrder, bool SameLayers);

/// <summary>What two tree ensembles share; null figures where there is nothing to compare with.</summary>
/// <param name="SuspectTrees">Trees of the suspect with more than one test.</param>
/// <param name="ModelTrees">The same of the model.</param>
/// <param name="ExactTrees">Pairs with the same tests in the same places.</param>
/// <param name="NearTrees">Pairs with the same features in the same places and limits close by.</param>
/// <param name="Share">Paired trees against the smaller ensemble, 0 to 1.</param>
/// <param name="SharedLimits">The share of the model's limits that the suspect has, 0 to 1; independent ones of the same data share many.</param>
/// <param name="ControlShare">The largest share that an independently trained ensemble reached; null where none was trained.</param>
/// <param name="Rewritten">Whether features had to be renumbered or rescaled to find the pairs.</param>
public sealed record TreeLikeness(
    int SuspectTrees, int ModelTrees, int ExactTrees, int NearTrees, double Share, double SharedLimits,
    double? ControlShare, bool Rewritten);

/// <summary>What two sets of weights share.</summary>
/// <param name="Values">Weights of the suspect with enough digits to be its own.</param>
/// <param name="Shared">The share of them found in the model.</param>
/// <param name="Chance">The share that coincidence finds.</param>
/// <param name="Tolerance">How close counts, relative.</param>
/// <param name="Scaled">Whether tensors had to be scaled first.</param>
/// <param name="Layers">Layers that have a partner of their size.</param>
/// <param name="AlignedLayers">Layers whose units find partners that only a common origin explains.</param>
/// <param name="BestAlignment">The closest layer's median cosine; null where no layer has a partner.</param>
public sealed record WeightLikeness(
    int Values, double Shared, double Chance, double Tolerance, bool Scaled, int Layers, int AlignedLayers, double? BestAlignment);

/// <summary>How one model's answers to the probe rows follow the registered model's.</summary>
/// <param name="Name">"suspect", a control's file, or what kind of control was trained.</param>
/// <param name="Given">Whether a person named this control; false for trained ones.</param>
/// <param name="LabelAgreement">The share of probe rows with the same label; null for a regression.</param>
/// <param name="Correlation">Of the scores.</param>
/// <param name="ResidualCorrelation">Of the scores less what a plain model explains: the part that is the model's own.</param>
public sealed record FollowedAnswers(
    string Name, bool Given, double? LabelAgreement, double Correlation, double ResidualCorrelation);

/// <summary>The comparison of behaviour.</summary>
/// <param name="Probes">How many probe rows.</param>
/// <param name="Measure">"residual" where the part that is the model's own is compared, "scores" where the model has none.</param>
/// <param name="Suspect">The suspect's agreement.</param>
/// <param name="Interval">95 % bootstrap interval of the suspect's measure over the probe rows.</param>
/// <param name="Controls">The agreement of each control.</param>
/// <param name="Limit">What the suspect's measure must pass to be beyond what independent models reach; null without controls.</param>
/// <param name="ClassesMoved">Whether the suspect's classes were exchanged to make it fit.</param>
public sealed record BehaviourLikeness(
    int Probes, string Measure, FollowedAnswers Suspect, IReadOnlyList<double> Interval,
    IReadOnlyList<FollowedAnswers> Controls, double? Limit, bool ClassesMoved);

/// <summary>Whether a model looks like a copy of another: evidence, never proof.</summary>
/// <param name="Verdict">What all evidence amounts to.</param>
/// <param name="Sentence">The same in one sentence.</param>
/// <param name="Evidence">What each kind of evidence says.</param>
/// <param name="SuspectSha256">The suspect's digest.</param>
/// <param name="ModelSha256">The model's digest.</param>
/// <param name="Graph">The graphs side by side.</param>
/// <param name="Trees">What the tree ensembles share; null where one has no trees.</param>
/// <param name="Weights">What the weights share; null where one has none.</param>
/// <param name="Behaviour">The comparison on probe rows; null where it could not be made.</param>
/// <param name="BehaviourReason">Why behaviour was not compared; null where it was.</param>
public sealed record CopyReport(
    CopyVerdict Verdict, string Sentence, IReadOnlyList<CopyEvidence> Evidence, string SuspectSha256, string ModelSha256,
    GraphLikeness Graph, TreeLikeness? Trees, WeightLikeness? Weights, BehaviourLikeness? Behaviour, string? BehaviourReason);
