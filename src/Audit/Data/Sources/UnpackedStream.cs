namespace Governance.Audit.Data.Sources;

/// <summary>What may come out of an archive: counted as it comes out, because the size that an archive declares may be a lie.</summary>
/// <param name="name">What the archive is called in sentences, such as "gzip file".</param>
/// <param name="packed">The packed bytes taken in so far.</param>
/// <param name="limits">The ratio and the total.</param>
internal sealed class UnpackBudget(string name, Func<long> packed, DataLimits limits)
{
    private long total;

    /// <summary>What the archive is called in sentences.</summary>
    public string Name => name;

    /// <summary>Takes back what a content gave that is now read again from its beginning.</summary>
    public void Forget(long bytes) => total -= bytes;

    /// <summary>Counts bytes that came out.</summary>
    /// <exception cref="InputException">They are too many.</exception>
    public void Count(int bytes)
    {
        total += bytes;
        if (total > limits.Bytes)
        {
            throw new InputException($"The {name} unpacks to more than {limits.Bytes:N0} bytes.") { Line = 1 };
        }

        if (total > limits.FreeBytes && total > limits.PackedRatio * packed())
        {
            throw new InputException($"The {name} unpacks to more than {limits.PackedRatio} times its size; it is refused as a bomb.") { Line = 1 };
        }
    }

    /// <summary>A refusal of an archive that does not hold what it says.</summary>
    public InputException Damaged(Exception? inner = null) => inner is null
        ? new InputException($"The {name} is damaged or cut short.") { Line = 1 }
        : new InputException($"The {name} is damaged or cut short.", inner) { Line = 1 };
}

/// <summary>Unpacked bytes: counted, and at their end compared with the checksum that the archive gives.</summary>
/// <param name="inner">The unpacking stream; disposed.</param>
/// <param name="budget">Counts.</param>
/// <param name="isWhole">Whether this checksum and length are those of the archive; asked once, at the end.</param>
internal sealed class UnpackedStream(Stream inner, UnpackBudget budget, Func<uint, long, bool> isWhole) : ForwardStream
{
    private Crc32 checksum;
    private bool ended;

    /// <summary>The bytes that came out so far.</summary>
    public long Given { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        if (ended || buffer.IsEmpty)
        {
            return 0;
        }

        int got;
        try
        {
            got = inner.Read(buffer);
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException)
        {
            throw budget.Damaged(fault);
        }

        budget.Count(got);
        checksum.Add(buffer[..got]);
        Given += got;
        ended = got == 0;
        return !ended || isWhole(checksum.Value, Given) ? got : throw budget.Damaged();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
