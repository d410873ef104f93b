namespace Governance.Audit.Slices;

/// <summary>Refines slices condition by condition, keeping the worst at each step.</summary>
/// <remarks>
/// Chung et al., "Automated data slicing for model validation: a big data – AI integration approach", IEEE TKDE 32 (2020)
/// 2284–2296, with a beam instead of a full lattice, ranges of numbers, and all conditions of a column judged in one pass
/// over a slice's rows. O(beam · rows · columns) a step. The same result for any number of threads.
/// </remarks>
/// <param name="rows">The discovery half.</param>
/// <param name="options">Depth, width of the beam, threads.</param>
/// <param name="leastRows">Rows of a slice at least.</param>
/// <param name="leastGain">Standard errors that a condition must make a slice worse by to count.</param>
internal sealed class BeamSearch(DiscoveryRows rows, SliceOptions options, int leastRows, double leastGain)
{
    private long evaluated;

    /// <summary>Slices looked at, after <see cref="Run"/>.</summary>
    public long Evaluated => evaluated;

    /// <summary>The slices that it came by, the worst first.</summary>
    /// <param name="progress">Told the share done, in (0, 1]; null for nobody.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public IReadOnlyList<SliceCandidate> Run(IProgress<double>? progress, CancellationToken cancellationToken)
    {
        Dictionary<string, SliceCandidate> pool = new(StringComparer.Ordinal);
        List<(SliceCandidate Slice, int[] Positions)> beam =
            [(new SliceCandidate([], rows.All, 0, SliceMethod.Beam), [.. Enumerable.Range(0, rows.Count)])];
        for (int depth = 1; depth <= options.Depth && beam.Count > 0; depth++)
        {
            List<SliceCandidate>[] found = new List<SliceCandidate>[beam.Count];
            long done = 0;
            ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken };
            Parallel.For(0, beam.Count, parallel, i =>
            {
                long own = 0;
                found[i] = new RefineSlice(rows, leastRows, leastGain).Run(beam[i].Slice, beam[i].Positions, ref own);
                Interlocked.Add(ref evaluated, own);
                progress?.Report((depth - 1 + ((double)Interlocked.Increment(ref done) / beam.Count)) / options.Depth);
            });
            List<SliceCandidate> fresh = [];
            foreach (SliceCandidate slice in found.SelectMany(each => each))
            {
                if (pool.TryAdd(slice.Key, slice))
                {
                    fresh.Add(slice);
                }
                else if (!slice.Counts)
                {
                    pool[slice.Key] = slice;
                }
            }

            beam = depth == options.Depth ? [] : Next(beam, fresh);
        }

        return [.. pool.Values.Order(WorstFirst.Instance)];
    }

    private List<(SliceCandidate Slice, int[] Positions)> Next(List<(SliceCandidate Slice, int[] Positions)> beam, List<SliceCandidate> fresh)
    {
        Dictionary<string, int[]> known = beam.ToDictionary(each => each.Slice.Key, each => each.Positions, StringComparer.Ordinal);
        List<(SliceCandidate Slice, int[] Positions)> next = [];
        foreach (SliceCandidate slice in fresh.Order(WorstFirst.Instance).Take(options.Beam))
        {
            // Its rows are those of a slice of this step that lacks one of its conditions.
            foreach (SliceCondition condition in slice.Conditions)
            {
                SliceCandidate without = new([.. slice.Conditions.Where(other => other != condition)], default, 0, SliceMethod.Beam);
                if (known.TryGetValue(without.Key, out int[]? positions))
                {
                    next.Add((slice, rows.Filter(positions, condition)));
                    break;
                }
            }
        }

        return next;
    }
}

/// <summary>The worst slice first; of equals the one with fewer conditions.</summary>
internal sealed class WorstFirst : IComparer<SliceCandidate>
{
    public static WorstFirst Instance { get; } = new();

    public int Compare(SliceCandidate? x, SliceCandidate? y)
    {
        int byDistance = y!.Distance.CompareTo(x!.Distance);
        int byLength = byDistance != 0 ? byDistance : x.Conditions.Count.CompareTo(y.Conditions.Count);
        return byLength != 0 ? byLength : string.CompareOrdinal(x.Key, y.Key);
    }
}
