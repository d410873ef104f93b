namespace Governance.Audit.Explanations.Sampling;

/// <summary>How many pairs of coalitions are drawn at each size.</summary>
internal sealed record SizeShares(IReadOnlyList<SizeBand> Bands, bool ReachesAllSizes)
{
    /// <summary>Shares a budget of pairs out over the sizes, as <see cref="PairedCoalitions"/> describes.</summary>
    /// <param name="players">At least 1.</param>
    /// <param name="pairs">The budget; at least the pairs of size 1.</param>
    public static SizeShares Of(int players, int pairs)
    {
        SizeStratum[] strata = [.. Enumerable.Range(1, players / 2).Select(size => SizeStratum.Of(players, size))];
        bool[] whole = new bool[strata.Length];
        double left = pairs;
        if (strata.Length > 0)
        {
            whole[0] = true;
            left -= strata[0].Population;
        }

        double scale = 0;
        for (bool changed = true; changed;)
        {
            changed = false;
            double shares = 0;
            for (int i = 0; i < strata.Length; i++)
            {
                shares += whole[i] ? 0 : strata[i].Share;
            }

            scale = shares > 0 ? left / shares : 0;
            for (int i = 0; i < strata.Length; i++)
            {
                if (!whole[i] && scale * strata[i].Share >= strata[i].Population)
                {
                    whole[i] = changed = true;
                    left -= strata[i].Population;
                }
            }
        }

        List<SizeBand> bands = [];
        for (int i = 0; i < strata.Length; i++)
        {
            if (whole[i])
            {
                bands.Add(new SizeBand([strata[i]], (int)strata[i].Population, Enumerated: true));
            }
        }

        SizeStratum[] rest = [.. strata.Where((_, i) => !whole[i])];
        if (rest.Length > 0 && left >= 1)
        {
            AddBands(bands, rest, scale, (int)left);
        }

        return new SizeShares(bands, rest.Length == 0 || left >= 1);
    }

    // The bands' counts are differences of a rounded running sum, so that they add up to the budget.
    private static void AddBands(List<SizeBand> bands, SizeStratum[] rest, double scale, int pairs)
    {
        double reached = 0;
        int given = 0;
        for (int start = 0; start < rest.Length;)
        {
            double sum = 0;
            int end = start;
            while (end < rest.Length && (sum < PairedCoalitions.SmallestBand || Tail(rest, end, scale) < PairedCoalitions.SmallestBand))
            {
                sum += scale * rest[end++].Share;
            }

            reached += sum;
            int count = end == rest.Length ? pairs - given : (int)Math.Round(reached) - given;
            given += count;
            SizeStratum[] members = rest[start..end];
            bands.Add(new SizeBand(members, count, Enumerated: members.Length == 1 && count >= members[0].Population));
            start = end;
        }
    }

    private static double Tail(SizeStratum[] rest, int from, double scale)
    {
        double sum = 0;
        for (int i = from; i < rest.Length && sum < PairedCoalitions.SmallestBand; i++)
        {
            sum += scale * rest[i].Share;
        }

        return sum;
    }
}

/// <summary>The pairs of size s and M - s.</summary>
/// <param name="Size">s, at most M / 2.</param>
/// <param name="Population">How many such pairs there are; infinity beyond the range of a double.</param>
/// <param name="Mass">The sum of their kernel weights, up to a factor common to all sizes.</param>
/// <param name="Share">Their share of the draws, up to a factor common to all sizes.</param>
internal sealed record SizeStratum(int Size, double Population, double Mass, double Share)
{
    public static SizeStratum Of(int players, int size)
    {
        double population = 1;
        for (int i = 1; i <= size; i++)
        {
            population = Math.Round(population * (players - size + i) / i);
        }

        // At the middle size the complement has the same size: half as many pairs.
        double half = 2 * size == players ? 0.5 : 1;
        double product = (double)size * (players - size);
        return new SizeStratum(size, population * half, half / product, half / Math.Sqrt(product));
    }
}

/// <summary>One stratum, or neighbouring strata drawn together.</summary>
internal sealed record SizeBand(IReadOnlyList<SizeStratum> Strata, int Pairs, bool Enumerated)
{
    public double Population => Strata.Sum(stratum => stratum.Population);

    /// <summary>The sizes drawn, how often, the weight of each pair drawn, and its probability of being drawn.</summary>
    /// <param name="start">Uniform in [0, 1).</param>
    public IEnumerable<(int Size, int Count, double Weight, double Chance)> Draw(double start)
    {
        if (Strata.Count == 1)
        {
            return [(Strata[0].Size, Pairs, Strata[0].Mass / Pairs, Enumerated ? 1 : Pairs / Strata[0].Population)];
        }

        // Systematic sampling: equidistant points on the line of the shares, so a size gets its share rounded down or up.
        List<(int, int, double, double)> drawn = [];
        double total = Strata.Sum(stratum => stratum.Share);
        double end = 0;
        int given = 0;
        for (int i = 0; i < Strata.Count; i++)
        {
            end += Strata[i].Share / total * Pairs;
            int upTo = i == Strata.Count - 1 ? Pairs : Math.Clamp((int)Math.Ceiling(end - start), given, Pairs);
            if (upTo > given)
            {
                double expected = Strata[i].Share * Pairs / total;
                drawn.Add((Strata[i].Size, upTo - given, Strata[i].Mass / expected, expected / Strata[i].Population));
            }

            given = upTo;
        }

        return drawn;
    }
}
