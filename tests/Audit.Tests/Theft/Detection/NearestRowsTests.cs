using Governance.Audit.Explanations;
using Governance.Audit.Theft.Detection;

namespace Governance.Audit.Tests.Theft.Detection;

public sealed class NearestRowsTests
{
    // The scalar twin: every distance by itself, in double. Floats of this size keep six digits.
    [Theory]
    [InlineData(3, 1)]
    [InlineData(17, 13)]
    [InlineData(1_500, 64)]
    [InlineData(2_100, 5)]
    public void The_three_nearest_are_those_of_looking_at_each_row(int count, int size)
    {
        SeededRandom random = new(8, count);
        float[] rows = new float[count * size];
        float[] row = new float[size];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = (float)((10 * random.NextDouble()) - 5);
        }

        for (int i = 0; i < size; i++)
        {
            row[i] = (float)((10 * random.NextDouble()) - 5);
        }

        double[] distances = [.. Enumerable.Range(0, count)
            .Select(other => Math.Sqrt(Enumerable.Range(0, size).Sum(i => Math.Pow((double)row[i] - rows[(other * size) + i], 2)))).Order().Take(3)];

        Assert.Equal(distances.Average(), NearestRows.MeanOfThree(row, NearestRows.Columns(rows, size)), 1e-5 * (1 + distances[2]));
    }

    [Fact]
    public void A_row_that_is_there_thrice_is_at_no_distance()
    {
        float[] rows = [1, 2, 1, 2, 9, 9, 1, 2];

        Assert.Equal(0, NearestRows.MeanOfThree([1, 2], NearestRows.Columns(rows, 2)));
        Assert.Equal([1, 1, 9, 1, 2, 2, 9, 2], NearestRows.Columns(rows, 2));
    }
}
