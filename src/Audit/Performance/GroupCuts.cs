namespace Governance.Audit.Performance;

/// <summary>Every count of true against decided class, at every cut of the score, for every group: from one pass over the sorted rows.</summary>
/// <remarks>
/// Moving a threshold is then a look-up by binary search and no pass over the rows. Weighted counts keep Kish's effective
/// numbers for intervals. Rows without a score are decided by no cut: they are left out and counted.
/// </remarks>
public sealed class GroupCuts
{
    private GroupCuts(CutTable[] groups, CutTable without, CutTable all, int withoutScore)
    {
        Groups = groups;
        WithoutGroup = without;
        All = all;
        WithoutScore = withoutScore;
    }

    /// <summary>One a group, in the order of their codes.</summary>
    public IReadOnlyList<CutTable> Groups { get; }

    /// <summary>The rows of no group.</summary>
    public CutTable WithoutGroup { get; }

    /// <summary>All rows together.</summary>
    public CutTable All { get; }

    /// <summary>Rows that have no score.</summary>
    public int WithoutScore { get; }

    /// <summary>Counts. O(rows) after sorting, 88 bytes for each distinct score of a group and again of all rows.</summary>
    /// <param name="score">Shape [rows], higher is more positive; NaN for none.</param>
    /// <param name="label">Shape [rows]: 1 positive, 0 negative, -1 not known.</param>
    /// <param name="weight">Shape [rows], finite and at least 0; empty for 1 each.</param>
    /// <param name="group">Shape [rows]: the group's index, -1 for none; empty where there are no groups.</param>
    /// <param name="groups">The number of groups, at least 0.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static GroupCuts Of(
        ReadOnlySpan<double> score, ReadOnlySpan<sbyte> label, ReadOnlySpan<double> weight, ReadOnlySpan<int> group, int groups)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(groups);
        if (label.Length != score.Length || (!weight.IsEmpty && weight.Length != score.Length) || (!group.IsEmpty && group.Length != score.Length))
        {
            throw new ArgumentException("Scores, labels, weights and groups need equally many rows.", nameof(label));
        }

        int[] order = RankOrder.Ascending(score);
        Gathering[] own = new Gathering[groups + 2];
        for (int i = 0; i < own.Length; i++)
        {
            own[i] = new Gathering();
        }

        for (int i = order.Length - 1; i >= 0; i--)
        {
            int row = order[i];
            double mass = weight.IsEmpty ? 1 : weight[row];
            int code = group.IsEmpty || group[row] < 0 ? groups : group[row];
            own[code].Add(score[row], label[row], mass);
            own[groups + 1].Add(score[row], label[row], mass);
        }

        CutTable[] tables = Array.ConvertAll(own, each => each.ToTable());
        return new GroupCuts(tables[..groups], tables[groups], tables[groups + 1], score.Length - order.Length);
    }

    private sealed class Gathering
    {
        private readonly List<double> cuts = [];
        private readonly List<CutTable.Tail> tails = [];
        private CutTable.Tail last;

        public void Add(double score, sbyte label, double weight)
        {
            last = last.With(label, weight);
            if (cuts.Count > 0 && cuts[^1] == score)
            {
                tails[^1] = last;
            }
            else
            {
                cuts.Add(score);
                tails.Add(last);
            }
        }

        public CutTable ToTable() => new([.. cuts], [.. tails]);
    }
}
