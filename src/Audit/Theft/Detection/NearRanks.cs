using Governance.Audit.Explanations;

namespace Governance.Audit.Theft.Detection;

/// <summary>How near honest rows come to the rows before them, by how many there are.</summary>
/// <remarks>
/// The nearest of 200 rows is nearer than the nearest of 5, so each length of history has scores of its own; between two
/// lengths only the shorter part of the history is looked at, which keeps the p value exact.
/// </remarks>
internal sealed class NearRanks
{
    private static readonly int[] Lengths = [1, 2, 3, 5, 8, 13, 20, 32, 50, 80, 128, 200];

    private readonly ConformalRank[] ranks;

    private NearRanks(ConformalRank[] ranks) => this.ranks = ranks;

    /// <summary>The longest history that is looked at.</summary>
    public static int Longest => Lengths[^1];

    /// <summary>Measures how near reference rows come to random others.</summary>
    /// <param name="rows">Shape [count, size]: whitened rows; those from <paramref name="first"/> on are measured.</param>
    /// <param name="raw">Shape [count, width]: the rows as they are.</param>
    /// <param name="marks">Shape [count]: which rows are the same; a repeat is no history.</param>
    /// <param name="size">Dimensions.</param>
    /// <param name="first">The first row that is measured.</param>
    /// <param name="seed">Of the histories.</param>
    public static NearRanks Fit(float[] rows, float[] raw, ulong[] marks, int size, int first, int seed)
    {
        int count = marks.Length;
        int width = raw.Length / count;
        int lengths = Math.Max(1, Lengths.Count(length => length <= count / 2));
        double[][] scores = [.. Enumerable.Range(0, lengths).Select(_ => new double[count - first])];
        int[] order = [.. Enumerable.Range(0, count)];
        for (int row = first; row < count; row++)
        {
            SeededRandom random = new(seed, 1_000 + row);
            ReadOnlySpan<float> own = rows.AsSpan(row * size, size);
            double nearest = double.PositiveInfinity;
            int seen = 0;
            int at = 0;
            for (int place = 0; place < count && at < lengths; place++)
            {
                int other = place + random.NextBelow(count - place);
                (order[place], order[other]) = (order[other], order[place]);
                int index = order[place];
                if (marks[index] != marks[row])
                {
                    nearest = Math.Min(nearest, NearestRows.Nearness(
                        own, raw.AsSpan(row * width, width), rows.AsSpan(index * size, size), raw.AsSpan(index * width, width), nearest));
                    if (++seen == Lengths[at])
                    {
                        scores[at++][row - first] = -nearest;
                    }
                }
            }

            for (; at < lengths; at++)
            {
                scores[at][row - first] = -nearest; // hardly any row differs from this one
            }
        }

        return new NearRanks([.. scores.Select(score => new ConformalRank(score))]);
    }

    /// <summary>The rank for a history, and how much of it is looked at.</summary>
    /// <param name="history">Distinct rows before, at least 1.</param>
    public (ConformalRank Rank, int Length) For(int history)
    {
        int at = ranks.Length - 1;
        while (at > 0 && Lengths[at] > history)
        {
            at--;
        }

        return (ranks[at], Lengths[at]);
    }

    /// <summary>Writes it.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(ranks.Length);
        foreach (ConformalRank rank in ranks)
        {
            writer.WriteAll(rank.Scores);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static NearRanks Read(BinaryReader reader)
    {
        ConformalRank[] ranks = new ConformalRank[Math.Clamp(reader.ReadInt32(), 1, Lengths.Length)];
        for (int i = 0; i < ranks.Length; i++)
        {
            ranks[i] = new ConformalRank(reader.ReadDoubles());
        }

        return new NearRanks(ranks);
    }
}
