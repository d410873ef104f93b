using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Methods;
using Governance.Audit.Quarantine;

namespace Governance.Audit.Inference;

/// <summary>Which attribution methods can explain a model, and why others cannot.</summary>
internal static class ExplainerList
{
    private static readonly TimeSpan RunLimit = TimeSpan.FromSeconds(10);

    private static readonly string[] Order =
    [
        ExplanationMethods.Exact, ExplanationMethods.Kernel, ExplanationMethods.Permutation, ExplanationMethods.Owen,
        ExplanationMethods.Tree, ExplanationMethods.TreePath, ExplanationMethods.Linear, ExplanationMethods.Occlusion,
        ExplanationMethods.Saliency, ExplanationMethods.SmoothGrad, ExplanationMethods.IntegratedGradients, ExplanationMethods.ExpectedGradients,
    ];

    /// <summary>Asks every method about the model's default output with a player for each element of its inputs.</summary>
    /// <param name="model">Loaded here for the methods that look at its graph and try it on a row.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static IReadOnlyList<ExplainerSupport> Of(AdmittedModel model, CancellationToken cancellationToken)
    {
        if (model.Signature.Outputs.All(output => output.Role is OutputRole.Label or OutputRole.Other))
        {
            return None("The model gives labels only; there is no number to split among the features.");
        }

        try
        {
            return Asked(model, cancellationToken);
        }
        catch (InputException refusal)
        {
            return None(refusal.Message);
        }
    }

    private static List<ExplainerSupport> None(string reason) => [.. Order.Select(method => new ExplainerSupport(method, false, reason))];

    private static List<ExplainerSupport> Asked(AdmittedModel model, CancellationToken cancellationToken)
    {
        PredictorOptions run = new() { Provider = "cpu", RunLimit = RunLimit };
        using OnnxPredictor predictor = OnnxPredictor.Load(model.File, run, cancellationToken);
        InputBatch rows = TrialRows.For(predictor.Signature, null, null, cancellationToken)[0].Batch;
        Dictionary<string, MethodSupport> identity = Supports(model, predictor, run, rows, ScoreLink.Identity, cancellationToken);
        bool links = model.Signature.Outputs.Any(output => output.Role == OutputRole.Probability);
        Dictionary<string, MethodSupport> logit = links && identity.Values.Any(support => !support.Supported)
            ? Supports(model, predictor, run, rows, ScoreLink.Logit, cancellationToken)
            : identity;
        return [.. Order.Select(method => Choose(method, identity[method], logit[method]))];
    }

    private static ExplainerSupport Choose(string method, MethodSupport identity, MethodSupport logit) =>
        method == ExplanationMethods.Owen && !identity.Supported ? new ExplainerSupport(method, true, "It needs a hierarchy of the features (--hierarchy), or parts of a picture or sequence (--players).")
        : !identity.Supported && logit.Supported ? new ExplainerSupport(method, true, $"With --link logit: {logit.Reason}")
        : new ExplainerSupport(method, identity.Supported, identity.Reason);

    private static Dictionary<string, MethodSupport> Supports(
        AdmittedModel model, OnnxPredictor predictor, PredictorOptions run, InputBatch rows, ScoreLink link, CancellationToken cancellationToken)
    {
        using ModelScorer scorer = ModelScorer.Load(predictor, model.File, run, new ScorerOptions { Link = link }, cancellationToken);
        scorer.Score(rows.Slice(0, 1), cancellationToken);
        ExplainRequest request = new()
        {
            Model = scorer.Score,
            Outputs = scorer.ClassCount,
            Output = scorer.Output,
            ClassIndex = scorer.ClassIndex,
            Link = link == ScoreLink.Logit ? "logit" : "identity",
            Rows = rows,
            Background = rows,
            Players = Player.OfElements(rows, null),
            Graph = new ModelGraph(model.File),
        };
        using AttributionTask task = new(request, TimeProvider.System);

        // A method that compares with one row is asked about one.
        using AttributionTask single = new(request with { Background = rows.Slice(0, 1) }, TimeProvider.System);
        return AttributionMethods.All.ToDictionary(
            method => method.Name, method => method.Supports(ExplanationMethods.DefaultReference(method.Name) is null ? task : single));
    }
}
