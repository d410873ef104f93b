namespace Governance.Audit.Quarantine.Scanning;

/// <summary>A list of whole numbers of any length in a fixed space: how many, the smallest, the largest, the first ones.</summary>
internal sealed class IntegerList
{
    /// <summary>The most numbers kept: more than any shape has dimensions.</summary>
    public const int Kept = 64;

    private readonly List<double> first = [];

    public long Count { get; private set; }

    /// <summary>The smallest; <see cref="long.MaxValue"/> for none.</summary>
    public long Min { get; private set; } = long.MaxValue;

    /// <summary>The largest; <see cref="long.MinValue"/> for none.</summary>
    public long Max { get; private set; } = long.MinValue;

    /// <summary>All numbers, exact up to 2^53; null where there are more than <see cref="Kept"/>.</summary>
    public double[]? All => Count <= Kept ? [.. first] : null;

    /// <summary>The product of all numbers, exact up to 2^53: 1 for none, 0 where one is 0, infinite where there are more than are kept.</summary>
    public double Product => Min == 0 || Max == 0 ? 0 : All?.Aggregate(1.0, (product, number) => product * number) ?? double.PositiveInfinity;

    public void Add(long value)
    {
        Count++;
        Min = Math.Min(Min, value);
        Max = Math.Max(Max, value);
        if (Count <= Kept)
        {
            first.Add(value);
        }
    }
}
