using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Importance;
using Governance.Audit.Explanations.Summaries;
using Governance.Portal.Features.Explanations.Summaries;

namespace Governance.Portal.Features.Profiles;

/// <summary>Attribution beside permutation: both orders, how firm they are, and what is known of why they part. Pure.</summary>
internal sealed class ImportanceComparison
{
    // More columns than these are not looked through for likeness and interaction: time grows with their square.
    private const int MostColumns = 40;

    private readonly PermutationReport permutation;
    private readonly IReadOnlyList<Column> columns;
    private readonly double[,] associations;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<Partner>> partners;

    private ImportanceComparison(
        IReadOnlyList<FeatureImportance> attributed, RankReport ranks, PermutationReport permutation, IReadOnlyList<Column> columns, double[,] associations,
        IReadOnlyDictionary<string, IReadOnlyList<Partner>> partners, int rows)
    {
        (Attributed, Ranks, this.permutation, this.columns, this.associations, this.partners, Rows) = (attributed, ranks, permutation, columns, associations, partners, rows);
        Dictionary<string, double> lost = permutation.Features.ToDictionary(feature => feature.Feature, feature => feature.Importance);
        Agreement = ImportanceAgreement.Of([.. attributed.Select(feature => feature.MeanAbsolute)], [.. attributed.Select(feature => lost[feature.Feature])]);
    }

    /// <summary>Mean |attribution|, the largest first.</summary>
    public IReadOnlyList<FeatureImportance> Attributed { get; }

    /// <summary>How firm that order is; features as in <see cref="Attributed"/>.</summary>
    public RankReport Ranks { get; }

    /// <summary>How far the two orders agree.</summary>
    public ImportanceAgreement Agreement { get; }

    /// <summary>The rows that were attributed.</summary>
    public int Rows { get; }

    /// <summary>Compares; null where the attributions are of other features, or there are none.</summary>
    /// <param name="explanation">The attributions; of several classes the first is taken.</param>
    /// <param name="explained">The readable rows of the attributions, in their order.</param>
    /// <param name="permutation">What shuffling showed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static ImportanceComparison? Of(
        ExplanationReport explanation, Table explained, PermutationReport permutation, CancellationToken cancellationToken)
    {
        if (explanation.Rows.Count == 0 || !explanation.Features.ToHashSet().SetEquals(permutation.Features.Select(feature => feature.Feature)))
        {
            return null;
        }

        IReadOnlyList<FeatureImportance> features = RankImportance.Of(AttributionMatrix.Of(explanation, 0), permutation.Level, permutation.Seed);
        List<string> names = [.. explanation.Features];
        int[] order = [.. features.Select(feature => names.IndexOf(feature.Feature))];
        double[] absolute = [.. explanation.Rows.SelectMany(row => order.Select(player => Math.Abs(row.Values[0][player])))];
        RankReport ranks = RankStability.Of(absolute, order.Length, permutation.Resamples, permutation.Level, permutation.Seed, cancellationToken);
        Column[] columns = [.. features.Take(MostColumns).Select(feature => explained.Find(feature.Feature)).OfType<Column>()];
        double[,] associations = columns.Length > 1 && explained.Rows > 2 ? FeatureAssociation.Of(columns) : new double[columns.Length, columns.Length];
        HashSet<string> apart = [.. PlaceFeatures.Of(features, ranks, permutation.Features, new double[0, 0], [], new Dictionary<string, Partner>())
            .Where(feature => feature.IsApart).Select(feature => feature.Feature)];
        return new ImportanceComparison(
            features, ranks, permutation, columns, associations,
            columns.Where(column => apart.Contains(column.Name)).ToDictionary(
                column => column.Name, column => InteractionPartner.Rank(column, Values(explanation, names.IndexOf(column.Name)), [.. columns.Where(other => other != column)])),
            explanation.Rows.Count);
    }

    /// <summary>The features with their places, the furthest apart first.</summary>
    /// <param name="hidden">Columns that the person may not read: no likeness or interaction names them.</param>
    public IReadOnlyList<PlacedFeature> Placed(Func<string, bool> hidden)
    {
        Dictionary<string, Partner> named = [];
        foreach ((string feature, IReadOnlyList<Partner> ranked) in partners)
        {
            if (!hidden(feature) && ranked.FirstOrDefault(partner => !hidden(partner.Column)) is { Share: >= InteractionPartner.LeastShare } partner)
            {
                named[feature] = partner;
            }
        }

        (IReadOnlyList<string> known, double[,] open) = Open(hidden);
        return PlaceFeatures.Of(Attributed, Ranks, permutation.Features, open, known, named);
    }

    /// <summary>Features that say much the same, the closest group first.</summary>
    /// <param name="hidden">Columns that the person may not read.</param>
    public IReadOnlyList<CorrelatedGroup> Groups(Func<string, bool> hidden)
    {
        (IReadOnlyList<string> known, double[,] open) = Open(hidden);
        return CorrelatedGroups.Of(known, open, CorrelatedGroups.DefaultLimit);
    }

    private (IReadOnlyList<string> Known, double[,] Associations) Open(Func<string, bool> hidden)
    {
        int[] kept = [.. Enumerable.Range(0, columns.Count).Where(i => !hidden(columns[i].Name))];
        double[,] open = new double[kept.Length, kept.Length];
        for (int i = 0; i < kept.Length; i++)
        {
            for (int j = 0; j < kept.Length; j++)
            {
                open[i, j] = associations[kept[i], kept[j]];
            }
        }

        return ([.. kept.Select(i => columns[i].Name)], open);
    }

    private static double[] Values(ExplanationReport explanation, int player) => [.. explanation.Rows.Select(row => row.Values[0][player])];
}
