using Governance.Audit.Data;
using Governance.Audit.Explanations.Profiles;

namespace Governance.Audit.Tests.Explanations.Profiles;

public sealed class AccumulatedPairsTests
{
    [Fact]
    public void Of_an_additive_model_are_zero()
    {
        Table table = new([.. GivenProfile.Random(60, 21, "a", "b").Columns, TextColumn.Of("job", [.. Enumerable.Range(0, 60).Select(i => "xyz"[i % 3].ToString())])]);
        GivenProfile given = new(table, row => Math.Exp(row[0]) + Math.Cos(row[1]) + (5 * row[3]));

        foreach ((string first, string second) in ((string, string)[])[("a", "b"), ("a", "job"), ("job", "b")])
        {
            ProfileReport report = given.Run(ProfileKind.Ale, [given.Axis(first, 5), given.Axis(second, 4)]);

            Assert.All(report.Profiles[0].Values.SelectMany(row => row), value => Assert.Equal(0, value, 1e-10));
        }
    }

    // The authors' reference implementation for two columns of numbers, written out in matrices.
    [Fact]
    public void Follow_the_definition_step_by_step()
    {
        GivenProfile given = new(GivenProfile.Random(400, 22, "a", "b", "c"), row => (row[0] * row[1]) + Math.Sin(row[0] * row[1] * row[2]) + row[0]);
        ProfileAxis[] axes = [given.Axis("a", 5), given.Axis("b", 4)];
        double[][] x = [.. ((string[])["a", "b", "c"]).Select(name => ((NumberColumn)given.Table.Need(name)).Values.ToArray())];
        double[] z1 = [.. axes[0].Numbers!];
        double[] z2 = [.. axes[1].Numbers!];
        int rows = z1.Length - 1;
        int columns = z2.Length - 1;
        double[,] sum = new double[rows, columns];
        double[,] count = new double[rows, columns];
        for (int i = 0; i < 400; i++)
        {
            (int k, int m) = (axes[0].Places[i], axes[1].Places[i]);
            count[k, m]++;
            sum[k, m] += given.Of(z1[k + 1], z2[m + 1], x[2][i]) - given.Of(z1[k + 1], z2[m], x[2][i])
                - given.Of(z1[k], z2[m + 1], x[2][i]) + given.Of(z1[k], z2[m], x[2][i]);
        }

        double[,] f = new double[rows + 1, columns + 1];
        for (int k = 0; k < rows; k++)
        {
            for (int m = 0; m < columns; m++)
            {
                f[k + 1, m + 1] = f[k, m + 1] + f[k + 1, m] - f[k, m] + (sum[k, m] / count[k, m]);
            }
        }

        double[] main1 = new double[rows + 1];
        for (int k = 0; k < rows; k++)
        {
            double change = 0;
            double total = 0;
            for (int m = 0; m < columns; m++)
            {
                change += count[k, m] * (f[k + 1, m] - f[k, m] + f[k + 1, m + 1] - f[k, m + 1]) / 2;
                total += count[k, m];
            }

            main1[k + 1] = main1[k] + (change / total);
        }

        double[] main2 = new double[columns + 1];
        for (int m = 0; m < columns; m++)
        {
            double change = 0;
            double total = 0;
            for (int k = 0; k < rows; k++)
            {
                change += count[k, m] * (f[k, m + 1] - f[k, m] + f[k + 1, m + 1] - f[k + 1, m]) / 2;
                total += count[k, m];
            }

            main2[m + 1] = main2[m] + (change / total);
        }

        double mean = 0;
        for (int k = 0; k < rows; k++)
        {
            for (int m = 0; m < columns; m++)
            {
                double corners = f[k, m] + f[k + 1, m] + f[k, m + 1] + f[k + 1, m + 1] - (2 * (main1[k] + main1[k + 1] + main2[m] + main2[m + 1]));
                mean += count[k, m] * corners / 4 / 400;
            }
        }

        ClassProfile profile = given.Run(ProfileKind.Ale, axes).Profiles[0];

        for (int k = 0; k <= rows; k++)
        {
            for (int m = 0; m <= columns; m++)
            {
                Assert.Equal(f[k, m] - main1[k] - main2[m] - mean, profile.Values[k][m], 1e-10);
            }
        }
    }

    [Fact]
    public void A_cell_without_rows_takes_the_change_of_the_nearest_one()
    {
        double[] values = [.. Enumerable.Range(0, 50).Select(i => i / 10.0)];
        GivenProfile given = new(new Table([new NumberColumn("a", values), new NumberColumn("b", [.. values])]), row => row[0] * row[1]);
        ProfileAxis[] axes = [given.Axis("a", 6), given.Axis("b", 6)];

        ProfileReport report = given.Run(ProfileKind.Ale, axes);

        Assert.Contains(report.CellRows!, row => row.Contains(0));
        Assert.Equal(50, report.CellRows!.Sum(row => row.Sum()));
        Assert.All(report.Profiles[0].Values.SelectMany(row => row), value => Assert.True(double.IsFinite(value)));
    }
}
