using System.Runtime.InteropServices;

namespace Governance.Audit.Theft.Detection;

/// <summary>Arrays of numbers as bytes: the count and then the values, little-endian.</summary>
internal static class CanonicalArrays
{
    // No array of a calibration or a state comes near this; a damaged file does.
    private const int Most = 1 << 27;

    /// <summary>Writes an array.</summary>
    public static void WriteAll<T>(this BinaryWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values)); // every platform of the runtime that we build for is little-endian
    }

    /// <summary>Writes an array.</summary>
    public static void WriteAll<T>(this BinaryWriter writer, T[] values)
        where T : unmanaged => writer.WriteAll<T>(values.AsSpan());

    /// <summary>Reads an array of doubles.</summary>
    public static double[] ReadDoubles(this BinaryReader reader) => reader.ReadAll<double>();

    /// <summary>Reads an array of floats.</summary>
    public static float[] ReadFloats(this BinaryReader reader) => reader.ReadAll<float>();

    /// <summary>Reads an array of whole numbers.</summary>
    public static int[] ReadInts(this BinaryReader reader) => reader.ReadAll<int>();

    /// <summary>Reads an array.</summary>
    /// <exception cref="InvalidDataException">The bytes do not hold it.</exception>
    public static T[] ReadAll<T>(this BinaryReader reader)
        where T : unmanaged
    {
        int count = reader.ReadInt32();
        if (count is < 0 or > Most)
        {
            throw new InvalidDataException("The bytes hold no such array.");
        }

        T[] values = new T[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
