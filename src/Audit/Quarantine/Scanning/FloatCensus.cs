using System.Numerics;
using System.Runtime.InteropServices;

namespace Governance.Audit.Quarantine.Scanning;

/// <summary>Counts numbers and those of them that are NaN or infinite, without keeping any but the first.</summary>
internal sealed class FloatCensus
{
    private readonly List<double> first = [];

    /// <summary>How many numbers there are.</summary>
    public long Count { get; private set; }

    public long NaNs { get; private set; }

    public long Infinities { get; private set; }

    /// <summary>Whether, beside infinities, a finite number other than 0 and 1 was seen: then it is no mask.</summary>
    public bool HasOrdinary { get; private set; }

    /// <summary>All numbers; null where there are more than <see cref="IntegerList.Kept"/>.</summary>
    public double[]? All => Count <= IntegerList.Kept ? [.. first] : null;

    public void Add(double value)
    {
        Count++;
        if (Count <= IntegerList.Kept)
        {
            first.Add(value);
        }

        if (double.IsNaN(value))
        {
            NaNs++;
        }
        else if (double.IsInfinity(value))
        {
            Infinities++;
        }
        else
        {
            HasOrdinary |= value is not (0 or 1);
        }
    }

    /// <summary>Adds little-endian floats.</summary>
    public void AddFloats(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<uint> bits = MemoryMarshal.Cast<byte, uint>(bytes);
        if (Count + bits.Length <= IntegerList.Kept || AnyExponentIsFull<uint>(bits, 0x7F80_0000))
        {
            foreach (uint number in bits)
            {
                Add(BitConverter.UInt32BitsToSingle(number));
            }

            return;
        }

        Count += bits.Length;
        HasOrdinary = true;
    }

    /// <summary>Adds little-endian doubles.</summary>
    public void AddDoubles(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> bits = MemoryMarshal.Cast<byte, ulong>(bytes);
        if (Count + bits.Length <= IntegerList.Kept || AnyExponentIsFull<ulong>(bits, 0x7FF0_0000_0000_0000))
        {
            foreach (ulong number in bits)
            {
                Add(BitConverter.UInt64BitsToDouble(number));
            }

            return;
        }

        Count += bits.Length;
        HasOrdinary = true;
    }

    /// <summary>Adds little-endian numbers of 16 bits.</summary>
    public void AddHalves(ReadOnlySpan<byte> bytes, bool brain)
    {
        foreach (ushort bits in MemoryMarshal.Cast<byte, ushort>(bytes))
        {
            AddHalf(bits, brain);
        }
    }

    /// <summary>Adds one number of 16 bits: IEEE half, or the upper half of a float.</summary>
    public void AddHalf(ushort bits, bool brain) =>
        Add(brain ? BitConverter.UInt32BitsToSingle((uint)bits << 16) : (double)BitConverter.UInt16BitsToHalf(bits));

    private static bool AnyExponentIsFull<T>(ReadOnlySpan<T> bits, T exponent)
        where T : unmanaged, IBinaryInteger<T>
    {
        Vector<T> mask = new(exponent);
        ReadOnlySpan<Vector<T>> blocks = MemoryMarshal.Cast<T, Vector<T>>(bits);
        foreach (Vector<T> block in blocks)
        {
            if (Vector.EqualsAny(block & mask, mask))
            {
                return true;
            }
        }

        foreach (T number in bits[(blocks.Length * Vector<T>.Count)..])
        {
            if ((number & exponent) == exponent)
            {
                return true;
            }
        }

        return false;
    }
}
