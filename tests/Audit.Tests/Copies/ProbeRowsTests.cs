using Governance.Audit.Copies;
using Governance.Audit.Data;

namespace Governance.Audit.Tests.Copies;

public sealed class ProbeRowsTests
{
    private static readonly Table Data = new(
    [
        new NumberColumn("n", [.. Enumerable.Range(0, 500).Select(i => (double)i)]),
        TextColumn.Of("t", [.. Enumerable.Range(0, 500).Select(i => i % 7 == 0 ? null : $"level {i % 5}")]),
    ]);

    [Fact]
    public void Two_hundred_rows_are_drawn_the_same_for_the_same_secret_only()
    {
        ProbeRows one = ProbeRows.Draw(Data, Secret(1), null);
        ProbeRows same = ProbeRows.Draw(Data, Secret(1), null);
        ProbeRows other = ProbeRows.Draw(Data, Secret(2), null);

        Assert.Equal(ProbeRows.Count, one.Table.Rows);
        Assert.Equal(Numbers(one), Numbers(same));
        Assert.NotEqual(Numbers(one), Numbers(other));
    }

    [Fact]
    public void Natural_rows_stand_in_the_data_and_recombined_ones_mix_its_cells()
    {
        ProbeRows probes = ProbeRows.Draw(Data, Secret(3), null);
        Column n = probes.Table.Columns[0];
        Column t = probes.Table.Columns[1];
        bool Stands(int row) => (int)n.Number(row) % 7 == 0 ? t.IsMissing(row) : t.Text(row) == $"level {(int)n.Number(row) % 5}";

        Assert.Equal(80, probes.Natural);
        Assert.All(Enumerable.Range(0, probes.Natural), row => Assert.True(Stands(row)));
        Assert.InRange(Enumerable.Range(probes.Natural, 120).Count(Stands), 5, 60); // one in five by chance
        Assert.Equal(80, Enumerable.Range(0, 80).Select(row => n.Number(row)).Distinct().Count());
    }

    [Fact]
    public void A_part_lies_near_the_boundary()
    {
        ProbeRows probes = ProbeRows.Draw(Data, Secret(4), rows => [.. Enumerable.Range(0, rows.Rows).Select(row => Math.Abs(rows.Columns[0].Number(row) - 250))]);

        Assert.Equal(60, Enumerable.Range(140, 60).Count(row => Math.Abs(probes.Table.Columns[0].Number(row) - 250) <= 30));
        Assert.InRange(Enumerable.Range(0, 140).Count(row => Math.Abs(probes.Table.Columns[0].Number(row) - 250) <= 30), 5, 40);
    }

    private static byte[] Secret(byte fill)
    {
        byte[] secret = new byte[ProbeRows.SecretLength];
        Array.Fill(secret, fill);
        return secret;
    }

    private static double[] Numbers(ProbeRows probes) => [.. Enumerable.Range(0, probes.Table.Rows).Select(probes.Table.Columns[0].Number)];
}
