using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Governance.Audit.Traffic.Chunks;

/// <summary>Reads what <see cref="ByteSink"/> wrote. The bytes come from the store, which has checked every one of them.</summary>
internal ref struct ByteSource(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private int at;

    public byte Byte() => bytes[at++];

    public ReadOnlySpan<byte> Bytes(int count)
    {
        ReadOnlySpan<byte> read = bytes.Slice(at, count);
        at += count;
        return read;
    }

    public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(8));

    public ulong Ulong() => (ulong)Long();

    public double Double() => BitConverter.Int64BitsToDouble(Long());

    public int Count() => checked((int)Varint());

    public long LongCount() => checked((long)Varint());

    public long Small()
    {
        ulong value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public string Text() => Encoding.UTF8.GetString(Bytes(Count()));

    public double[] Doubles() => Array<double>(Count());

    public T[] Array<T>(int count)
        where T : unmanaged
    {
        T[] values = new T[count];
        Span<byte> room = MemoryMarshal.AsBytes(values.AsSpan());
        Bytes(room.Length).CopyTo(room);
        return values;
    }

    /// <summary>What was not read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest() => bytes[at..];

    public void Skip(int count) => at += count;

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
