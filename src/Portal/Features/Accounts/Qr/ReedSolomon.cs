namespace Governance.Portal.Features.Accounts.Qr;

/// <summary>Check codewords over GF(2⁸) with the polynomial x⁸+x⁴+x³+x²+1, as QR codes use them (ISO/IEC 18004, 7.5.2 and annex A).</summary>
internal static class ReedSolomon
{
    private const int Polynomial = 0x11d;

    /// <summary>The codewords that follow data so that the whole is divisible by (x−α⁰)…(x−αⁿ⁻¹).</summary>
    /// <param name="data">In the order they are written.</param>
    /// <param name="count">How many, 1 to 68.</param>
    public static byte[] Check(ReadOnlySpan<byte> data, int count)
    {
        byte[] divisor = Divisor(count);
        byte[] rest = new byte[count];
        foreach (byte next in data)
        {
            byte factor = (byte)(next ^ rest[0]);
            Array.Copy(rest, 1, rest, 0, count - 1);
            rest[^1] = 0;
            for (int i = 0; i < count; i++)
            {
                rest[i] ^= Multiply(divisor[i], factor);
            }
        }

        return rest;
    }

    /// <summary>The product in the field.</summary>
    public static byte Multiply(byte first, byte second)
    {
        int product = 0;
        for (int bit = 7; bit >= 0; bit--)
        {
            product = (product << 1) ^ ((product >> 7) * Polynomial);
            product ^= ((second >> bit) & 1) * first;
        }

        return (byte)product;
    }

    // The coefficients of the product of (x−αⁱ) without the leading one, highest power first.
    private static byte[] Divisor(int count)
    {
        byte[] divisor = new byte[count];
        divisor[^1] = 1;
        byte root = 1;
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                divisor[j] = (byte)(Multiply(divisor[j], root) ^ (j + 1 < count ? divisor[j + 1] : 0));
            }

            root = Multiply(root, 2);
        }

        return divisor;
    }
}
