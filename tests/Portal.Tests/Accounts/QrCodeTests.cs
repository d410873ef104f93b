using System.Text;
using Governance.Portal.Features.Accounts.Qr;

namespace Governance.Portal.Tests.Accounts;

/// <summary>QR codes, read back by a decoder that shares nothing with the encoder but the tables of the standard.</summary>
public sealed class QrCodeTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("otpauth://totp/Governance:rita?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Governance")]
    [InlineData("Grüße, žluťoučký kůň")]
    public void Says_what_was_written(string text) => Assert.Equal(text, Read(QrCode.Draw(text)));

    [Fact]
    public void Every_size_says_what_was_written()
    {
        for (int length = 1; length <= 412; length += 23)
        {
            string text = string.Concat(Enumerable.Range(0, length).Select(i => (char)('!' + (i * 7 + length) % 90)));

            Assert.Equal(text, Read(QrCode.Draw(text)));
        }
    }

    // ISO/IEC 18004: the generator polynomials of annex A vanish at α⁰…α⁹, so data and check together do.
    [Fact]
    public void Check_words_make_the_whole_divisible()
    {
        byte[] data = Encoding.ASCII.GetBytes("0123456789abcdef");
        byte[] whole = [.. data, .. ReedSolomon.Check(data, 10)];

        byte root = 1;
        for (int i = 0; i < 10; i++, root = ReedSolomon.Multiply(root, 2))
        {
            byte sum = 0;
            foreach (byte word in whole)
            {
                sum = (byte)(ReedSolomon.Multiply(sum, root) ^ word);
            }

            Assert.Equal(0, sum);
        }
    }

    // Table C.1 of the standard: level M with masks 0 to 7.
    [Fact]
    public void Format_bits_are_those_of_the_standard()
    {
        int[] known = [0x5412, 0x5125, 0x5e7c, 0x5b4b, 0x45f9, 0x40ce, 0x4f97, 0x4aa0];

        Assert.All(Enumerable.Range(0, 8), mask => Assert.Equal(known[mask], FormatOf(new QrMatrix(new QrVersion(2)).Draw(new byte[44], mask))));
    }

    private static int FormatOf(bool[,] dark)
    {
        (int X, int Y)[] places = [(8, 0), (8, 1), (8, 2), (8, 3), (8, 4), (8, 5), (8, 7), (8, 8), (7, 8), (5, 8), (4, 8), (3, 8), (2, 8), (1, 8), (0, 8)];
        return places.Select((place, bit) => dark[place.Y, place.X] ? 1 << bit : 0).Sum();
    }

    private static string Read(bool[,] dark)
    {
        int size = dark.GetLength(0), number = (size - 17) / 4, mask = Array.IndexOf([0x5412, 0x5125, 0x5e7c, 0x5b4b, 0x45f9, 0x40ce, 0x4f97, 0x4aa0], FormatOf(dark));
        QrVersion version = new(number);
        int[] centres = version.Alignments();
        List<bool> bits = [];
        bool up = true;
        for (int right = size - 1; right > 0; right -= 2, up = !up)
        {
            right -= right == 6 ? 1 : 0;
            for (int step = 0; step < size; step++)
            {
                int y = up ? size - 1 - step : step;
                foreach (int x in (int[])[right, right - 1])
                {
                    if (!IsPattern(x, y))
                    {
                        bits.Add(dark[y, x] ^ Flips(x, y));
                    }
                }
            }
        }

        byte[] words = [.. bits.Chunk(8).Where(part => part.Length == 8).Select(part => (byte)part.Aggregate(0, (sum, bit) => sum << 1 | (bit ? 1 : 0)))];
        int whole = version.Codewords / version.Blocks, longer = version.Codewords % version.Blocks;
        List<byte>[] blocks = [.. Enumerable.Range(0, version.Blocks).Select(_ => new List<byte>())];
        int at = 0;
        for (int i = 0; i <= whole - version.Check; i++)
        {
            for (int block = i < whole - version.Check ? 0 : version.Blocks - longer; block < version.Blocks; block++)
            {
                blocks[block].Add(words[at++]);
            }
        }

        byte[] data = [.. blocks.SelectMany(block => block)];
        string all = string.Concat(data.Select(word => Convert.ToString(word, 2).PadLeft(8, '0')));
        Assert.Equal("0100", all[..4]);
        int count = Convert.ToInt32(all.Substring(4, version.CountBits), 2);
        return Encoding.UTF8.GetString([.. Enumerable.Range(0, count).Select(i => Convert.ToByte(all.Substring(4 + version.CountBits + 8 * i, 8), 2))]);

        bool IsPattern(int x, int y) => x == 6 || y == 6
            || (x < 9 && y < 9) || (x >= size - 8 && y < 9) || (x < 9 && y >= size - 8)
            || (number >= 7 && ((x >= size - 11 && y < 6) || (y >= size - 11 && x < 6)))
            || (centres.Any(cx => Math.Abs(cx - x) <= 2) && centres.Any(cy => Math.Abs(cy - y) <= 2) && InAlignment(x, y));

        bool InAlignment(int x, int y) => centres.SelectMany(cx => centres.Select(cy => (cx, cy)))
            .Where(at => !((at.cx == 6 && (at.cy == 6 || at.cy == size - 7)) || (at.cx == size - 7 && at.cy == 6)))
            .Any(at => Math.Abs(at.cx - x) <= 2 && Math.Abs(at.cy - y) <= 2);

        bool Flips(int x, int y) => mask switch
        {
            0 => (x + y) % 2 == 0,
            1 => y % 2 == 0,
            2 => x % 3 == 0,
            3 => (x + y) % 3 == 0,
            4 => (y / 2 + x / 3) % 2 == 0,
            5 => x * y % 2 + x * y % 3 == 0,
            6 => (x * y % 2 + x * y % 3) % 2 == 0,
            _ => ((x + y) % 2 + x * y % 3) % 2 == 0,
        };
    }
}
