namespace Governance.Audit.Drift;

/// <summary>The adaptive window: forgets old values as soon as their mean differs from that of the newer ones.</summary>
/// <remarks>
/// Bifet and Gavaldà (2007), SIAM International Conference on Data Mining, 443–448. The window is kept as rows of buckets of
/// 1, 2, 4, … values, at most <c>rowBuckets</c> a row. Every <c>clock</c> values all cuts between buckets are tried: with
/// δ' = ln(2 ln W / δ) and 1/m = 1/(n₀ − 4) + 1/(n₁ − 4) the means may differ by √(2 · variance · δ' / m) + 2δ' / (3m); while
/// they differ by more the oldest bucket is dropped. As in river's implementation a row's last bucket is not cut at.
/// </remarks>
/// <param name="delta">The confidence, in (0, 1).</param>
/// <param name="clock">Values between tests, at least 1.</param>
/// <param name="rowBuckets">Buckets a row at most.</param>
/// <param name="leastPart">Values a part at least.</param>
/// <param name="grace">Values before the first test.</param>
public sealed class Adwin(double delta = 0.002, int clock = 32, int rowBuckets = 5, int leastPart = 5, int grace = 10) : IOnlineDetector
{
    private readonly List<List<Bucket>> rows = [[]]; // row r: buckets of 2^r values, the oldest first
    private long ticks;
    private double width;
    private double total;
    private double variance; // sum of squared distances from the mean

    /// <summary>Values in the window.</summary>
    public double Width => width;

    /// <summary>Their mean; 0 for none.</summary>
    public double Mean => width > 0 ? total / width : 0;

    /// <inheritdoc/>
    public bool Add(double x)
    {
        rows[0].Add(new Bucket(x, 0));
        width++;
        if (width > 1)
        {
            double distance = x - (total / (width - 1));
            variance += (width - 1) * distance * distance / width;
        }

        total += x;
        Compress();
        ticks++;
        return ticks % clock == 0 && width > grace && Shrink();
    }

    private void Compress()
    {
        for (int row = 0; row < rows.Count && rows[row].Count == rowBuckets + 1; row++)
        {
            if (row + 1 == rows.Count)
            {
                rows.Add([]);
            }

            double size = Math.ScaleB(1, row);
            (Bucket first, Bucket second) = (rows[row][0], rows[row][1]);
            double apart = (first.Total / size) - (second.Total / size);
            rows[row + 1].Add(new Bucket(first.Total + second.Total, first.Variance + second.Variance + (size * size * apart * apart / (2 * size))));
            rows[row].RemoveRange(0, 2);
        }
    }

    private bool Shrink()
    {
        bool changed = false;
        while (Differs())
        {
            changed = true;
            DropOldest();
        }

        return changed;
    }

    private bool Differs()
    {
        (double n0, double n1) = (0, width);
        (double u0, double u1) = (0, total);
        for (int row = rows.Count - 1; row >= 0; row--)
        {
            double size = Math.ScaleB(1, row);
            for (int k = 0; k < rows[row].Count - 1; k++)
            {
                n0 += size;
                n1 -= size;
                u0 += rows[row][k].Total;
                u1 -= rows[row][k].Total;
                if (n0 >= leastPart && n1 >= leastPart && IsCut(n0, n1, (u0 / n0) - (u1 / n1)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool IsCut(double n0, double n1, double apart)
    {
        double confidence = Math.Log(2 * Math.Log(width) / delta);
        double size = (1 / (n0 - leastPart + 1)) + (1 / (n1 - leastPart + 1));
        double bound = Math.Sqrt(2 * size * (variance / width) * confidence) + (2.0 / 3 * confidence * size);
        return Math.Abs(apart) > bound;
    }

    private void DropOldest()
    {
        int row = rows.Count - 1;
        double size = Math.ScaleB(1, row);
        Bucket oldest = rows[row][0];
        width -= size;
        total -= oldest.Total;
        double apart = (oldest.Total / size) - (total / width);
        variance -= oldest.Variance + (size * width * apart * apart / (size + width));
        rows[row].RemoveAt(0);
        if (rows[row].Count == 0)
        {
            rows.RemoveAt(row);
        }
    }

    private readonly record struct Bucket(double Total, double Variance);
}
