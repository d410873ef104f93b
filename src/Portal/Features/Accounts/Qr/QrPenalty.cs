namespace Governance.Portal.Features.Accounts.Qr;

/// <summary>How hard a code is to read: the four features of ISO/IEC 18004, 7.8.3. Any mask is valid; the lowest penalty reads best.</summary>
internal static class QrPenalty
{
    // What looks like a finder pattern: 1:1:3:1:1 with four light modules before or behind.
    private static readonly bool[] Before = [false, false, false, false, true, false, true, true, true, false, true];
    private static readonly bool[] Behind = [true, false, true, true, true, false, true, false, false, false, false];

    /// <summary>The sum of the penalties.</summary>
    public static int Of(bool[,] dark)
    {
        int size = dark.GetLength(0), count = 0, penalty = 0;
        for (int y = 0; y < size; y++)
        {
            penalty += Line(size, x => dark[y, x]) + Line(size, x => dark[x, y]);
            for (int x = 0; x < size; x++)
            {
                count += dark[y, x] ? 1 : 0;
                bool isBlock = x > 0 && y > 0 && dark[y, x] == dark[y, x - 1] && dark[y, x] == dark[y - 1, x] && dark[y, x] == dark[y - 1, x - 1];
                penalty += isBlock ? 3 : 0;
            }
        }

        return penalty + Math.Abs(20 * count - 10 * size * size) / (size * size) * 10;
    }

    private static int Line(int size, Func<int, bool> at)
    {
        int penalty = 0, run = 0;
        for (int i = 0; i < size; i++)
        {
            run = i > 0 && at(i) == at(i - 1) ? run + 1 : 1;
            penalty += run == 5 ? 3 : run > 5 ? 1 : 0;
            penalty += i + Before.Length <= size && (Fits(Before, i) || Fits(Behind, i)) ? 40 : 0;
        }

        return penalty;

        bool Fits(bool[] pattern, int from)
        {
            for (int i = 0; i < pattern.Length; i++)
            {
                if (at(from + i) != pattern[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
