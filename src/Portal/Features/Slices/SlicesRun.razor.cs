using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Audit.Slices;
using Governance.Portal.Features.Privacy;
using Governance.Portal.Features.Profiles;
using Governance.Portal.Features.Versions;
using Governance.Registry.Policies;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Slices;

/// <summary>Searches for weak slices while the person watches.</summary>
public sealed partial class SlicesRun
{
    private SlicesReport? found;
    private SlicesReport? report;
    private int leftOut;

    /// <summary>Conditions of a slice at most.</summary>
    [Parameter, EditorRequired]
    public int Depth { get; set; }

    /// <summary>Rows of a slice at least.</summary>
    [Parameter, EditorRequired]
    public int MinRows { get; set; }

    // Slices overlap, so that two of them may tell of a handful of rows: those are left out for who reads no personal rows.
    private protected override async Task ShowAsync(VersionView view, AuditInputs inputs, CancellationToken cancellationToken)
    {
        report = found;
        if (report is null || !view.Viewer.MaskProtected)
        {
            return;
        }

        int smallest = PolicyPack.Default.SmallestShownGroup;
        IReadOnlyList<string> conditions = OpenSlices.Conditions(report, smallest);
        report = OpenSlices.Of(
            report,
            await OpenAsync(view, inputs, conditions, cancellationToken));
        leftOut = found!.Slices.Count - report.Slices.Count;
    }

    private protected override bool Allows(ViewerRights rights) => rights.RunAudit;

    private protected override void Compute(
        LoadedVersion version, FindingsDocument findings, IProgress<double> progress, CancellationToken cancellationToken)
    {
        string label = version.Label ?? throw new InputException("Nobody says which column holds the true outcome, so nobody can say where it is missed.");
        Table table = KnownLabels.Take(version.Inputs.Evaluation.Table, label, _ => { });
        SliceRows rows = ScoreSliceRows.Run(version.Predictor, version.Rule, version.Encoder, table, label, SliceMetrics.Read(Metric), null, cancellationToken);
        found = FindSlices.Run(
            table, rows, new SliceOptions { Depth = Depth, MinRows = MinRows, Seed = version.Options.Seed }, progress, cancellationToken) with { Tree = [] }; // drawn on its own page
    }
}
