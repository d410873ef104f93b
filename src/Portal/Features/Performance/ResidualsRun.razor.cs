using Governance.Audit.Data;
using Governance.Audit.Findings;
using Governance.Audit.Performance;
using Governance.Audit.Privacy;
using Governance.Audit.Runs;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Explanations;
using Governance.Registry.Policies;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Performance;

/// <summary>Residuals of a model of numbers: against the prediction, and against a column of the data.</summary>
public sealed partial class ResidualsRun
{
    private const int MostBands = 20;
    private const int FewestRows = 10; // below, the tails of a band are single rows

    private LiveView? live;
    private double[] residual = [];
    private PlotDrawing? byPrediction;
    private PlotDrawing? distribution;
    private PlotDrawing? byColumn;
    private Table? table;
    private IReadOnlyList<string> columns = [];
    private string? chosen;

    /// <summary>The column in the address.</summary>
    [Parameter]
    public string? Column { get; set; }

    [Inject]
    private ReadRows Rows { get; set; } = default!;

    private protected override async Task PrepareAsync(LiveView live, CancellationToken cancellationToken)
    {
        ScoredTable scored = live.Rows.Scored;
        if (!scored.IsRegression)
        {
            throw new InputException("This version names classes. Where it errs is under Cut-offs and Weak cohorts.");
        }

        if (scored.Label is not string label || scored.Table.Find(label) is null)
        {
            throw new InputException("Nobody says which column holds the true value, so no residual is known.");
        }

        RowMask mask = await Rows.MaskAsync(live.View, live.Shown.Document, cancellationToken)
            ?? throw new InputException("The evaluation data are no longer registered.");
        if (mask.Hides(label))
        {
            throw new InputException($"The column '{label}' is masked for your role, so its residuals are not shown.");
        }

        await Task.Run(
            () =>
            {
                table = live.Taken is int[] rows ? scored.Table.Take(rows) : scored.Table;
                double[] predicted = Numbers(table.Need(scored.Prediction));
                double[] actual = Numbers(table.Need(label));
                residual = [.. actual.Zip(predicted, (truth, said) => double.IsFinite(truth - said) ? truth - said : double.NaN)];
                byPrediction = ResidualPlots.Bands(ResidualBands.Along(predicted, residual, MostBands, Fewest(live), Level, Word), $"predicted {label}");
                distribution = ResidualPlots.Distribution(residual, live.Fewest);
            },
            cancellationToken);
        columns = [.. live.Rows.Data.Columns.Select(column => column.Name).Where(name => name != label && !mask.Hides(name))];
        this.live = live;
        Choose(Column is not null && columns.Contains(Column) ? Column : columns.Count > 0 ? columns[0] : null);
    }

    private static double Level => PolicyPack.Default.Level;

    private static int Fewest(LiveView live) => Math.Max(FewestRows, live.Fewest);

    private void Choose(ChangeEventArgs change) => Choose(change.Value as string);

    private void Choose(string? column)
    {
        chosen = column is not null && columns.Contains(column) ? column : null;
        byColumn = chosen is null ? null : ResidualPlots.Bands(Bands(table!.Need(chosen)), chosen);
    }

    private IReadOnlyList<ResidualBand> Bands(Column column)
    {
        if (column is NumberColumn numbers)
        {
            return ResidualBands.Along(numbers.Values, residual, MostBands, Fewest(live!), Level, Word);
        }

        TextColumn text = (TextColumn)column;
        return ResidualBands.ByLevel(text.Codes, text.Levels, residual, MostBands, Fewest(live!), Level);
    }

    private static double[] Numbers(Column column) => [.. Enumerable.Range(0, column.Count).Select(column.Number)];

    private static string Word(double value) => PlainNumbers.Value(value);
}
