namespace Governance.Audit.Slices;

/// <summary>A slice that is carried over, and those that it stands for.</summary>
/// <param name="Slice">The slice.</param>
/// <param name="Rows">Its rows of the discovery half.</param>
/// <param name="Similar">Slices of nearly the same rows, or that say nothing beyond it.</param>
internal sealed record CarriedSlice(SliceCandidate Slice, RowBits Rows, List<(SliceCandidate Slice, double Overlap)> Similar);

/// <summary>Chooses, from the worst slice down, those that say something of their own.</summary>
internal sealed class SelectSlices
{
    // Beyond a slice that is carried already, two standard errors are something of its own.
    private const double LeastBeyond = 2;
    private const int MostSimilar = 5;
    private const int MostLookedAt = 2_000;

    private readonly DiscoveryRows rows;
    private readonly SliceOptions options;
    private readonly double leastGain;
    private readonly Dictionary<SliceCondition, RowBits> bits = [];

    /// <summary>Prepares the choice.</summary>
    /// <param name="rows">The discovery half.</param>
    /// <param name="options">How many, and what counts as the same rows.</param>
    /// <param name="leastGain">Standard errors that a condition must make a slice worse by to count (<see cref="LeastGain"/>).</param>
    public SelectSlices(DiscoveryRows rows, SliceOptions options, double leastGain) => (this.rows, this.options, this.leastGain) = (rows, options, leastGain);

    /// <summary>What the best of some conditions makes a slice worse by if none of them matters, in standard errors.</summary>
    /// <remarks>About the largest of n standard normal values: Leadbetter, Lindgren and Rootzén 1983, theorem 1.5.3.</remarks>
    /// <param name="tried">Conditions that can be tried on a slice.</param>
    public static double LeastGain(long tried) => Math.Sqrt(2 * Math.Log(Math.Max(2, tried)));

    /// <summary>Chooses.</summary>
    /// <param name="found">The worst first; only slices worse than the rest are looked at.</param>
    /// <param name="leastRows">Rows of a slice at least.</param>
    /// <param name="cancellationToken">Ends the choice.</param>
    public IReadOnlyList<CarriedSlice> Run(IEnumerable<SliceCandidate> found, int leastRows, CancellationToken cancellationToken)
    {
        List<CarriedSlice> carried = [];
        foreach (SliceCandidate slice in found.Where(slice => slice.Distance > 0 && slice.Counts).Take(MostLookedAt))
        {
            cancellationToken.ThrowIfCancellationRequested();
            RowBits own = RowsOf(slice.Conditions);
            CarriedSlice? covering = carried.Find(other => own.Overlap(other.Rows) >= options.Overlap);
            if (covering is null && !EveryConditionCounts(slice, own))
            {
                continue;
            }

            covering ??= carried.Find(other => !SaysMore(own, other.Rows, leastRows));
            if (covering is null)
            {
                carried.Add(new CarriedSlice(slice, own, []));
            }
            else if (covering.Similar.Count < MostSimilar)
            {
                covering.Similar.Add((slice, own.Overlap(covering.Rows)));
            }

            if (carried.Count == options.Carried)
            {
                break;
            }
        }

        return carried;
    }

    // Without any one of its conditions it must be clearly better, or the condition is luck.
    private bool EveryConditionCounts(SliceCandidate slice, RowBits own)
    {
        if (slice.Conditions.Count == 1)
        {
            return true;
        }

        foreach (SliceCondition condition in slice.Conditions)
        {
            RowBits lost = RowsOf([.. slice.Conditions.Where(other => other != condition)]).Without(own);
            if (SliceSums.Distance(slice.Sums, rows.Sum(lost)) < leastGain)
            {
                return false;
            }
        }

        return true;
    }

    // Its rows outside the other are worse than the rest; or, where it has hardly any, it is the worse part of the other.
    private bool SaysMore(RowBits own, RowBits other, int leastRows)
    {
        SliceSums outside = rows.Sum(own.Without(other));
        if (outside.Rows >= leastRows)
        {
            SliceSums rest = rows.All - outside - rows.Sum(other);
            return SliceSums.Distance(outside, rest) >= LeastBeyond;
        }

        return SliceSums.Distance(rows.Sum(own.And(other)), rows.Sum(other.Without(own))) >= LeastBeyond;
    }

    private RowBits RowsOf(IReadOnlyList<SliceCondition> conditions)
    {
        RowBits all = BitsOf(conditions[0]);
        foreach (SliceCondition condition in conditions.Skip(1))
        {
            all = all.And(BitsOf(condition));
        }

        return all;
    }

    private RowBits BitsOf(SliceCondition condition) =>
        bits.TryGetValue(condition, out RowBits? known) ? known : bits[condition] = rows.Bits(condition);
}
