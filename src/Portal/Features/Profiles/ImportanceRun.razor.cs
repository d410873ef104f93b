using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Importance;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Findings;
using Governance.Audit.Runs;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Explanations;
using Governance.Portal.Features.Versions;

namespace Governance.Portal.Features.Profiles;

/// <summary>Measures permutation importance while the person watches.</summary>
public sealed partial class ImportanceRun
{
    private const int MostRows = 2_000;
    private const int Repeats = 5;

    private PermutationReport? report;
    private ImportanceAgreement? agreement;
    private PlotDrawing? bars;
    private string? firmness;

    private protected override bool Allows(ViewerRights rights) => rights.RunAudit;

    private protected override void Compute(
        LoadedVersion version, FindingsDocument findings, IProgress<double> progress, CancellationToken cancellationToken)
    {
        Table all = version.Inputs.Evaluation.Table;
        Table table = all.Take(SampleRows.Draw([.. Enumerable.Range(0, all.Rows)], MostRows, version.Options.Seed));
        DecisionRule rule = version.Rule;
        PermutationReport measured = PermutationImportance.Run(
            new PermutationRequest
            {
                Predictor = version.Predictor,
                Rule = rule,
                Rows = version.Encoder.Encode(table),
                Table = table,
                Label = version.Label ?? throw new InputException("Nobody says which column holds the true outcome, so there is nothing to lose."),
                Players = version.Encoder.Players(),
                Metric = rule.IsRegression ? ImportanceMetric.Rmse : rule.Positive is not null && rule.ScoreOutput is not null ? ImportanceMetric.RocAuc : ImportanceMetric.Accuracy,
                Repeats = Repeats,
                Seed = version.Options.Seed,
            },
            progress, cancellationToken);
        Compare(findings, measured, cancellationToken);
        report = measured;
    }

    // With the sealed attributions of the same features; others cannot be compared.
    private void Compare(FindingsDocument findings, PermutationReport measured, CancellationToken cancellationToken)
    {
        ExplanationReport? explanation = findings.Explanation;
        Dictionary<string, double> lost = measured.Features.ToDictionary(feature => feature.Feature, feature => feature.Importance);
        if (explanation is null || explanation.Rows.Count == 0 || !explanation.Features.All(lost.ContainsKey))
        {
            return;
        }

        IReadOnlyList<FeatureImportance> features = GlobalImportance.Of(explanation, 0, GlobalImportance.DefaultResamples, measured.Level, measured.Seed);
        int[] order = [.. features.Select(feature => explanation.Features.ToList().IndexOf(feature.Feature))];
        double[] absolute = [.. explanation.Rows.SelectMany(row => order.Select(player => Math.Abs(row.Values[0][player])))];
        RankReport ranks = RankStability.Of(absolute, order.Length, RowBootstrap.DefaultResamples, measured.Level, measured.Seed, cancellationToken);
        agreement = ImportanceAgreement.Of([.. features.Select(feature => feature.MeanAbsolute)], [.. features.Select(feature => lost[feature.Feature])]);
        firmness = ImportanceWords.Firmness(features, ranks);
        bars = GlobalBarPlot.Draw(features, AttributionUnit.Of(explanation, 0), explanation.Rows.Count) with
        {
            Title = $"How far each feature moved {PlainNumbers.Count(explanation.Rows.Count)} rows on average",
        };
    }
}
