using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations.Importance;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Explanations.Summaries;
using Governance.Audit.Findings;
using Governance.Audit.Privacy;
using Governance.Audit.Runs;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Explanations;
using Governance.Portal.Features.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Profiles;

/// <summary>Measures permutation importance while the person watches.</summary>
public sealed partial class ImportanceRun
{
    private const int MostRows = 2_000;
    private const int Repeats = 5;
    private const int MostNamed = 5;

    private PermutationReport? report;
    private FindingsDocument? findings;
    private ImportanceComparison? compared;
    private IReadOnlyList<PlacedFeature> placed = [];
    private IReadOnlyList<CorrelatedGroup> groups = [];
    private PlotDrawing? bars;

    [Inject]
    private ReadRows Rows { get; set; } = default!;

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
        this.findings = findings;
        if (Part is null)
        {
            Compare(findings, all, measured, cancellationToken); // attributions were sealed for rows of the whole
        }

        report = measured;
    }

    // With the sealed attributions of the same features; others cannot be compared.
    private void Compare(FindingsDocument document, Table table, PermutationReport measured, CancellationToken cancellationToken)
    {
        if (document.Explanation is not { } explanation || explanation.Rows.Any(row => row.Row >= table.Rows))
        {
            return;
        }

        compared = ImportanceComparison.Of(explanation, table.Take([.. explanation.Rows.Select(row => row.Row)]), measured, cancellationToken);
        bars = compared is null ? null : GlobalBarPlot.Draw(compared.Attributed, AttributionUnit.Of(explanation, 0), compared.Rows) with
        {
            Title = $"How far each feature moved {PlainNumbers.Count(compared.Rows)} rows on average",
        };
    }

    // Likeness and interaction tell of cells: they name no column that the person may not read.
    private protected override async Task ShowAsync(VersionView view, AuditInputs inputs, CancellationToken cancellationToken)
    {
        if (compared is null || findings is null)
        {
            return;
        }

        RowMask? mask = await Rows.MaskAsync(view, findings, cancellationToken);
        bool Hidden(string column) => mask?.Hides(column) == true || (mask is null && view.Viewer.MaskProtected);
        placed = compared.Placed(Hidden);
        groups = compared.Groups(Hidden);
    }
}
