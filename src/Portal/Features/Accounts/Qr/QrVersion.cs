namespace Governance.Portal.Features.Accounts.Qr;

/// <summary>The sizes of QR codes with error correction of level M (about 15 % may be lost): ISO/IEC 18004, tables 1, 9 and E.1.</summary>
/// <param name="Number">1 to <see cref="Most"/>.</param>
internal readonly record struct QrVersion(int Number)
{
    /// <summary>The largest here: 412 bytes, four times what a key's address needs.</summary>
    public const int Most = 15;

    private static readonly int[] CheckPerBlock = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24];
    private static readonly int[] BlockCount = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10];

    /// <summary>Modules along a side.</summary>
    public int Size => 17 + 4 * Number;

    /// <summary>Blocks that the data is cut into.</summary>
    public int Blocks => BlockCount[Number - 1];

    /// <summary>Check codewords of each block.</summary>
    public int Check => CheckPerBlock[Number - 1];

    /// <summary>Codewords in all, data and check.</summary>
    public int Codewords
    {
        get
        {
            int modules = (16 * Number + 128) * Number + 64;
            if (Number >= 2)
            {
                int alignments = Number / 7 + 2;
                modules -= (25 * alignments - 10) * alignments - 55 + (Number >= 7 ? 36 : 0);
            }

            return modules / 8;
        }
    }

    /// <summary>Codewords of data.</summary>
    public int Data => Codewords - Blocks * Check;

    /// <summary>Bits that say how many bytes follow.</summary>
    public int CountBits => Number < 10 ? 8 : 16;

    /// <summary>The rows and columns in which alignment patterns are centred.</summary>
    public int[] Alignments()
    {
        if (Number == 1)
        {
            return [];
        }

        int count = Number / 7 + 2;
        int step = (Number * 8 + count * 3 + 5) / (count * 4 - 4) * 2;
        int last = Size - 7;
        return [6, .. Enumerable.Range(0, count - 1).Select(i => last - (count - 2 - i) * step)];
    }

    /// <summary>The smallest that holds some bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">None does.</exception>
    public static QrVersion For(int bytes)
    {
        for (int number = 1; number <= Most; number++)
        {
            QrVersion version = new(number);
            if (4 + version.CountBits + 8 * bytes <= 8 * version.Data)
            {
                return version;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(bytes), bytes, "The text is too long for a QR code of this size.");
    }
}
