using System.Text;

namespace Governance.Registry.Accounts;

/// <summary>Base 32 as RFC 4648 §6 writes it, without padding: how authenticator apps want a key to be typed.</summary>
public static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>Writes bytes as capital letters and digits, eight for every five bytes.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new((bytes.Length * 8 + 4) / 5);
        int held = 0;
        uint bits = 0;
        foreach (byte next in bytes)
        {
            bits = bits << 8 | next;
            for (held += 8; held >= 5; held -= 5)
            {
                text.Append(Alphabet[(int)(bits >> (held - 5)) & 31]);
            }
        }

        return held == 0 ? text.ToString() : text.Append(Alphabet[(int)(bits << (5 - held)) & 31]).ToString();
    }
}
