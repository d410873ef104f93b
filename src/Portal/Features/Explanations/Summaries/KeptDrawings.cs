using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Summaries;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Explanations.Summaries;

/// <summary>What the Attributions page draws of all rows explained.</summary>
/// <param name="Bars">Mean |attribution|.</param>
/// <param name="Swarm">The beeswarm; null where the person's role sees no rows.</param>
/// <param name="Groups">Features that say much the same; none where the role sees no rows.</param>
internal sealed record GlobalDrawings(PlotDrawing Bars, PlotDrawing? Swarm, IReadOnlyList<JointAttribution> Groups);

/// <summary>The drawings of very many rows, kept as long as the sealed document that they show is: each costs tenths of a second.</summary>
/// <remarks>They are kept by class and by the columns that the person may read, so nobody sees a drawing made for another's rights.</remarks>
internal sealed class KeptDrawings
{
    private const int LeastForOrder = 30; // of fewer rows the normal approximation of a paired difference says little

    private readonly ConditionalWeakTable<ExplanationReport, ConcurrentDictionary<string, GlobalDrawings>> kept = [];

    /// <summary>The drawings of the rows shown, of which there is at least one.</summary>
    public GlobalDrawings Of(ShownAttributions shown)
    {
        bool whole = shown.Others is null && (long)shown.Attributions.Count * shown.Attributions.Width > SwarmTraces.MostDots;
        return whole ? kept.GetOrCreateValue(shown.Report).GetOrAdd(Key(shown), _ => Draw(shown)) : Draw(shown);
    }

    private static string Key(ShownAttributions shown) =>
        $"{shown.Position}\n{(shown.Rows is null ? "no rows" : string.Join('\n', shown.Rows.Open.Columns.Select(column => column.Name)))}";

    private static GlobalDrawings Draw(ShownAttributions shown)
    {
        IReadOnlyList<string> order = shown.Order;
        IReadOnlyList<JointAttribution> groups = shown.Rows is null ? [] : FindGroups.Of(shown.Attributions, order, shown.Rows.Open, shown.Report.Seed);
        double[] ahead = shown.Attributions.Count < LeastForOrder ? [] : MeanAttributions.AheadOfNext(shown.Attributions, order);
        return new GlobalDrawings(
            GlobalBarPlot.Draw(shown.Importance, shown.Unit, shown.Attributions.Count, ahead, groups),
            shown.Rows is null ? null : BeeswarmPlot.Draw(shown.Attributions, shown.Unit, [.. order.Take(GlobalBarPlot.MostDrawn)], shown.Rows.Open),
            groups);
    }
}
