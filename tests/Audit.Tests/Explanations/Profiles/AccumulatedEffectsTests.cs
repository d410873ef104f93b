using Governance.Audit.Data;
using Governance.Audit.Explanations.Profiles;

namespace Governance.Audit.Tests.Explanations.Profiles;

public sealed class AccumulatedEffectsTests
{
    [Fact]
    public void Of_an_additive_model_are_its_parts_less_their_trapezoid_means()
    {
        GivenProfile given = new(GivenProfile.Random(80, 11, "a", "b"), row => (row[0] * row[0]) - (3 * row[1]));
        ProfileAxis axis = given.Axis("b", 7);

        double[] curve = given.Curve(ProfileKind.Ale, axis);

        double mean = axis.Places.Average(place => -3 * (axis.Numbers![place] + axis.Numbers[place + 1]) / 2);
        for (int point = 0; point < axis.Points; point++)
        {
            Assert.Equal((-3 * axis.Numbers![point]) - mean, curve[point], 1e-10);
        }
    }

    [Fact]
    public void Are_blind_to_what_only_impossible_rows_would_show()
    {
        // Two columns that are always alike: the model is 0 on every possible row, and 100 far from them.
        double[] values = [.. Enumerable.Range(0, 60).Select(i => i / 10.0)];
        Table table = new([new NumberColumn("a", values), new NumberColumn("b", [.. values])]);
        GivenProfile given = new(table, row => Math.Abs(row[0] - row[1]) > 1 ? 100 : row[0]);

        double[] ale = given.Curve(ProfileKind.Ale, given.Axis("a", 20));
        double[] pdp = given.Curve(ProfileKind.Pdp, given.Axis("a", 20));

        Assert.True(ale.Max() - ale.Min() < 7);
        Assert.True(pdp.Max() - pdp.Min() > 10);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(12)]
    public void Follow_the_definition_step_by_step(int points)
    {
        GivenProfile given = new(GivenProfile.Random(90, 12, "a", "b"), row => Math.Sin(row[0] + (2 * row[1])) + (row[0] * row[1]));
        ProfileAxis axis = given.Axis("a", points);
        double[] a = Values(given.Table, "a");
        double[] b = Values(given.Table, "b");
        double[] z = [.. axis.Numbers!];

        double[] expected = new double[z.Length];
        double[] counts = new double[z.Length];
        for (int k = 1; k < z.Length; k++)
        {
            int[] rows = [.. Enumerable.Range(0, a.Length).Where(i => a[i] <= z[k] && (a[i] > z[k - 1] || k == 1))];
            expected[k] = expected[k - 1] + rows.Average(i => given.Of(z[k], b[i]) - given.Of(z[k - 1], b[i]));
            counts[k] = rows.Length;
        }

        double mean = Enumerable.Range(1, z.Length - 1).Sum(k => counts[k] * (expected[k] + expected[k - 1]) / 2) / a.Length;

        Assert.Equal(expected.Select(value => value - mean), given.Curve(ProfileKind.Ale, axis), (x, y) => Math.Abs(x - y) < 1e-10);
    }

    [Fact]
    public void Of_levels_average_the_steps_of_rows_on_both_sides_and_centre_by_their_shares()
    {
        string[] jobs = ["a", "b", "c", "b", "a", "c", "c", "b", "b"];
        double[] ages = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        GivenProfile given = new(
            new Table([TextColumn.Of("job", jobs), new NumberColumn("age", ages)]),
            row => (row[1] * row[3]) + (row[2] * row[3] * row[3]));
        double[] level = [0, 1, 2];
        static double Model(double job, double age) => job switch { 1 => age, 2 => age * age, _ => 0 };

        double[] curve = given.Curve(ProfileKind.Ale, given.Axis("job", order: "level"));

        double[] expected = new double[3];
        for (int k = 1; k < 3; k++)
        {
            int[] rows = [.. Enumerable.Range(0, 9).Where(i => jobs[i][0] - 'a' == k || jobs[i][0] - 'a' == k - 1)];
            expected[k] = expected[k - 1] + rows.Average(i => Model(level[k], ages[i]) - Model(level[k - 1], ages[i]));
        }

        double mean = jobs.Average(job => expected[job[0] - 'a']);
        Assert.Equal(expected.Select(value => value - mean), curve, (x, y) => Math.Abs(x - y) < 1e-10);
    }

    [Fact]
    public void Rows_without_a_value_are_left_out_and_counted()
    {
        GivenProfile given = new(new Table([new NumberColumn("a", [1, 2, double.NaN, 3, 4])]), row => 2 * row[0]);

        ProfileReport report = given.Run(ProfileKind.Ale, [given.Axis("a", 4)]);

        Assert.Equal(1, report.RowsLeftOut);
        Assert.Equal(6, report.Profiles[0].Values[3][0] - report.Profiles[0].Values[0][0], 1e-12);
    }

    [Fact]
    public void Intervals_hold_the_estimate_and_narrow_with_more_rows()
    {
        static double Width(int rows)
        {
            GivenProfile given = new(GivenProfile.Random(rows, 13, "a", "b"), row => row[0] * (1 + row[1]));
            ClassProfile profile = given.Run(ProfileKind.Ale, [given.Axis("a", 5)], resamples: 200).Profiles[0];
            Assert.All(Enumerable.Range(0, 5), point => Assert.InRange(
                profile.Values[point][0], profile.Interval[point][0][0] - 1e-12, profile.Interval[point][0][1] + 1e-12));
            return profile.Interval[4][0][1] - profile.Interval[4][0][0];
        }

        // A hundred times the rows: a tenth of the width, give or take the bootstrap's own noise.
        Assert.InRange(Width(4000) / Width(40), 0.06, 0.16);
    }

    private static double[] Values(Table table, string name) => ((NumberColumn)table.Need(name)).Values.ToArray();
}
