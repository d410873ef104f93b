using Governance.Audit.Data;
using Governance.Audit.Privacy;
using Governance.Audit.Runs;
using Governance.Audit.Slices;
using Governance.Portal.Features.Profiles;
using Governance.Portal.Features.Versions;
using Governance.Registry.Policies;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Slices;

/// <summary>Measures where a version errs over two columns while the person watches, and confirms on the other half of the rows.</summary>
public sealed partial class ErrorMapRun
{
    private const int MostParts = 6;
    private const double RowsOfCell = 40; // on average over both halves, so that most cells can be judged
    private const int LeastRows = 15; // of a half, for a verdict

    private ErrorGrid? grid;
    private IReadOnlySet<(int First, int Second)> hidden = new HashSet<(int, int)>();

    /// <summary>The column whose parts go down.</summary>
    [Parameter, EditorRequired]
    public string First { get; set; } = "";

    /// <summary>The column whose parts go across.</summary>
    [Parameter, EditorRequired]
    public string Second { get; set; } = "";

    private protected override bool Allows(ViewerRights rights) => rights.RunAudit;

    // A cell of few rows is not shown, nor one that follows from the others; what is shown is remembered, as with slices.
    private protected override async Task ShowAsync(VersionView view, AuditInputs inputs, CancellationToken cancellationToken)
    {
        if (grid is null || !view.Viewer.MaskProtected)
        {
            return;
        }

        int smallest = PolicyPack.Default.SmallestShownGroup;
        bool[,] searched = Suppressed(grid, cell => cell.Discovery.Rows, smallest);
        bool[,] held = Suppressed(grid, cell => cell.HeldOut.Rows, smallest);
        GridCell[] open = [.. grid.Cells.Where(cell => !searched[cell.First, cell.Second] && !held[cell.First, cell.Second])];
        IReadOnlySet<string> shown = await OpenAsync(view, inputs, [.. open.Select(cell => cell.Where)], cancellationToken);
        HashSet<(int, int)> kept = [.. open.Where(cell => shown.Contains(cell.Where)).Select(cell => (cell.First, cell.Second))];
        hidden = grid.Cells.Select(cell => (cell.First, cell.Second)).Where(cell => !kept.Contains(cell)).ToHashSet();
    }

    private protected override void Compute(
        LoadedVersion version, FindingsDocument findings, IProgress<double> progress, CancellationToken cancellationToken)
    {
        string label = version.Label ?? throw new InputException("Nobody says which column holds the true outcome, so nobody can say where it is missed.");
        Table table = KnownLabels.Take(version.Inputs.Evaluation.Table, label, _ => { });
        SliceRows rows = ScoreSliceRows.Run(version.Predictor, version.Rule, version.Encoder, table, label, SliceMetrics.Read(Metric), null, cancellationToken);
        int parts = Math.Clamp((int)Math.Sqrt(table.Rows / RowsOfCell), 2, MostParts);
        grid = ErrorGrid.Of(table, rows, First, Second, parts, LeastRows, new SliceOptions { Seed = version.Options.Seed });
    }

    private static bool[,] Suppressed(ErrorGrid grid, Func<GridCell, int> rows, int smallest)
    {
        int[,] counts = new int[grid.First.Parts.Count, grid.Second.Parts.Count];
        foreach (GridCell cell in grid.Cells)
        {
            counts[cell.First, cell.Second] = rows(cell);
        }

        return SuppressTable.Run(counts, smallest);
    }
}
