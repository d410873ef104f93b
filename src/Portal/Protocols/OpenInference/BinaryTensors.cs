using System.Buffers.Binary;
using System.Text;
using Governance.Audit.Data;

namespace Governance.Portal.Protocols.OpenInference;

/// <summary>Tensors as bytes: little-endian, row-major; elements of BYTES behind their length.</summary>
internal static class BinaryTensors
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads elements.</summary>
    /// <param name="bytes">Exactly theirs.</param>
    /// <param name="name">Of the tensor, for sentences.</param>
    /// <param name="type">Of the elements.</param>
    /// <param name="count">How many the shape says.</param>
    /// <returns>bool[], long[], float[], double[] or string[].</returns>
    /// <exception cref="InputException">The bytes are more or fewer, or an element cannot be held.</exception>
    public static Array Read(ReadOnlySpan<byte> bytes, string name, string type, int count)
    {
        if (type == TensorType.Bytes)
        {
            return Texts(bytes, name, count);
        }

        int size = TensorType.SizeOf(type);
        if (bytes.Length != (long)count * size)
        {
            throw new InputException($"The input '{name}' has {bytes.Length} bytes; {count} elements of {type} have {(long)count * size}.");
        }

        switch (type)
        {
            case "BOOL":
                bool[] flags = new bool[count];
                for (int at = 0; at < count; at++)
                {
                    flags[at] = bytes[at] <= 1 ? bytes[at] == 1 : throw new InputException($"The input '{name}' holds the byte {bytes[at]}, which is no BOOL.");
                }

                return flags;
            case "FP64":
                double[] doubles = new double[count];
                for (int at = 0; at < count; at++)
                {
                    doubles[at] = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(at * size)..]);
                }

                return doubles;
            case "FP32" or "FP16" or "BF16":
                float[] floats = new float[count];
                for (int at = 0; at < count; at++)
                {
                    ReadOnlySpan<byte> own = bytes[(at * size)..];
                    floats[at] = type == "FP32" ? BinaryPrimitives.ReadSingleLittleEndian(own)
                        : type == "FP16" ? (float)BinaryPrimitives.ReadHalfLittleEndian(own)
                        : BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(own) << 16);
                }

                return floats;
            default:
                long[] longs = new long[count];
                for (int at = 0; at < count; at++)
                {
                    longs[at] = Whole(bytes[(at * size)..], name, type);
                }

                return longs;
        }
    }

    /// <summary>Writes texts, each behind its length.</summary>
    public static byte[] Write(IEnumerable<string> texts)
    {
        using MemoryStream stream = new();
        Span<byte> length = stackalloc byte[4];
        foreach (string text in texts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            stream.Write(length);
            stream.Write(bytes);
        }

        return stream.ToArray();
    }

    private static long Whole(ReadOnlySpan<byte> bytes, string name, string type) => type switch
    {
        "UINT8" => bytes[0],
        "INT8" => (sbyte)bytes[0],
        "UINT16" => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        "INT16" => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        "UINT32" => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        "INT32" => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        "INT64" => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        _ => BinaryPrimitives.ReadUInt64LittleEndian(bytes) is <= long.MaxValue and ulong number
            ? (long)number
            : throw new InputException($"The input '{name}' holds a {type} above {long.MaxValue}, which no model here takes."),
    };

    private static string[] Texts(ReadOnlySpan<byte> bytes, string name, int count)
    {
        List<string> texts = new(Math.Min(count, bytes.Length / 4));
        while (bytes.Length >= 4 && texts.Count < count)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            if (length > bytes.Length - 4)
            {
                throw new InputException($"The input '{name}' has an element of {length} bytes; {bytes.Length - 4} are left.");
            }

            try
            {
                texts.Add(Strict.GetString(bytes.Slice(4, (int)length)));
            }
            catch (DecoderFallbackException fault)
            {
                throw new InputException($"The input '{name}' has an element that is no UTF-8 text.", fault);
            }

            bytes = bytes[(4 + (int)length)..];
        }

        return texts.Count == count && bytes.IsEmpty
            ? [.. texts]
            : throw new InputException($"The bytes of the input '{name}' hold {(bytes.IsEmpty ? texts.Count : $"more than {texts.Count}")} elements; its shape says {count}.");
    }
}
