namespace Governance.Audit.Slices;

/// <summary>The worst conditions that can be added to a slice, column by column.</summary>
/// <param name="rows">The discovery half.</param>
/// <param name="leastRows">Rows of a slice at least.</param>
/// <param name="leastGain">Standard errors that a condition must make a slice worse by to count.</param>
internal sealed class RefineSlice(DiscoveryRows rows, int leastRows, double leastGain)
{
    // Of one column: more would be the same slice with the limits moved a little.
    private const int MostAColumn = 4;
    private const double SameRows = 0.8;

    /// <summary>Finds them.</summary>
    /// <param name="parent">The slice.</param>
    /// <param name="positions">Its rows.</param>
    /// <param name="evaluated">Grows by the conditions looked at.</param>
    public List<SliceCandidate> Run(SliceCandidate parent, ReadOnlySpan<int> positions, ref long evaluated)
    {
        List<SliceCandidate> found = [];
        SliceSums[] sums = new SliceSums[CodedColumn.MostSlots];
        for (int column = 0; column < rows.Columns.Count; column++)
        {
            if (!parent.Conditions.Any(condition => condition.Column == column))
            {
                CodedColumn coded = rows.Columns[column];
                rows.SumByCode(column, positions, sums.AsSpan(0, coded.Slots));
                AddColumn(parent, positions.Length, column, sums, found, ref evaluated);
            }
        }

        return found;
    }

    private void AddColumn(
        SliceCandidate parent, int parentRows, int column, SliceSums[] sums, List<SliceCandidate> found, ref long evaluated)
    {
        CodedColumn coded = rows.Columns[column];
        List<(ulong Codes, SliceSums Sums, double Distance)> all = [];
        for (int from = 0; from < coded.Parts; from++)
        {
            SliceSums range = default;
            for (int to = from; to < (coded.IsOrdered ? coded.Parts : from + 1); to++)
            {
                range += sums[to];
                Try(((2UL << (to - from)) - 1) << from, range, parentRows, all, ref evaluated);
            }
        }

        Try(1UL << coded.Missing, sums[coded.Missing], parentRows, all, ref evaluated);
        all.Sort((a, b) => b.Distance != a.Distance ? b.Distance.CompareTo(a.Distance) : a.Codes.CompareTo(b.Codes));
        List<(ulong Codes, SliceSums Sums, double Distance)> kept = [];
        foreach (var each in all)
        {
            if (kept.Count < MostAColumn && kept.TrueForAll(other => Overlap(each.Codes, other.Codes, sums, coded.Slots) < SameRows))
            {
                kept.Add(each);
                bool counts = parent.Conditions.Count == 0 || SliceSums.Distance(each.Sums, parent.Sums - each.Sums) >= leastGain;
                found.Add(new SliceCandidate(parent.With(new SliceCondition(column, each.Codes)), each.Sums, each.Distance, SliceMethod.Beam, counts));
            }
        }
    }

    private void Try(
        ulong codes, SliceSums part, int parentRows, List<(ulong Codes, SliceSums Sums, double Distance)> all, ref long evaluated)
    {
        evaluated++;
        // A condition that all of the slice's rows fulfil says nothing.
        if (part.Rows >= leastRows && part.Rows < parentRows && rows.Count - part.Rows >= leastRows)
        {
            all.Add((codes, part, SliceSums.Distance(part, rows.All - part)));
        }
    }

    private static double Overlap(ulong a, ulong b, SliceSums[] sums, int slots)
    {
        int both = 0;
        int either = 0;
        for (int code = 0; code < slots; code++)
        {
            both += (a & b) >> code << 63 != 0 ? sums[code].Rows : 0;
            either += (a | b) >> code << 63 != 0 ? sums[code].Rows : 0;
        }

        return either == 0 ? 1 : (double)both / either;
    }
}
