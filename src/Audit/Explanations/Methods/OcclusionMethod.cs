using Governance.Audit.Data;

namespace Governance.Audit.Explanations.Methods;

/// <summary><c>--method occlusion</c>: how far the output falls when a window of players becomes unknown.</summary>
/// <remarks>
/// Zeiler and Fergus, "Visualizing and understanding convolutional networks", ECCV 2014, with the background in place of
/// a grey square: v(N) - v(N without the window). A window that covers several players says the same of each of them;
/// a player under several windows gets their mean. The values do not add up to the output.
/// </remarks>
internal sealed class OcclusionMethod : IAttributionMethod
{
    public string Name => ExplanationMethods.Occlusion;

    public MethodSupport Supports(AttributionTask task) => task.Request.Interactions
        ? MethodSupport.No("The method 'occlusion' gives no interactions; 'exact' does, for at most 20 players.")
        : MethodSupport.Yes($"Each of {Windows(task).Count:N0} windows is hidden once.");

    public CostEstimate Estimate(AttributionTask task, CancellationToken cancellationToken)
    {
        CoalitionSet coalitions = Coalitions(task);
        return GameCost.Of(task, coalitions, coalitions.Count, cancellationToken);
    }

    public AttributionResult Run(AttributionTask task, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        double[] baseValue = task.BaseValue(cancellationToken);
        CoalitionSet coalitions = Coalitions(task);
        ExplainedRow[] rows = RowByRow.Run(task, (row, threads, token) =>
        {
            MaskedGame game = task.Game(row, token);
            double[] values = Values(task, game.Full.Span, game.Value(coalitions, threads, token));
            ExplainedRow explained = new RowAttribution { Prediction = game.Full.ToArray(), Values = values }.ToRow(task, row, baseValue);
            return explained with { AdditivityResidual = [.. baseValue.Select(_ => double.NaN)] };
        }, progress, cancellationToken);
        return new AttributionResult
        {
            Rows = rows,
            BaseValue = baseValue,
            Evaluations = rows.Length * (coalitions.Count + 1L),
            Notes = [new AuditWarning("occlusion", "A value is how far the output falls when what lies there becomes unknown; the values do not add up to the prediction.")],
        };
    }

    private static double[] Values(AttributionTask task, ReadOnlySpan<double> full, ReadOnlySpan<double> hidden)
    {
        int players = task.Players.Count;
        double[] values = new double[full.Length * players];
        int[] windows = new int[players];
        IReadOnlyList<IReadOnlyList<int>> all = Windows(task);
        for (int window = 0; window < all.Count; window++)
        {
            foreach (int player in all[window])
            {
                windows[player]++;
                for (int output = 0; output < full.Length; output++)
                {
                    values[(output * players) + player] += full[output] - hidden[(window * full.Length) + output];
                }
            }
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i] /= windows[i % players];
        }

        return values;
    }

    private static CoalitionSet Coalitions(AttributionTask task)
    {
        IReadOnlyList<IReadOnlyList<int>> windows = Windows(task);
        CoalitionSet coalitions = new(task.Players.Count, windows.Count);
        for (int window = 0; window < windows.Count; window++)
        {
            HashSet<int> under = [.. windows[window]];
            for (int player = 0; player < task.Players.Count; player++)
            {
                if (!under.Contains(player))
                {
                    coalitions.Add(window, player);
                }
            }
        }

        return coalitions;
    }

    private static IReadOnlyList<IReadOnlyList<int>> Windows(AttributionTask task) =>
        task.Request.Windows ?? [.. Enumerable.Range(0, task.Players.Count).Select(player => (int[])[player])];
}
