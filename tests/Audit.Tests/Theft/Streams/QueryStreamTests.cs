using Governance.Audit.Tests.Theft.Detection;
using Governance.Audit.Theft.Streams;

namespace Governance.Audit.Tests.Theft.Streams;

public sealed class QueryStreamTests
{
    private static readonly RowSpace Space = RowSpace.Of(DrawnReference.Rows(400, 1), DrawnReference.Width, DrawnReference.Columns);

    public static TheoryData<string> Strategies => [.. ThiefStrategies.All.Select(strategy => strategy.Name)];

    [Fact]
    public void A_space_learns_numbers_grids_and_choices()
    {
        Assert.True(Space.Columns[0] is { IsNumber: true, Step: 0 });
        Assert.Equal((1, 0f, 11f), (Space.Columns[2].Step, Space.Columns[2].Least, Space.Columns[2].Most));
        Assert.Equal(3, Space.Columns[3].Choices!.Length);
        Assert.All(Space.Columns[3].Choices!, choice => Assert.Equal(1, choice.Sum()));
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void Asks_legal_rows_only(string strategy)
    {
        QueryStream stream = ThiefStrategies.Named(strategy)(Space, 5);
        foreach (float[] row in Drawn(stream, 300))
        {
            foreach (RowColumn column in Space.Columns)
            {
                float[] cell = [.. column.Features.Select(feature => row[feature])];
                Assert.True(column.IsNumber
                    ? float.IsNaN(cell[0]) || (cell[0] >= column.Least && cell[0] <= column.Most && (column.Step != 1 || cell[0] == MathF.Round(cell[0])))
                    : column.Choices!.Any(choice => choice.SequenceEqual(cell)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void The_same_seed_asks_the_same_rows(string strategy) => Assert.Equal(
        Drawn(ThiefStrategies.Named(strategy)(Space, 5), 200), Drawn(ThiefStrategies.Named(strategy)(Space, 5), 200));

    [Fact]
    public void A_line_search_halves_its_way_to_the_boundary()
    {
        // One number, positive from 0.3 on.
        RowSpace line = RowSpace.Of([0, 0.123f, 0.777f, 1], 1);
        LineSearchRows search = new(new OwnRows(line, 1), 1);
        float[] row = new float[1];
        float nearest = float.PositiveInfinity;
        for (int query = 0; query < 16; query++)
        {
            search.Draw(row);
            search.Learn(row[0] >= 0.3 ? 1 : 0);
            nearest = Math.Min(nearest, Math.Abs(row[0] - 0.3f));
        }

        Assert.InRange(nearest, 0, 0.002); // the grid of these values is a thousandth
    }

    [Fact]
    public void Axis_steps_change_one_column_at_a_time()
    {
        AxisRows axis = new(Space, 2);
        float[][] rows = Drawn(axis, 1 + Space.Columns.Count);
        for (int step = 1; step < rows.Length; step++)
        {
            int changed = Space.Columns.Count(column => column.Features.Any(feature => !rows[step][feature].Equals(rows[0][feature])));
            Assert.InRange(changed, 0, 1);
        }
    }

    private static float[][] Drawn(QueryStream stream, int count)
    {
        float[][] rows = new float[count][];
        float[] row = new float[stream.Space.Width];
        for (int i = 0; i < count; i++)
        {
            stream.Draw(row);
            stream.Learn(row[0] > 1.7 ? 0.9 : 0.1);
            rows[i] = [.. row];
        }

        return rows;
    }
}
