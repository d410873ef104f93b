namespace Governance.Portal.Features.Accounts.Qr;

/// <summary>Places patterns and codewords (ISO/IEC 18004, 6.3 and 7.7 to 7.10).</summary>
internal sealed class QrMatrix
{
    private readonly QrVersion version;
    private readonly int size;
    private readonly bool[,] dark;
    private readonly bool[,] isPattern;

    /// <summary>An empty matrix of a version's size.</summary>
    public QrMatrix(QrVersion version)
    {
        this.version = version;
        size = version.Size;
        dark = new bool[size, size];
        isPattern = new bool[size, size];
    }

    /// <summary>Draws everything.</summary>
    /// <param name="codewords">Data and check, interleaved.</param>
    /// <param name="mask">0 to 7.</param>
    /// <returns>[y, x]: whether a module is dark.</returns>
    public bool[,] Draw(ReadOnlySpan<byte> codewords, int mask)
    {
        for (int i = 0; i < size; i++)
        {
            Set(6, i, i % 2 == 0);
            Set(i, 6, i % 2 == 0);
        }

        Finder(3, 3);
        Finder(size - 4, 3);
        Finder(3, size - 4);
        Alignments();
        Format(mask);
        Version();
        Data(codewords, mask);
        return dark;
    }

    // Seven by seven with its light border; what lies outside the code is left out.
    private void Finder(int atX, int atY)
    {
        for (int dy = -4; dy <= 4; dy++)
        {
            for (int dx = -4; dx <= 4; dx++)
            {
                int ring = Math.Max(Math.Abs(dx), Math.Abs(dy));
                if (atX + dx >= 0 && atX + dx < size && atY + dy >= 0 && atY + dy < size)
                {
                    Set(atX + dx, atY + dy, ring is not (2 or 4));
                }
            }
        }
    }

    private void Alignments()
    {
        int[] centres = version.Alignments();
        foreach (int y in centres)
        {
            foreach (int x in centres)
            {
                bool inFinder = (x == 6 && (y == 6 || y == size - 7)) || (x == size - 7 && y == 6);
                for (int dy = inFinder ? 3 : -2; dy <= 2; dy++)
                {
                    for (int dx = -2; dx <= 2; dx++)
                    {
                        Set(x + dx, y + dy, Math.Max(Math.Abs(dx), Math.Abs(dy)) != 1);
                    }
                }
            }
        }
    }

    // Level M and mask, with ten check bits, twice.
    private void Format(int mask)
    {
        int rest = mask;
        for (int i = 0; i < 10; i++)
        {
            rest = (rest << 1) ^ ((rest >> 9) * 0x537);
        }

        int bits = ((mask << 10) | rest) ^ 0x5412;
        for (int i = 0; i < 15; i++)
        {
            bool bit = ((bits >> i) & 1) != 0;
            (int x, int y) = i switch { < 6 => (8, i), 6 => (8, 7), 7 => (8, 8), 8 => (7, 8), _ => (14 - i, 8) };
            Set(x, y, bit);
            (x, y) = i < 8 ? (size - 1 - i, 8) : (8, size - 15 + i);
            Set(x, y, bit);
        }

        Set(8, size - 8, true);
    }

    // From version 7 on its number, with twelve check bits, twice.
    private void Version()
    {
        if (version.Number < 7)
        {
            return;
        }

        int rest = version.Number;
        for (int i = 0; i < 12; i++)
        {
            rest = (rest << 1) ^ ((rest >> 11) * 0x1f25);
        }

        int bits = (version.Number << 12) | rest;
        for (int i = 0; i < 18; i++)
        {
            bool bit = ((bits >> i) & 1) != 0;
            Set(size - 11 + i % 3, i / 3, bit);
            Set(i / 3, size - 11 + i % 3, bit);
        }
    }

    // Two columns at a time from the right, up and down in turn; the vertical timing pattern is stepped over.
    private void Data(ReadOnlySpan<byte> codewords, int mask)
    {
        int at = 0;
        for (int right = size - 1; right >= 1; right -= 2)
        {
            right = right == 6 ? 5 : right;
            bool up = ((right + 1) & 2) == 0;
            for (int step = 0; step < size; step++)
            {
                int y = up ? size - 1 - step : step;
                for (int x = right; x >= right - 1; x--)
                {
                    if (!isPattern[y, x])
                    {
                        bool bit = at < 8 * codewords.Length && ((codewords[at / 8] >> (7 - at % 8)) & 1) != 0;
                        dark[y, x] = bit ^ IsFlipped(mask, x, y);
                        at++;
                    }
                }
            }
        }
    }

    private static bool IsFlipped(int mask, int x, int y) => 0 == mask switch
    {
        0 => (x + y) % 2,
        1 => y % 2,
        2 => x % 3,
        3 => (x + y) % 3,
        4 => (x / 3 + y / 2) % 2,
        5 => x * y % 2 + x * y % 3,
        6 => (x * y % 2 + x * y % 3) % 2,
        _ => ((x + y) % 2 + x * y % 3) % 2,
    };

    private void Set(int x, int y, bool isDark)
    {
        dark[y, x] = isDark;
        isPattern[y, x] = true;
    }
}
