using Governance.Audit.Privacy;

namespace Governance.Audit.Tests.Privacy;

public sealed class SuppressTableTests
{
    private const int Smallest = 4;

    [Fact]
    public void Shows_all_where_no_count_is_small()
    {
        bool[] hidden = SuppressTable.Run([10, 20, 30], 10);

        Assert.DoesNotContain(true, hidden);
    }

    // Of 103 rows in three groups, 100 and 3 would follow from each other.
    [Fact]
    public void Hides_the_next_smallest_group_beside_a_small_one() =>
        Assert.Equal([true, false, true], SuppressTable.Run([3, 100, 40], 10));

    [Fact]
    public void Two_small_groups_that_are_few_together_take_a_third()
    {
        Assert.Equal([true, true, true, false], SuppressTable.Run([2, 3, 50, 60], 10));
        Assert.Equal([true, true, false, false], SuppressTable.Run([7, 8, 50, 60], 10));
    }

    [Fact]
    public void A_sum_that_must_not_be_shown_is_not_told_by_its_cells()
    {
        bool[,] hidden = SuppressTable.Run(new[,] { { 12, 20 }, { 30, 40 }, { 50, 60 } }, 10, rowSums: [true, false, false]);

        Assert.True(hidden[0, 2]);
        Assert.True(hidden[0, 0] || hidden[0, 1]);
    }

    // Somebody who knows every sum and count that is shown, and that counts are whole and not negative, lists all tables
    // that fit: in none of our choices do they all agree on a cell that is not shown.
    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 2)]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    public void No_attacker_who_lists_all_tables_pins_a_hidden_count(int rows, int columns)
    {
        Random random = new(20_26);
        int attacked = 0;
        for (int trial = 0; trial < 120; trial++)
        {
            int[,] counts = new int[rows, columns];
            foreach ((int r, int c) in Cells(rows, columns))
            {
                counts[r, c] = random.Next(4) switch { 0 => 0, 1 => random.Next(1, Smallest), _ => random.Next(Smallest, 9) };
            }

            if (Total(counts) < Smallest)
            {
                continue;
            }

            bool[,] hidden = SuppressTable.Run(counts, Smallest);
            Dictionary<(int, int), HashSet<int>> possible = Attack(counts, hidden);
            foreach (((int r, int c) cell, HashSet<int> values) in possible.Where(pair => counts[pair.Key.Item1, pair.Key.Item2] < Smallest))
            {
                attacked++;
                Assert.True(values.Count > 1, $"{Describe(counts)}: the count {counts[cell.r, cell.c]} at {cell} follows from the others.");
            }

            AssertNoSmallLine(counts, hidden);
        }

        Assert.True(attacked > 30);
    }

    [Fact]
    public void Every_count_that_is_small_is_hidden_and_every_hidden_line_counts_enough()
    {
        Random random = new(7);
        for (int trial = 0; trial < 300; trial++)
        {
            int[,] counts = new int[random.Next(1, 7), random.Next(2, 7)];
            foreach ((int r, int c) in Cells(counts.GetLength(0), counts.GetLength(1)))
            {
                counts[r, c] = random.Next(3) == 0 ? random.Next(12) : random.Next(200);
            }

            bool[,] hidden = SuppressTable.Run(counts, 10);
            Assert.All(Cells(counts.GetLength(0), counts.GetLength(1)), cell => Assert.True(counts[cell.Row, cell.Column] is 0 or >= 10 || hidden[cell.Row, cell.Column]));
            AssertNoSmallLine(counts, hidden, 10);
        }
    }

    private static IEnumerable<(int Row, int Column)> Cells(int rows, int columns) =>
        Enumerable.Range(0, rows).SelectMany(r => Enumerable.Range(0, columns).Select(c => (r, c)));

    private static int Total(int[,] counts) => counts.Cast<int>().Sum();

    private static string Describe(int[,] counts) => string.Join(' ', counts.Cast<int>());

    private static void AssertNoSmallLine(int[,] counts, bool[,] hidden, int smallest = Smallest)
    {
        int rows = counts.GetLength(0);
        int columns = counts.GetLength(1);
        if (Total(counts) < smallest)
        {
            return;
        }

        for (int r = 0; r < rows; r++)
        {
            int[] own = [.. Enumerable.Range(0, columns).Where(c => hidden[r, c]).Select(c => counts[r, c])];
            Assert.True(own.Length == 0 || hidden[r, columns] || own.Sum() >= smallest, Describe(counts));
        }
    }

    // All whole tables with the sums and cells that are shown, cell by cell.
    private static Dictionary<(int, int), HashSet<int>> Attack(int[,] counts, bool[,] hidden)
    {
        int rows = counts.GetLength(0);
        int columns = counts.GetLength(1);
        (int Row, int Column)[] unknown = [.. Cells(rows, columns).Where(cell => hidden[cell.Row, cell.Column])];
        Dictionary<(int, int), HashSet<int>> possible = unknown.ToDictionary(cell => cell, _ => new HashSet<int>());
        int total = Total(counts);
        int[,] guess = (int[,])counts.Clone();
        int left = unknown.Sum(cell => counts[cell.Row, cell.Column]);
        Try(0, left);
        return possible;

        void Try(int at, int rest)
        {
            if (at == unknown.Length)
            {
                if (rest == 0 && Fits())
                {
                    foreach ((int r, int c) in unknown)
                    {
                        possible[(r, c)].Add(guess[r, c]);
                    }
                }

                return;
            }

            // The whole is known, so the hidden cells' total is; the last one takes what is left.
            for (int value = at == unknown.Length - 1 ? rest : 0; value <= rest; value++)
            {
                guess[unknown[at].Row, unknown[at].Column] = value;
                if (RowFits(unknown[at].Row, at))
                {
                    Try(at + 1, rest - value);
                }
            }
        }

        // Cells come row by row: once the last unknown of a row is set, its shown sum must hold.
        bool RowFits(int row, int at) => (at + 1 < unknown.Length && unknown[at + 1].Row == row) || hidden[row, columns]
            || Enumerable.Range(0, columns).Sum(c => guess[row, c]) == Enumerable.Range(0, columns).Sum(c => counts[row, c]);

        bool Fits() => Enumerable.Range(0, columns).All(c => hidden[rows, c]
            || Enumerable.Range(0, rows).Sum(r => guess[r, c]) == Enumerable.Range(0, rows).Sum(r => counts[r, c])) && total > 0;
    }
}
