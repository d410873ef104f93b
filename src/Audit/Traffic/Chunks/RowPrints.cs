using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Governance.Audit.Data;

namespace Governance.Audit.Traffic.Chunks;

/// <summary>Keyed 64-bit digests of rows: of their ids, and of what they say.</summary>
/// <remarks>
/// Under a secret of the installation, so that a sender cannot aim at collisions. By chance two of ten million ids share one with
/// a probability of 3 in a million; the later row would then be told as a conflict, not lost in silence.
/// </remarks>
/// <param name="Ids">Shape [rows].</param>
/// <param name="Contents">Shape [rows]: of time, cells, scores and decision, whatever their order; not of the latency.</param>
internal sealed record RowPrints(ulong[] Ids, ulong[] Contents)
{
    /// <summary>Digests a batch.</summary>
    public static RowPrints Of(TrafficBatch batch, PrintKey key)
    {
        ulong[] ids = key.OfIds(batch.Ids);
        ulong[] contents = new ulong[ids.Length];
        for (int row = 0; row < contents.Length; row++)
        {
            contents[row] = key.Mix(key.First, (ulong)DayRows.MicrosOf(batch.Times[row]));
        }

        foreach (Column column in batch.Columns?.Columns ?? [])
        {
            Add(key, contents, key.Of("column " + column.Name), column);
        }

        foreach (ScoreColumn score in batch.Scores)
        {
            Add(key, contents, key.Of("score " + score.Class), score.Values);
        }

        if (batch.Decisions is not null)
        {
            Add(key, contents, key.Of("decision"), batch.Decisions);
        }

        return new RowPrints(ids, contents);
    }

    private static void Add(PrintKey key, ulong[] contents, ulong name, Column column)
    {
        if (column is NumberColumn numbers)
        {
            Add(key, contents, name, numbers.Values);
            return;
        }

        TextColumn text = (TextColumn)column;
        ulong[] levels = [.. text.Levels.Select(level => key.Mix(name, key.Of(level)))];
        ReadOnlySpan<int> codes = text.Codes;
        for (int row = 0; row < contents.Length; row++)
        {
            contents[row] += codes[row] < 0 ? 0 : levels[codes[row]];
        }
    }

    private static void Add(PrintKey key, ulong[] contents, ulong name, ReadOnlySpan<double> values)
    {
        for (int row = 0; row < contents.Length; row++)
        {
            contents[row] += double.IsNaN(values[row]) ? 0 : key.Mix(name, (ulong)BitConverter.DoubleToInt64Bits(values[row] + 0.0));
        }
    }
}

/// <summary>The secret of the digests of rows.</summary>
internal sealed class PrintKey
{
    private readonly ulong second;
    private readonly ulong third;

    /// <summary>Takes the secret.</summary>
    /// <param name="secret">24 random bytes, the same for as long as traffic is kept.</param>
    public PrintKey(ReadOnlySpan<byte> secret)
    {
        First = BinaryPrimitives.ReadUInt64LittleEndian(secret) | 1;
        second = BinaryPrimitives.ReadUInt64LittleEndian(secret[8..]) | 1;
        third = BinaryPrimitives.ReadUInt64LittleEndian(secret[16..]) | 1;
    }

    public ulong First { get; }

    public ulong[] OfIds(IReadOnlyList<string> ids)
    {
        ulong[] prints = new ulong[ids.Count];
        for (int row = 0; row < prints.Length; row++)
        {
            prints[row] = Of(ids[row]);
        }

        return prints;
    }

    /// <summary>The digest of a text. Never 0, which stands for an empty place in tables.</summary>
    public ulong Of(string text)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(text.AsSpan());
        ulong hash = Fold(First ^ (ulong)bytes.Length, second);
        for (; bytes.Length > 8; bytes = bytes[8..])
        {
            hash = Fold(hash ^ MemoryMarshal.Read<ulong>(bytes), third);
        }

        Span<byte> last = stackalloc byte[8];
        bytes.CopyTo(last);
        hash = Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(last), second);
        return hash == 0 ? 1 : hash;
    }

    /// <summary>Two words to one.</summary>
    public ulong Mix(ulong left, ulong right) => Fold(left ^ third, right ^ second);

    // Both halves of the product, as wyhash does.
    private static ulong Fold(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }
}
