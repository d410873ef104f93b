using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Importance;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Inference;

namespace Governance.Portal.Features.Profiles;

/// <summary>What attributions of some of the same rows say about the same features.</summary>
/// <param name="Method">How they were computed.</param>
/// <param name="Output">The output attributed.</param>
/// <param name="ClassIndex">Its column.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Features">Mean |value| with its interval, the largest first.</param>
/// <param name="Ranks">How firm that order is; features as in <paramref name="Features"/>.</param>
/// <param name="Agreement">With the order by permutation.</param>
/// <param name="Placed">Each feature's places by both, the furthest apart first, with what usually parts them.</param>
internal sealed record AttributedImportance(
    string Method, string Output, int? ClassIndex, int Rows, IReadOnlyList<FeatureImportance> Features, RankReport Ranks, ImportanceAgreement Agreement,
    IReadOnlyList<PlacedFeature> Placed)
{
    private const int BackgroundRows = 100;

    /// <summary>Attributes the first rows of a request against its own rows.</summary>
    /// <param name="request">The rows, the model and the players.</param>
    /// <param name="permutation">What shuffling them showed.</param>
    /// <param name="rows">How many rows; 0 for none.</param>
    /// <param name="samples">The most coalitions a row, or null.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>Null for no rows, and for models that give labels alone.</returns>
    public static AttributedImportance? Of(
        PermutationRequest request, PermutationReport permutation, int rows, int? samples, int threads, CancellationToken cancellationToken)
    {
        if (rows == 0 || request.Rule.ScoreOutput is null)
        {
            return null;
        }

        int? index = request.Rule.Positive is null || request.Rule.Classes is null ? 0 : request.Rule.Classes.ToList().IndexOf(request.Rule.Positive);
        int width = request.Predictor.Predict(request.Rows.Slice(0, 1), cancellationToken)[request.Rule.ScoreOutput].Width;
        ScorerOptions scoring = new()
        {
            Output = request.Rule.ScoreOutput,
            ClassIndex = width == 1 ? 0 : index,
            Classes = request.Rule.Classes is null ? null : new Dictionary<string, IReadOnlyList<string>> { [request.Rule.ScoreOutput] = request.Rule.Classes },
        };
        using ModelScorer scorer = ModelScorer.Of(request.Predictor, scoring);
        int[] all = [.. Enumerable.Range(0, request.Rows.Rows)];
        int[] drawn = SampleRows.Draw(all, rows, request.Seed);
        ExplanationReport report = ExplainRows.Run(
            new ExplainRequest
            {
                Model = scorer.Score,
                Outputs = 1,
                Output = scorer.Output,
                ClassIndex = scorer.ClassIndex,
                Rows = request.Rows.Take(drawn),
                Background = request.Rows.Take(SampleRows.Draw(all, BackgroundRows, request.Seed)),
                Players = request.Players,
                Samples = samples,
                Seed = request.Seed,
                Threads = threads,
            },
            null, TimeProvider.System, cancellationToken);
        return ImportanceComparison.Of(report, request.Table.Take(drawn), permutation, cancellationToken) is { } compared
            ? new AttributedImportance(
                report.Method, report.Output, report.ClassIndex, report.Rows.Count, compared.Attributed, compared.Ranks, compared.Agreement, compared.Placed(_ => false))
            : null;
    }
}
