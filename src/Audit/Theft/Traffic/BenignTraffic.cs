using Governance.Audit.Explanations;
using Governance.Audit.Theft.Streams;

namespace Governance.Audit.Theft.Traffic;

/// <summary>Distinct legal rows like the given ones, as many as are asked for: what honest people would send.</summary>
/// <remarks>
/// A local bootstrap: each given row in turn, in a new random order each round, with about half of its numbers taken from
/// one of its <see cref="Neighbours"/> nearest rows, a neighbour a cell. So numbers keep their values, grid and heaps,
/// choices stay as they are, and what depends on each other nearby goes on doing so. Rows given or made before are not
/// made again. Whether the result can be told from real rows is tested by <see cref="TwoSampleTest"/>. O(rows · columns)
/// for the first row made of a given one, then O(columns).
/// </remarks>
public sealed class BenignTraffic : QueryStream
{
    /// <summary>How many rows lend their numbers.</summary>
    public const int Neighbours = 10;

    private const int MostTries = 200;

    private readonly RowColumn[] numbers;
    private readonly double[] scales; // per column: what counts as one step away
    private readonly int[] order;
    private readonly int[]?[] near;
    private readonly HashSet<string> made = new(StringComparer.Ordinal);
    private SeededRandom random;
    private int at;

    /// <summary>Starts the stream.</summary>
    /// <param name="space">The rows that it is made from, at least two.</param>
    /// <param name="seed">Of order and cells.</param>
    public BenignTraffic(RowSpace space, int seed)
        : base(space)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(space.Count, 2, nameof(space));
        random = new SeededRandom(seed, 31);
        numbers = [.. space.Columns.Where(column => column.IsNumber && column.Most > column.Least)];
        scales = [.. space.Columns.Select(column => Scale(space, column))];
        order = [.. Enumerable.Range(0, space.Count)];
        near = new int[]?[space.Count];
    }

    /// <summary>Writes the next row.</summary>
    /// <param name="row">Shape [width], overwritten.</param>
    /// <exception cref="InvalidOperationException">No further distinct row was found.</exception>
    public override void Draw(Span<float> row)
    {
        for (int attempt = 0; attempt < MostTries; attempt++)
        {
            int place = at % order.Length;
            int other = place + random.NextBelow(order.Length - place);
            (order[place], order[other]) = (order[other], order[place]);
            at++;
            Make(order[place], row);
            if (made.Add(string.Join(' ', row.ToArray())))
            {
                return;
            }
        }

        throw new InvalidOperationException("The rows have too few numbers for so many distinct ones.");
    }

    private void Make(int from, Span<float> row)
    {
        Space.Row(from).CopyTo(row);
        if (numbers.Length == 0)
        {
            return;
        }

        int[] lenders = near[from] ??= Nearest(from);
        int sure = random.NextBelow(numbers.Length);
        for (int i = 0; i < numbers.Length; i++)
        {
            if (i == sure || random.NextDouble() < 0.5)
            {
                numbers[i].Copy(Space.Row(lenders[random.NextBelow(lenders.Length)]), row);
            }
        }
    }

    private int[] Nearest(int from)
    {
        int count = Math.Min(Neighbours, Space.Count - 1);
        int[] nearest = new int[count];
        double[] distances = [.. Enumerable.Repeat(double.PositiveInfinity, count)];
        ReadOnlySpan<float> own = Space.Row(from);
        for (int row = 0; row < Space.Count; row++)
        {
            double distance = row == from ? double.PositiveInfinity : Distance(own, Space.Row(row), distances[^1]);
            if (distance < distances[^1])
            {
                int place = Array.BinarySearch(distances, distance);
                place = place < 0 ? ~place : place;
                Array.Copy(distances, place, distances, place + 1, count - place - 1);
                Array.Copy(nearest, place, nearest, place + 1, count - place - 1);
                (distances[place], nearest[place]) = (distance, row);
            }
        }

        return nearest;
    }

    private double Distance(ReadOnlySpan<float> own, ReadOnlySpan<float> row, double enough)
    {
        double sum = 0;
        for (int i = 0; i < scales.Length && sum < enough; i++)
        {
            RowColumn column = Space.Columns[i];
            int feature = column.Features[0];
            if (column.IsNumber)
            {
                double step = (own[feature] - (double)row[feature]) / scales[i];
                sum += double.IsNaN(step) ? (float.IsNaN(own[feature]) == float.IsNaN(row[feature]) ? 0 : 1) : step * step;
                continue;
            }

            foreach (int one in column.Features)
            {
                if (own[one] != row[one])
                {
                    sum += 1;
                    break;
                }
            }
        }

        return sum;
    }

    private static double Scale(RowSpace space, RowColumn column)
    {
        if (!column.IsNumber)
        {
            return 1;
        }

        double[] seen = [.. Enumerable.Range(0, space.Count).Select(row => (double)space.Row(row)[column.Features[0]]).Where(value => !double.IsNaN(value))];
        double mean = seen.Average();
        double deviation = Math.Sqrt(seen.Average(value => (value - mean) * (value - mean)));
        return deviation > 0 ? deviation : 1;
    }
}
