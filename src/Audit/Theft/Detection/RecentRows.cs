using System.Runtime.CompilerServices;

namespace Governance.Audit.Theft.Detection;

/// <summary>The last distinct rows of a stream. Not safe to use from several threads at once.</summary>
/// <param name="most">How many are kept.</param>
/// <param name="size">Dimensions of a whitened row.</param>
/// <param name="width">Features of a row.</param>
internal sealed class RecentRows(int most, int size, int width)
{
    private readonly float[] rows = new float[most * (size + width)]; // a ring, each row whitened and as it was
    private readonly float[] columns = new float[most * size]; // the whitened rows, shape [size, most]: one vectorised look at all of them
    private readonly ulong[] marks = new ulong[most];
    private readonly HashSet<ulong> known = [];

    /// <summary>Rows that were ever kept.</summary>
    public long Kept { get; private set; }

    /// <summary>Rows that are kept now.</summary>
    public int Count => (int)Math.Min(Kept, most);

    private int Stride => size + width;

    /// <summary>Whether a row of these values is among them.</summary>
    public bool Contains(ulong mark) => known.Contains(mark);

    /// <summary>Keeps a row, in place of the oldest.</summary>
    public void Keep(WatchedRow row)
    {
        int place = (int)(Kept % most);
        if (Kept >= most)
        {
            known.Remove(marks[place]);
        }

        marks[place] = row.Mark;
        known.Add(row.Mark);
        row.Whitened.CopyTo(rows.AsSpan(place * Stride));
        row.Raw.CopyTo(rows.AsSpan((place * Stride) + size));
        Turn(place);
        Kept++;
    }

    /// <summary>How near a row is to the nearest of the last ones: see <see cref="NearestRows.Nearness"/>.</summary>
    /// <param name="row">The row.</param>
    /// <param name="length">How many of the last are looked at, at most <see cref="Count"/>.</param>
    /// <returns>Positive infinity for none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Nearest(WatchedRow row, int length)
    {
        Span<float> distances = stackalloc float[most];
        NearestRows.Distances(row.Whitened, columns, distances);
        double nearest = double.PositiveInfinity;
        for (int back = 1; back <= length; back++)
        {
            int place = (int)((Kept - back) % most);
            if (distances[place] * (1 - NearestRows.Slack) >= nearest)
            {
                continue; // the exact figure is never below the distance
            }

            ReadOnlySpan<float> before = rows.AsSpan(place * Stride, Stride);
            nearest = Math.Min(nearest, NearestRows.Nearness(row.Whitened, row.Raw, before[..size], before[size..], nearest));
        }

        return nearest;
    }

    /// <summary>Writes marks and rows.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.WriteAll<ulong>(marks.AsSpan(0, Count));
        writer.WriteAll<float>(rows.AsSpan(0, Count * Stride));
    }

    /// <summary>Reads what <see cref="Write"/> wrote, into an empty history.</summary>
    /// <param name="reader">The bytes.</param>
    /// <param name="kept">The <see cref="Kept"/> of that time.</param>
    public void Read(BinaryReader reader, long kept)
    {
        Kept = kept;
        reader.ReadAll<ulong>().CopyTo(marks, 0);
        reader.ReadFloats().CopyTo(rows, 0);
        known.UnionWith(marks.AsSpan(0, Count).ToArray());
        for (int place = 0; place < Count; place++)
        {
            Turn(place);
        }
    }

    private void Turn(int place)
    {
        for (int i = 0; i < size; i++)
        {
            columns[(i * most) + place] = rows[(place * Stride) + i];
        }
    }
}
