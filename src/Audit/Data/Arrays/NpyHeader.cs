using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Governance.Audit.Data.Arrays;

/// <summary>What the header of an NPY file says about the bytes that follow.</summary>
/// <param name="Type">How an element is stored.</param>
/// <param name="IsFortran">Whether the first index runs fastest.</param>
/// <param name="Shape">The dimensions, at least one.</param>
/// <param name="Length">Bytes before the first element.</param>
/// <remarks>
/// Source: NumPy, "NEP 1, a simple file format for NumPy arrays", versions 1 to 3. The header is a Python literal; only
/// the three keys of the format are understood, nothing is evaluated, and no element may be a Python object.
/// </remarks>
internal sealed record NpyHeader(NpyType Type, bool IsFortran, IReadOnlyList<long> Shape, int Length)
{
    private const int MostBytes = 1 << 16;
    private const int MostDimensions = 32;

    /// <summary>The number of rows.</summary>
    public long Rows => Shape[0];

    /// <summary>Elements of a row: the product of the other dimensions.</summary>
    /// <exception cref="InputException">It overflows.</exception>
    public long Width => Shape.Skip(1).Aggregate(1L, Times);

    /// <summary>Bytes of all elements.</summary>
    /// <exception cref="InputException">They overflow.</exception>
    public long DataBytes => Times(Times(Width, Rows), Type.Size);

    /// <summary>Reads a header, leaving the stream at the first element.</summary>
    /// <exception cref="InputException">It is no such header, or of a kind that is not read here.</exception>
    public static NpyHeader Read(Stream stream)
    {
        byte[] start = Exactly(stream, 8);
        if (start is not [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', >= 1 and <= 3, 0])
        {
            throw new InputException("The NPY file is of a version that is not read here; versions 1 to 3 are.");
        }

        byte[] size = Exactly(stream, start[6] == 1 ? 2 : 4);
        long length = start[6] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(size) : BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length > MostBytes)
        {
            throw new InputException($"The header of the NPY file takes {length:N0} bytes; at most {MostBytes:N0} are accepted.");
        }

        string text = (start[6] == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(Exactly(stream, (int)length));
        return Parse(new PythonLiteral(text), start.Length + size.Length + (int)length);
    }

    private static NpyHeader Parse(PythonLiteral literal, int length)
    {
        string? type = null;
        bool? fortran = null;
        List<long>? shape = null;
        literal.Need('{');
        while (!literal.Has('}'))
        {
            string key = literal.Text();
            literal.Need(':');
            switch (key)
            {
                case "descr" when type is null:
                    type = literal.Peek() is '[' or '('
                        ? throw new InputException("The NPY file holds records of several fields; save one array a column in an NPZ file, or use CSV.")
                        : literal.Text();
                    break;
                case "fortran_order" when fortran is null:
                    fortran = literal.Word() switch { "True" => true, "False" => false, _ => throw PythonLiteral.Fault() };
                    break;
                case "shape" when shape is null:
                    shape = Dimensions(literal);
                    break;
                default:
                    throw PythonLiteral.Fault();
            }

            if (!literal.Has(','))
            {
                literal.Need('}');
                break;
            }
        }

        literal.NeedEnd();
        return type is null || fortran is null || shape is null ? throw PythonLiteral.Fault()
            : shape.Count == 0 ? throw new InputException("The NPY file holds a single value, not rows.")
            : new NpyHeader(NpyType.Parse(type), fortran.Value, shape, length);
    }

    private static List<long> Dimensions(PythonLiteral literal)
    {
        List<long> shape = [];
        literal.Need('(');
        while (!literal.Has(')'))
        {
            string word = literal.Word().TrimEnd('L');
            if (!long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out long size) || shape.Count == MostDimensions)
            {
                throw PythonLiteral.Fault();
            }

            shape.Add(size);
            if (!literal.Has(','))
            {
                literal.Need(')');
                break;
            }
        }

        return shape;
    }

    private static byte[] Exactly(Stream stream, int count)
    {
        byte[] bytes = new byte[count];
        return stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count
            ? bytes
            : throw new InputException("The NPY file ends inside its header.");
    }

    private static long Times(long left, long right)
    {
        long high = Math.BigMul(left, right, out long low);
        return high == 0 && low >= 0 ? low : throw new InputException("The NPY file declares more elements than any file can hold.");
    }
}
