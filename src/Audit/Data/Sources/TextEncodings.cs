using System.Text;

namespace Governance.Audit.Data.Sources;

/// <summary>Says what text that is not UTF-8 probably is, and how to convert it.</summary>
internal static class TextEncodings
{
    /// <summary>A refusal for a file that begins like UTF-16 or UTF-32; null where it does not.</summary>
    /// <param name="head">The first bytes of the file.</param>
    public static InputException? FaultOfStart(ReadOnlySpan<byte> head)
    {
        string? name = head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]) ? "UTF-32LE"
            : head.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]) ? "UTF-32BE"
            : head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? "UTF-16LE"
            : head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? "UTF-16BE"
            : WithoutMark(head);
        return name is null ? null : DataFault.At(1, $"is not UTF-8 but looks like {name[..6]}; {Advice(name)}");
    }

    /// <summary>A refusal for bytes that are not UTF-8, with the line of the first that is none.</summary>
    /// <param name="text">Bytes from the beginning of a line on.</param>
    /// <param name="line">That line.</param>
    /// <param name="lineEnd">LF or CR.</param>
    public static InputException Fault(ReadOnlySpan<byte> text, long line, byte lineEnd)
    {
        int at = FirstBad(text);
        byte bad = text[at];
        // Windows-1252 is what spreadsheets of western Europe write; its letters are those of Latin-1.
        string looks = bad >= 0xA0 ? $", as '{(char)bad}' is in Latin-1 or Windows-1252" : bad >= 0x80 ? ", as in Windows-1252" : "";
        return DataFault.At(
            line + text[..at].Count(lineEnd), $"is not UTF-8 (byte 0x{bad:X2}{looks}); {Advice("WINDOWS-1252")}");
    }

    private static int FirstBad(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (Rune.DecodeFromUtf8(text[at..], out _, out int length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }

    // ASCII letters in UTF-16 have a zero in every other byte.
    private static string? WithoutMark(ReadOnlySpan<byte> head)
    {
        int even = 0, odd = 0;
        for (int i = 0; i < head.Length; i++)
        {
            _ = head[i] != 0 ? 0 : i % 2 == 0 ? even++ : odd++;
        }

        int half = head.Length / 2;
        return half < 4 ? null : odd > half * 3 / 4 && even == 0 ? "UTF-16LE" : even > half * 3 / 4 && odd == 0 ? "UTF-16BE" : null;
    }

    private static string Advice(string name) =>
        $"save the file as 'CSV UTF-8', or convert it with 'iconv -f {name} -t UTF-8 FILE > NEW'";
}
