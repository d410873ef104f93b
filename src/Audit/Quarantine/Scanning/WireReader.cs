using System.Buffers.Binary;
using System.Text;
using Governance.Audit.Data;

namespace Governance.Audit.Quarantine.Scanning;

/// <summary>A stretch of the file.</summary>
/// <param name="Start">The first byte, from 0.</param>
/// <param name="Length">In bytes.</param>
internal readonly record struct Extent(int Start, int Length);

/// <summary>How a field of the protobuf format is written.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}

/// <summary>Reads the fields of one message in the protobuf wire format, without allocating and without recursion.</summary>
/// <remarks>
/// Stricter than the format: groups, a length that leaves the message, a tag of more than five bytes and a field of
/// another kind than the specification's are refused, so that no other reader of the same bytes sees another model.
/// Source: Protocol Buffers documentation, "Encoding".
/// </remarks>
internal ref struct WireReader
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> file;
    private readonly int end;
    private int at;
    private ulong seen;

    /// <summary>Reads the whole file as one message.</summary>
    public WireReader(ReadOnlySpan<byte> file)
        : this(file, new Extent(0, file.Length))
    {
    }

    /// <summary>Reads a message inside the file.</summary>
    public WireReader(ReadOnlySpan<byte> file, Extent extent)
    {
        this.file = file;
        at = extent.Start;
        end = extent.Start + extent.Length;
    }

    /// <summary>The number of the field that <see cref="TryNext"/> found.</summary>
    public int Field { get; private set; }

    /// <summary>How it is written.</summary>
    public WireType Type { get; private set; }

    /// <summary>Whether all was read.</summary>
    public readonly bool IsAtEnd => at == end;

    /// <summary>Goes to the next field; its value must be read or skipped before the next call.</summary>
    /// <returns>False at the end of the message.</returns>
    /// <exception cref="InputException">What follows is no field.</exception>
    public bool TryNext()
    {
        if (at == end)
        {
            return false;
        }

        int start = at;
        ulong tag = RawVarint();
        Field = (int)Math.Min(tag >> 3, int.MaxValue);
        Type = (WireType)(tag & 7);
        if (at - start > 5 || Field is 0 or > (1 << 29) - 1 || !Enum.IsDefined(Type))
        {
            throw Fault("the bytes are no field of its format", start);
        }

        return true;
    }

    /// <summary>Refuses a field (below 64) that may occur once and occurs again: readers differ in which one counts.</summary>
    public void Once()
    {
        ulong bit = 1UL << Field;
        if ((seen & bit) != 0)
        {
            throw Fault($"the field {Field} occurs twice in one message", at);
        }

        seen |= bit;
    }

    /// <summary>A whole number.</summary>
    public long Varint()
    {
        Expect(WireType.Varint);
        return (long)RawVarint();
    }

    /// <summary>The next element of a packed list of whole numbers; no tag before it.</summary>
    public long PackedVarint() => (long)RawVarint();

    /// <summary>A float.</summary>
    public float Float()
    {
        Expect(WireType.Fixed32);
        return BinaryPrimitives.ReadSingleLittleEndian(file.Slice(Take(4), 4));
    }

    /// <summary>A double.</summary>
    public double Double()
    {
        Expect(WireType.Fixed64);
        return BinaryPrimitives.ReadDoubleLittleEndian(file.Slice(Take(8), 8));
    }

    /// <summary>A message, text, bytes or packed list, as its place in the file.</summary>
    public Extent Bytes()
    {
        Expect(WireType.Bytes);
        int start = at;
        ulong length = RawVarint();
        if (length > (ulong)(end - at))
        {
            throw Fault("a part is longer than what holds it; the file may be cut off", start);
        }

        Extent extent = new(at, (int)length);
        at += extent.Length;
        return extent;
    }

    /// <summary>A reader of the message that follows.</summary>
    public WireReader Message() => new(file, Bytes());

    /// <summary>A name: UTF-8 of a limited length.</summary>
    public string Name(ModelLimits limits)
    {
        Extent extent = Bytes();
        if (extent.Length > limits.NameBytes)
        {
            throw Fault($"a name has {extent.Length:N0} bytes, more than {limits.NameBytes:N0}", extent.Start);
        }

        // Readers written in C see the name end there.
        if (file.Slice(extent.Start, extent.Length).Contains((byte)0))
        {
            throw Fault("a name holds a zero byte", extent.Start);
        }

        try
        {
            return Strict.GetString(file.Slice(extent.Start, extent.Length));
        }
        catch (DecoderFallbackException)
        {
            throw Fault("a name is no valid UTF-8", extent.Start);
        }
    }

    /// <summary>Passes over the value of a field.</summary>
    public void Skip()
    {
        switch (Type)
        {
            case WireType.Varint:
                RawVarint();
                break;
            case WireType.Fixed64:
                Take(8);
                break;
            case WireType.Fixed32:
                Take(4);
                break;
            default:
                Bytes();
                break;
        }
    }

    /// <summary>The refusal of bytes that are no model.</summary>
    public static InputException Fault(string what, int at) => new($"The file is no ONNX model: {what} (byte {at:N0}).");

    private readonly void Expect(WireType type)
    {
        if (Type != type)
        {
            throw Fault($"the field {Field} is of another kind than the format's", at);
        }
    }

    private int Take(int count)
    {
        if (end - at < count)
        {
            throw Fault("a part is longer than what holds it; the file may be cut off", at);
        }

        at += count;
        return at - count;
    }

    private ulong RawVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            byte next = file[Take(1)];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Fault("a number has more than ten bytes", at);
    }
}
