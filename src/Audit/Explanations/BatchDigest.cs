using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations;

/// <summary>The SHA-256 of encoded rows, so that a result names the exact reference rows behind it.</summary>
/// <remarks>
/// For each tensor: name, kind, width and rows, then the elements little-endian; text as UTF-8 with its length before
/// it. Weights follow as doubles where there are any.
/// </remarks>
internal static class BatchDigest
{
    /// <summary>Digests rows and their weights.</summary>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Of(InputBatch rows, IReadOnlyList<double>? weights)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (InputTensor tensor in rows.Tensors)
        {
            AddText(hash, tensor.Name);
            AddText(hash, tensor.Kind.ToString());
            AddNumber(hash, tensor.Width);
            AddNumber(hash, tensor.Rows);
            for (int i = 0; i < tensor.Values.Length; i++)
            {
                AddElement(hash, tensor.Values, i);
            }
        }

        foreach (double weight in weights ?? [])
        {
            AddNumber(hash, BitConverter.DoubleToInt64Bits(weight));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AddElement(IncrementalHash hash, Array values, int at)
    {
        if (values is string[] texts)
        {
            AddText(hash, texts[at]);
        }
        else
        {
            AddNumber(hash, ElementBits.Bits(values, at));
        }
    }

    private static void AddText(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        AddNumber(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void AddNumber(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
