using Governance.Audit.Data;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Robustness;
using Governance.Audit.Runs;
using Governance.Audit.Slices;
using Governance.Portal.Features.Profiles;
using Governance.Portal.Features.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Robustness;

/// <summary>Measures robustness while the person watches.</summary>
public sealed partial class RobustnessRun
{
    /// <summary>Rows at most, drawn by the evidence's seed.</summary>
    internal const int MostRows = 1_000;

    private RobustnessReport? report;

    /// <summary>The test, or null for all that fit.</summary>
    [Parameter]
    public string? Test { get; set; }

    /// <summary>Draws of each random change.</summary>
    [Parameter, EditorRequired]
    public int Repeats { get; set; }

    // What a reader would miss otherwise: tests that do not fit, columns that refuse, rows that the model refuses.
    private IReadOnlyList<string> Left =>
    [
        .. report!.Curves.Where(curve => curve.Refusal is not null).Select(curve => $"{curve.Title}: {curve.Refusal}"),
        .. report.Curves.SelectMany(curve => curve.Points.Where(point => point.Refusal is not null).Take(1)
            .Select(point => $"{curve.Title} at strength {RobustnessWords.Strength(point)}: {point.Refusal}")),
        .. report.Curves.SelectMany(curve => curve.Skipped.GroupBy(skipped => skipped.Reason)
            .Select(skipped => $"{curve.Title}: not in {string.Join(", ", skipped.Select(each => each.Column))} ({skipped.Key}).")),
    ];

    private protected override bool Allows(ViewerRights rights) => rights.RunAudit;

    private protected override void Compute(
        LoadedVersion version, FindingsDocument findings, IProgress<double> progress, CancellationToken cancellationToken)
    {
        Table table = version.Inputs.Evaluation.Table;
        string? label = version.Label is string named && table.Find(named) is not null ? named : null;
        table = label is null ? table : KnownLabels.Take(table, label, _ => { });
        report = MeasureRobustness.Run(
            new RobustnessRequest
            {
                Predictor = version.Predictor,
                Rule = version.Rule,
                Encoder = version.Encoder,
                Table = table.Take(SampleRows.Draw([.. Enumerable.Range(0, table.Rows)], MostRows, version.Options.Seed)),
                Label = label,
                Tokens = TokenInputs.Find(version.Inputs.Model, version.Predictor.Signature),
                Tests = Test is null ? [] : [Test],
                Repeats = Repeats,
                Seed = version.Options.Seed,
            },
            progress, cancellationToken);
    }
}
