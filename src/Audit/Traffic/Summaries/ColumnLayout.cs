using System.Globalization;
using Governance.Audit.Traffic.Chunks;

namespace Governance.Audit.Traffic.Summaries;

/// <summary>How a column is counted. Fixed when a deployment meets it first, so that all that is counted later merges.</summary>
public sealed class ColumnLayout
{
    /// <summary>The most levels that are taken over from the reference: the most frequent.</summary>
    public const int MostLevels = 200;

    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    internal ColumnLayout(string name, SummaryRole role, bool isNumber, bool isGroup, bool counts, double[] edges, string[] levels)
    {
        Name = name;
        Role = role;
        IsNumber = isNumber;
        IsGroup = isGroup;
        Counts = counts;
        EdgeArray = edges;
        Levels = levels;
        for (int i = 0; i < levels.Length; i++)
        {
            places[levels[i]] = i;
        }
    }

    /// <summary>The column's name; of a score the class.</summary>
    public string Name { get; }

    public SummaryRole Role { get; }

    /// <summary>Whether it is counted as numbers.</summary>
    public bool IsNumber { get; }

    /// <summary>Whether it is protected, so that decisions are counted by its groups.</summary>
    public bool IsGroup { get; }

    /// <summary>Whether only cells with and without a value are counted: it names persons, or is free text.</summary>
    public bool Counts { get; }

    /// <summary>Inner edges of the bins.</summary>
    public IReadOnlyList<double> Edges => EdgeArray;

    /// <summary>The levels of the reference, the most frequent first.</summary>
    public IReadOnlyList<string> Levels { get; }

    internal double[] EdgeArray { get; }

    /// <summary>The place of a level of the reference; -1 where it has none.</summary>
    internal int IndexOf(string level) => places.TryGetValue(level, out int place) ? place : -1;

    /// <summary>The bin of a number: how many edges lie at or below it.</summary>
    internal static int BinOf(double[] edges, double value)
    {
        int low = 0;
        int high = edges.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (edges[middle] <= value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>A bin in words, such as "[30, 45)".</summary>
    internal string BinName(int bin) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(bin == 0 ? "(-∞" : $"[{EdgeArray[bin - 1]:0.####}")}, {(bin == EdgeArray.Length ? "∞" : $"{EdgeArray[bin]:0.####}")})");

    internal void Write(ByteSink sink)
    {
        sink.Text(Name);
        sink.Byte((byte)Role);
        sink.Byte((byte)((IsNumber ? 1 : 0) | (IsGroup ? 2 : 0) | (Counts ? 4 : 0)));
        sink.Doubles(EdgeArray);
        sink.Count(Levels.Count);
        foreach (string level in Levels)
        {
            sink.Text(level);
        }
    }

    internal static ColumnLayout Read(ref ByteSource source)
    {
        string name = source.Text();
        SummaryRole role = (SummaryRole)source.Byte();
        int flags = source.Byte();
        double[] edges = source.Doubles();
        string[] levels = new string[source.Count()];
        for (int i = 0; i < levels.Length; i++)
        {
            levels[i] = source.Text();
        }

        return new ColumnLayout(name, role, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, edges, levels);
    }
}
