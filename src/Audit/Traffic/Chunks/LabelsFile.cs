namespace Governance.Audit.Traffic.Chunks;

/// <summary>Labels as the bytes of a file.</summary>
/// <param name="Prints">Shape [labels]: keyed digests of the rows' ids.</param>
/// <param name="Labels">Shape [labels].</param>
/// <param name="KnownAt">Shape [labels]: microseconds since year 1, UTC.</param>
internal sealed record LabelsFile(ulong[] Prints, string[] Labels, long[] KnownAt)
{
    private static ReadOnlySpan<byte> Magic => "GOVLAB1\n"u8;

    /// <summary>How many.</summary>
    public int Count => Prints.Length;

    /// <summary>Writes them. Ids stand there by digest alone: whoever needs them has the rows.</summary>
    /// <param name="chunk">The chunk's id.</param>
    public ReadOnlyMemory<byte> Write(Guid chunk)
    {
        ByteSink sink = new();
        sink.Bytes(Magic);
        sink.Bytes(chunk.ToByteArray());
        sink.Count(Count);
        sink.Array<ulong>(Prints);
        ColumnCodec.Write(sink, Data.TextColumn.Of("label", Labels));
        long before = 0;
        foreach (long time in KnownAt)
        {
            sink.Small(time - before);
            before = time;
        }

        return sink.Written;
    }

    /// <summary>Reads them.</summary>
    public static LabelsFile Read(ReadOnlySpan<byte> bytes)
    {
        ByteSource source = new(bytes);
        if (!source.Bytes(Magic.Length).SequenceEqual(Magic))
        {
            throw new InvalidDataException("This is no file of labels.");
        }

        source.Skip(16);
        int count = source.Count();
        ulong[] prints = source.Array<ulong>(count);
        Data.Column labels = ColumnCodec.Read(ref source, "label", count);
        long[] known = new long[count];
        long time = 0;
        for (int i = 0; i < count; i++)
        {
            known[i] = time += source.Small();
        }

        return new LabelsFile(prints, [.. Enumerable.Range(0, count).Select(i => labels.Text(i)!)], known);
    }

    /// <summary>Some of them, in this order.</summary>
    public LabelsFile Take(IReadOnlyList<int> which) => new(
        [.. which.Select(i => Prints[i])], [.. which.Select(i => Labels[i])], [.. which.Select(i => KnownAt[i])]);
}
