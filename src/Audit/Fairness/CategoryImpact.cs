namespace Governance.Audit.Fairness;

/// <summary>Selection rates of categories against the highest one, as rules on hiring ask for them.</summary>
/// <remarks>
/// Source: 29 CFR 1607.4(D) and New York City's 6 RCNY 5-301. Categories below a least share of the rows are counted and
/// named, but neither have a ratio nor serve as the highest rate.
/// </remarks>
public sealed record CategoryImpact
{
    /// <summary>The least share of a category that has a ratio, in [0, 1).</summary>
    public required double LeastShare { get; init; }

    /// <summary>The categories in the order of the report.</summary>
    public required IReadOnlyList<CategoryRate> Categories { get; init; }

    /// <summary>The category of the highest rate among those that are counted in; null where no rate is above 0.</summary>
    public required string? Highest { get; init; }

    /// <summary>Rows of no known category.</summary>
    public required int Unknown { get; init; }

    /// <summary>Compares groups that have been measured; null where nothing was decided.</summary>
    /// <param name="groups">In report order.</param>
    /// <param name="rows">All rows, those of no group too.</param>
    /// <param name="leastShare">In [0, 1).</param>
    internal static CategoryImpact? Of(IReadOnlyList<GroupFigures> groups, int rows, double leastShare)
    {
        GroupFigures[] decided = [.. groups.Where(group => group["selection_rate"].IsDefined)];
        double weight = groups.Sum(group => group.Weight);
        if (decided.Length == 0 || !(weight > 0))
        {
            return null;
        }

        GroupFigures? highest = decided.Where(group => group.Weight / weight >= leastShare && group["selection_rate"].Value > 0)
            .MaxBy(group => group["selection_rate"].Value);
        return new CategoryImpact
        {
            LeastShare = leastShare,
            Highest = highest?.Name,
            Unknown = rows - groups.Sum(group => group.Rows),
            Categories =
            [
                .. decided.Select(group =>
                {
                    double share = group.Weight / weight;
                    double rate = group["selection_rate"].Value;
                    bool excluded = share < leastShare;
                    return new CategoryRate(
                        group.Name, group.Rows, share, rate, excluded || highest is null ? null : rate / highest["selection_rate"].Value, excluded);
                }),
            ],
        };
    }
}

/// <summary>One category's selection rate.</summary>
/// <param name="Category">The group.</param>
/// <param name="Count">Its rows.</param>
/// <param name="Share">Its share of the rows with a category, by weight, in [0, 1].</param>
/// <param name="SelectionRate">The share of favourable decisions, in [0, 1].</param>
/// <param name="ImpactRatio">The rate over the highest one; null for an excluded category.</param>
/// <param name="Excluded">Whether its share is below the least.</param>
public sealed record CategoryRate(string Category, int Count, double Share, double SelectionRate, double? ImpactRatio, bool Excluded);
