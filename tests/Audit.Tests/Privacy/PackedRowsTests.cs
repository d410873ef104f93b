using Governance.Audit.Privacy;

namespace Governance.Audit.Tests.Privacy;

public sealed class PackedRowsTests
{
    [Fact]
    public void Rows_come_back_as_they_were()
    {
        Random random = new(4);
        foreach (int count in (int[])[1, 7, 8, 9, 1_000])
        {
            foreach (double share in (double[])[0, 0.1, 0.5, 1])
            {
                int[] rows = [.. Enumerable.Range(0, count).Where(_ => random.NextDouble() < share)];

                Assert.Equal(rows, PackedRows.Unpack(PackedRows.Pack(rows, count), count));
            }
        }
    }

    [Fact]
    public void A_hundred_thousand_rows_take_at_most_a_bit_each() =>
        Assert.InRange(PackedRows.Pack([.. Enumerable.Range(0, 100_000).Where(row => row % 2 == 0)], 100_000).Length, 1, 12_600);
}
