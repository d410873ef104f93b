using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Governance.Audit.Traffic.Chunks;

/// <summary>Writes the plain parts of which chunks are made. Little-endian.</summary>
internal sealed class ByteSink
{
    private readonly ArrayBufferWriter<byte> buffer = new(1 << 12);

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => buffer.WrittenMemory;

    public void Byte(byte value)
    {
        buffer.GetSpan(1)[0] = value;
        buffer.Advance(1);
    }

    public void Bytes(ReadOnlySpan<byte> bytes) => buffer.Write(bytes);

    public void Long(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(buffer.GetSpan(8), value);
        buffer.Advance(8);
    }

    public void Ulong(ulong value) => Long((long)value);

    public void Double(double value) => Long(BitConverter.DoubleToInt64Bits(value));

    /// <summary>A count, not negative, in as few bytes as it takes.</summary>
    public void Count(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Varint((ulong)value);
    }

    /// <summary>A whole number, small ones in few bytes whatever their sign.</summary>
    public void Small(long value) => Varint((ulong)((value << 1) ^ (value >> 63)));

    public void Text(string text)
    {
        int bytes = Encoding.UTF8.GetByteCount(text);
        Count(bytes);
        Encoding.UTF8.GetBytes(text, buffer.GetSpan(Math.Max(1, bytes)));
        buffer.Advance(bytes);
    }

    /// <summary>Numbers with their count before them.</summary>
    public void Doubles(ReadOnlySpan<double> values)
    {
        Count(values.Length);
        Array(values);
    }

    /// <summary>Numbers as they lie in memory, without a count.</summary>
    public void Array<T>(ReadOnlySpan<T> values)
        where T : unmanaged => buffer.Write(MemoryMarshal.AsBytes(values)); // every machine that this runs on is little-endian

    private void Varint(ulong value)
    {
        Span<byte> span = buffer.GetSpan(10);
        int at = 0;
        for (; value >= 0x80; value >>= 7)
        {
            span[at++] = (byte)(value | 0x80);
        }

        span[at++] = (byte)value;
        buffer.Advance(at);
    }
}
