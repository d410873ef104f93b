using Governance.Audit.Data;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Explanations.Summaries;

namespace Governance.Portal.Features.Explanations.Summaries;

/// <summary>Which of the most important features say much the same in the rows explained. Pure.</summary>
internal static class FindGroups
{
    // The groups are drawn beside the bars, so they are looked for among the features drawn.
    private const int MostFeatures = GlobalBarPlot.MostDrawn;

    /// <summary>The groups with what each does together, the closest first.</summary>
    /// <param name="attributions">The rows.</param>
    /// <param name="order">The features, the most important first.</param>
    /// <param name="open">The columns that the person may read; features without one are in no group.</param>
    /// <param name="seed">The seed of the rows drawn where there are many.</param>
    public static IReadOnlyList<JointAttribution> Of(AttributionMatrix attributions, IReadOnlyList<string> order, Table open, int seed)
    {
        int[] rows = SampleRows.Draw([.. attributions.Rows.ToArray().Where(row => row < open.Rows).Order()], FeatureAssociation.MostRows, seed);
        Column[] columns = [.. order.Take(MostFeatures).Select(open.Find).OfType<Column>().Select(column => column.Take(rows))];
        return columns.Length < 2 || rows.Length < 3 ? [] : CorrelatedGroups.Together(
            attributions, CorrelatedGroups.Of([.. columns.Select(column => column.Name)], FeatureAssociation.Of(columns), CorrelatedGroups.DefaultLimit));
    }
}
