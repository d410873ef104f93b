using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Governance.Audit.Data.Arrays;

/// <summary>How an element of an NPY file is stored.</summary>
/// <param name="Kind">f, i, u, b, S or U, as NumPy writes them.</param>
/// <param name="Size">Bytes of an element.</param>
/// <param name="IsBigEndian">Whether the highest byte comes first.</param>
internal sealed record NpyType(char Kind, int Size, bool IsBigEndian)
{
    private const int MostTextBytes = 1 << 20;
    private const long Exact = 1L << 53;

    /// <summary>Whether elements are text.</summary>
    public bool IsText => Kind is 'S' or 'U';

    /// <summary>Reads a type such as "&lt;f8".</summary>
    /// <exception cref="InputException">It is none that makes sense in a table; the sentence names it.</exception>
    public static NpyType Parse(string text)
    {
        char order = text.Length > 0 && text[0] is '<' or '>' or '|' or '=' ? text[0] : '\0';
        string rest = order == '\0' ? text : text[1..];
        char kind = rest.Length > 0 ? rest[0] : '\0';
        bool sized = int.TryParse(rest.AsSpan(Math.Min(1, rest.Length)), NumberStyles.None, CultureInfo.InvariantCulture, out int size);
        string? refused = kind switch
        {
            'O' => "Python objects, which are pickled programs",
            'c' => "complex numbers",
            'M' or 'm' => "dates or durations of NumPy",
            'V' => "raw bytes",
            _ => null,
        };
        if (refused is not null)
        {
            throw new InputException($"The NPY file holds {refused} ('{text}'); convert them to numbers or text first.");
        }

        int bytes = kind == 'U' && size <= MostTextBytes ? size * 4 : size;
        bool known = sized && (kind, size) is ('f', 2 or 4 or 8) or ('i' or 'u', 1 or 2 or 4 or 8) or ('b', 1) or ('S' or 'U', > 0)
            && bytes <= MostTextBytes;
        return known ? new NpyType(kind, bytes, order == '>')
            : throw new InputException($"The NPY file holds elements of the type '{DataFault.Shorten(text)}', which is not read here.");
    }

    /// <summary>An element as a number; NaN where a whole number is too large to be kept exactly.</summary>
    public double Number(ReadOnlySpan<byte> bytes) => (Kind, Size) switch
    {
        ('f', 2) => (double)(IsBigEndian ? BinaryPrimitives.ReadHalfBigEndian(bytes) : BinaryPrimitives.ReadHalfLittleEndian(bytes)),
        ('f', 4) => IsBigEndian ? BinaryPrimitives.ReadSingleBigEndian(bytes) : BinaryPrimitives.ReadSingleLittleEndian(bytes),
        ('f', _) => IsBigEndian ? BinaryPrimitives.ReadDoubleBigEndian(bytes) : BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        ('b', _) => bytes[0] == 0 ? 0 : 1,
        ('u', 8) => Word(bytes) <= Exact ? Word(bytes) : double.NaN,
        ('u', _) => Word(bytes),
        _ => Whole(bytes) is >= -Exact and <= Exact and long whole ? whole : double.NaN,
    };

    /// <summary>Whether NaN from <see cref="Number"/> means a number too large, and not a missing cell.</summary>
    public bool IsWhole => Kind is 'i' or 'u';

    /// <summary>An element as text, UTF-8; fill bytes at the end are left out.</summary>
    /// <returns>Null where it is no text.</returns>
    public byte[]? Text(ReadOnlySpan<byte> bytes)
    {
        switch (Kind)
        {
            case 'u':
                return Encoding.ASCII.GetBytes(Word(bytes).ToString(CultureInfo.InvariantCulture));
            case 'i':
                return Encoding.ASCII.GetBytes(Whole(bytes).ToString(CultureInfo.InvariantCulture));
            case 'S':
                ReadOnlySpan<byte> text = bytes.TrimEnd((byte)0);
                return System.Text.Unicode.Utf8.IsValid(text) && !text.Contains((byte)0) ? text.ToArray() : null;
            default:
                StringBuilder runes = new();
                int end = bytes.Length;
                while (end > 0 && bytes[(end - 4)..end].IndexOfAnyExcept((byte)0) < 0)
                {
                    end -= 4;
                }

                for (int at = 0; at < end; at += 4)
                {
                    uint value = IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
                    if (value == 0 || !Rune.IsValid(value))
                    {
                        return null;
                    }

                    runes.Append(new Rune(value));
                }

                return Encoding.UTF8.GetBytes(runes.ToString());
        }
    }

    private ulong Word(ReadOnlySpan<byte> bytes)
    {
        ulong word = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            word = (word << 8) | bytes[IsBigEndian ? i : bytes.Length - 1 - i];
        }

        return word;
    }

    private long Whole(ReadOnlySpan<byte> bytes)
    {
        int unused = 64 - (8 * bytes.Length);
        return (long)(Word(bytes) << unused) >> unused;
    }
}
