using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Audit.Slices;
using Governance.Portal.Features.Privacy;
using Governance.Portal.Features.Profiles;
using Governance.Portal.Features.Versions;
using Governance.Registry.Policies;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Slices;

/// <summary>Grows an error tree on half of the rows while the person watches, and judges it on the other half.</summary>
public sealed partial class ErrorTreeRun
{
    private SlicesReport? report;

    /// <summary>Splits from root to leaf at most.</summary>
    [Parameter, EditorRequired]
    public int Depth { get; set; }

    /// <summary>Rows of a node at least, over both halves.</summary>
    [Parameter, EditorRequired]
    public int MinRows { get; set; }

    private bool IsHidden { get; set; }

    private protected override bool Allows(ViewerRights rights) => rights.RunAudit;

    // Leaves part the rows, so that a tree is shown as a whole or not at all; what is shown is remembered, as with slices.
    private protected override async Task ShowAsync(VersionView view, AuditInputs inputs, CancellationToken cancellationToken)
    {
        if (report is null || !view.Viewer.MaskProtected)
        {
            return;
        }

        int smallest = PolicyPack.Default.SmallestShownGroup;
        IReadOnlyList<string> conditions = OpenSlices.Conditions(report, smallest);
        SlicesReport open = OpenSlices.Of(
            report, await OpenAsync(view, inputs, conditions, cancellationToken));
        IsHidden = open.Tree.Count < report.Tree.Count;
        report = open;
    }

    private protected override void Compute(
        LoadedVersion version, FindingsDocument findings, IProgress<double> progress, CancellationToken cancellationToken)
    {
        string label = version.Label ?? throw new InputException("Nobody says which column holds the true outcome, so nobody can say where it is missed.");
        Table table = KnownLabels.Take(version.Inputs.Evaluation.Table, label, _ => { });
        SliceRows rows = ScoreSliceRows.Run(version.Predictor, version.Rule, version.Encoder, table, label, SliceMetrics.Read(Metric), null, cancellationToken);
        SliceOptions options = new() { Depth = Depth, MinRows = MinRows, BeamSearch = false, Seed = version.Options.Seed };
        report = FindSlices.Run(table, rows, options, progress, cancellationToken) with { Slices = [] }; // those are on Weak cohorts
    }
}
