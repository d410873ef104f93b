using Governance.Audit.Explanations;

namespace Governance.Audit.Theft.Streams;

/// <summary>Rows around the middle of the data, close together: equations for a linear model, at places where it is steepest.</summary>
/// <remarks>Numbers are the mean plus a normal step of a tenth of the standard deviation, choices the most frequent one, nine times in ten.</remarks>
public sealed class CloudRows : QueryStream
{
    private const double Spread = 0.1;
    private const double Usual = 0.9;

    private readonly double[] means;
    private readonly double[] deviations;
    private readonly float[] middle;
    private SeededRandom random;

    /// <summary>Starts the stream.</summary>
    /// <param name="space">What is legal; the middle is that of its rows.</param>
    /// <param name="seed">Of the steps.</param>
    public CloudRows(RowSpace space, int seed)
        : base(space)
    {
        random = new SeededRandom(seed, 24);
        means = new double[space.Width];
        deviations = new double[space.Width];
        middle = new float[space.Width];
        foreach (RowColumn column in space.Columns)
        {
            int feature = column.Features[0];
            if (column.IsNumber)
            {
                double[] seen = [.. Enumerable.Range(0, space.Count).Select(row => (double)space.Row(row)[feature]).Where(value => !double.IsNaN(value))];
                means[feature] = seen.Average();
                deviations[feature] = Math.Sqrt(seen.Average(value => (value - means[feature]) * (value - means[feature])));
                middle[feature] = column.Legal(means[feature]);
            }
            else
            {
                int usual = Enumerable.Range(0, space.Count)
                    .GroupBy(row => string.Join(' ', column.Features.Select(one => Space.Row(row)[one])), StringComparer.Ordinal)
                    .OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal).First().First();
                column.Copy(space.Row(usual), middle);
            }
        }
    }

    /// <inheritdoc/>
    public override void Draw(Span<float> row)
    {
        middle.CopyTo(row);
        foreach (RowColumn column in Space.Columns)
        {
            if (column.IsNumber)
            {
                int feature = column.Features[0];
                row[feature] = column.Legal(means[feature] + (Spread * deviations[feature] * NormalDraw.Next(ref random)));
            }
            else if (random.NextDouble() > Usual)
            {
                column.Draw(row, ref random);
            }
        }
    }
}
