using System.Text;

namespace Governance.Portal.Features.Accounts.Qr;

/// <summary>A QR code of a text: byte mode, error correction M, the mask that reads best (ISO/IEC 18004).</summary>
internal static class QrCode
{
    private const int ByteMode = 0b0100;

    /// <summary>Draws the code of a text.</summary>
    /// <param name="text">Written as UTF-8; at most 412 bytes.</param>
    /// <returns>[y, x]: whether a module is dark. Without the quiet zone of four modules that belongs around it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The text is too long.</exception>
    public static bool[,] Draw(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        QrVersion version = QrVersion.For(bytes.Length);
        byte[] codewords = Interleave(version, DataOf(version, bytes));
        return Enumerable.Range(0, 8).Select(mask => new QrMatrix(version).Draw(codewords, mask)).MinBy(QrPenalty.Of)!;
    }

    /// <summary>Mode, count, bytes, end and padding.</summary>
    private static byte[] DataOf(QrVersion version, byte[] bytes)
    {
        byte[] data = new byte[version.Data];
        int at = 0;
        Put(ByteMode, 4);
        Put(bytes.Length, version.CountBits);
        foreach (byte next in bytes)
        {
            Put(next, 8);
        }

        // At most four zero bits end it; what is left is filled with two bytes in turn.
        at = Math.Min(at + 4, 8 * data.Length);
        bool first = true;
        for (int i = (at + 7) / 8; i < data.Length; i++, first = !first)
        {
            data[i] = (byte)(first ? 0xec : 0x11);
        }

        return data;

        void Put(int value, int bits)
        {
            for (int bit = bits - 1; bit >= 0; bit--, at++)
            {
                data[at / 8] |= (byte)(((value >> bit) & 1) << (7 - at % 8));
            }
        }
    }

    // The data in blocks, each with its check codewords; then the first of every block, the second, and so on.
    private static byte[] Interleave(QrVersion version, byte[] data)
    {
        int whole = version.Codewords / version.Blocks, longer = version.Codewords % version.Blocks;
        List<byte[]> blocks = [], checks = [];
        for (int block = 0, at = 0; block < version.Blocks; block++)
        {
            int length = whole - version.Check + (block < version.Blocks - longer ? 0 : 1);
            blocks.Add(data[at..(at + length)]);
            checks.Add(ReedSolomon.Check(data.AsSpan(at, length), version.Check));
            at += length;
        }

        return
        [
            .. Enumerable.Range(0, whole - version.Check + 1).SelectMany(i => blocks.Where(block => i < block.Length).Select(block => block[i])),
            .. Enumerable.Range(0, version.Check).SelectMany(i => checks.Select(check => check[i])),
        ];
    }
}
