using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Governance.Audit.Inference;

namespace Governance.Audit.Encodings;

/// <summary>Chance that does not change: a number in [0, 1) for a row, by a keyed hash of exactly what the model reads of it.</summary>
/// <remarks>
/// HMAC-SHA256 under the key's UTF-8 over the row's elements, input by input: numbers as their little-endian bytes, texts
/// as UTF-8 after their length; the first 53 bits of it. Like a fresh draw for other rows, the same for the same row.
/// </remarks>
/// <param name="key">Any text.</param>
public sealed class RowDraws(string key)
{
    private readonly byte[] key = Encoding.UTF8.GetBytes(key);

    /// <summary>The draw of a row, uniform in [0, 1) in steps of 2^-53 over keys and rows.</summary>
    /// <param name="batch">Rows as the model reads them.</param>
    /// <param name="row">In [0, rows).</param>
    public double Of(InputBatch batch, int row)
    {
        using IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        foreach (InputTensor tensor in batch.Tensors)
        {
            Append(hash, tensor, row);
        }

        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        return (BinaryPrimitives.ReadUInt64BigEndian(digest) >> 11) * (1.0 / (1UL << 53));
    }

    private static void Append(IncrementalHash hash, InputTensor tensor, int row)
    {
        int start = row * tensor.Width;
        switch (tensor.Values)
        {
            case string[] texts:
                Span<byte> length = stackalloc byte[4];
                foreach (string text in texts.AsSpan(start, tensor.Width))
                {
                    byte[] bytes = Encoding.UTF8.GetBytes(text);
                    BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
                    hash.AppendData(length);
                    hash.AppendData(bytes);
                }

                break;
            case float[] values:
                AppendNumbers<float>(hash, values.AsSpan(start, tensor.Width));
                break;
            case double[] values:
                AppendNumbers<double>(hash, values.AsSpan(start, tensor.Width));
                break;
            case long[] values:
                AppendNumbers<long>(hash, values.AsSpan(start, tensor.Width));
                break;
            case int[] values:
                AppendNumbers<int>(hash, values.AsSpan(start, tensor.Width));
                break;
            default:
                AppendNumbers<bool>(hash, ((bool[])tensor.Values).AsSpan(start, tensor.Width));
                break;
        }
    }

    // Every platform that ONNX Runtime runs on here is little-endian.
    private static void AppendNumbers<T>(IncrementalHash hash, Span<T> values)
        where T : unmanaged => hash.AppendData(MemoryMarshal.AsBytes(values));
}
