using Governance.Audit.Privacy;

namespace Governance.Audit.Tests.Privacy;

public sealed class CohortDisclosureTests
{
    [Fact]
    public void A_part_and_the_same_part_without_one_row_tell_of_that_row()
    {
        int[] all = [.. Enumerable.Range(0, 30)];

        Assert.False(CohortDisclosure.Discloses(100, [], all, 10));
        Assert.True(CohortDisclosure.Discloses(100, [all], all[..^1], 10));
        Assert.True(CohortDisclosure.Discloses(100, [all], all[..^9], 10));
        Assert.False(CohortDisclosure.Discloses(100, [all], all[..^10], 10));
    }

    [Fact]
    public void All_but_a_few_rows_tell_of_those_few() =>
        Assert.True(CohortDisclosure.Discloses(100, [], [.. Enumerable.Range(0, 95)], 10));

    [Fact]
    public void A_handful_is_told_by_itself() => Assert.True(CohortDisclosure.Discloses(100, [], [1, 2, 3], 10));

    [Fact]
    public void The_same_part_again_tells_nothing_new()
    {
        int[] part = [.. Enumerable.Range(20, 40)];

        Assert.False(CohortDisclosure.Discloses(100, [part], part, 10));
    }

    // A, B, their common part and what lies in either: three of them give the fourth, here of 5 rows.
    [Fact]
    public void Parts_that_tell_only_together_are_noticed()
    {
        int[] a = [.. Enumerable.Range(0, 40)];
        int[] b = [.. Enumerable.Range(35, 40)];
        int[] either = [.. Enumerable.Range(0, 75)];

        Assert.False(CohortDisclosure.Discloses(200, [a], b, 10));
        Assert.True(CohortDisclosure.Discloses(200, [a, b], either, 10));
    }

    [Fact]
    public void Too_many_parts_end_it() => Assert.True(CohortDisclosure.Discloses(
        1_000, [.. Enumerable.Range(0, CohortDisclosure.MostParts).Select(i => Enumerable.Range(0, 50 + i).ToArray())], [.. Enumerable.Range(500, 100)], 10));

    // Every set of fewer than k rows is tried: is its indicator a combination of those of the parts?
    [Fact]
    public void Agrees_with_an_attacker_who_tries_every_small_set()
    {
        Random random = new(99);
        int disclosed = 0;
        for (int trial = 0; trial < 400; trial++)
        {
            int rows = random.Next(4, 10);
            int smallest = random.Next(2, 5);
            int[][] parts = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Enumerable.Range(0, rows).Where(_ => random.Next(2) == 0).ToArray())];

            bool expected = Attack(rows, parts, smallest);

            disclosed += expected ? 1 : 0;
            Assert.Equal(expected, CohortDisclosure.Discloses(rows, parts[..^1], parts[^1], smallest));
        }

        Assert.InRange(disclosed, 50, 380);
    }

    private static bool Attack(int rows, int[][] parts, int smallest)
    {
        double[][] known = [[.. Enumerable.Repeat(1.0, rows)], .. parts.Select(part => Indicator(rows, part))];
        int rank = Rank(known);
        return Enumerable.Range(1, (1 << rows) - 1)
            .Select(set => Enumerable.Range(0, rows).Where(row => (set & (1 << row)) != 0).ToArray())
            .Where(set => set.Length < smallest)
            .Any(set => Rank([.. known, Indicator(rows, set)]) == rank);
    }

    private static double[] Indicator(int rows, int[] part) => [.. Enumerable.Range(0, rows).Select(row => part.Contains(row) ? 1.0 : 0)];

    private static int Rank(double[][] given)
    {
        double[][] rows = [.. given.Select(row => row.ToArray())];
        int rank = 0;
        for (int column = 0; column < rows[0].Length && rank < rows.Length; column++)
        {
            int pivot = Enumerable.Range(rank, rows.Length - rank).MaxBy(row => Math.Abs(rows[row][column]));
            if (Math.Abs(rows[pivot][column]) < 1e-9)
            {
                continue;
            }

            (rows[rank], rows[pivot]) = (rows[pivot], rows[rank]);
            for (int row = rank + 1; row < rows.Length; row++)
            {
                double factor = rows[row][column] / rows[rank][column];
                for (int c = column; c < rows[0].Length; c++)
                {
                    rows[row][c] -= factor * rows[rank][c];
                }
            }

            rank++;
        }

        return rank;
    }
}
