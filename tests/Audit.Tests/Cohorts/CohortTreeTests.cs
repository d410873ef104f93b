using Governance.Audit.Cohorts;
using Governance.Audit.Data;

namespace Governance.Audit.Tests.Cohorts;

/// <summary>A condition, its tree and the text made of the tree say the same of every row, whatever the table.</summary>
public sealed class CohortTreeTests
{
    private static readonly string[] Words = ["red", "it's", "blue green", "7", "", "nót"];

    [Fact]
    public void Text_and_tree_are_two_views_of_one_condition_on_random_tables()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            Table table = RandomTable(random);
            CohortPart tree = RandomPart(random, table, 3);
            string text = CohortText.Of(tree);

            Cohort cohort = Cohort.Parse(text);
            string again = CohortText.Of(cohort.Tree);

            int[] expected = [.. Enumerable.Range(0, table.Rows).Where(row => Holds(tree, table, row))];
            Assert.Equal(expected, cohort.Rows(table));
            Assert.Equal(expected, Cohort.Parse(again).Rows(table));
            Assert.Equal(again, CohortText.Of(Cohort.Parse(again).Tree));
        }
    }

    [Theory]
    [InlineData("age >= 50 and not (sex = 'f' or sex is missing)")]
    [InlineData("@score between 0.4 and 0.6 and @error = 'yes'")]
    [InlineData("\"pay, net\" not in (1, 2.50) or sex != 'm'")]
    [InlineData("not age is missing and (a = 1 or b = 2 and c = 3)")]
    public void A_text_in_its_plain_form_stays_as_it_was(string text)
    {
        string expected = text.Replace("(a = 1 or b = 2 and c = 3)", "(a = 1 or (b = 2 and c = 3))", StringComparison.Ordinal);

        Assert.Equal(expected, CohortText.Of(Cohort.Parse(text).Tree));
    }

    [Fact]
    public void A_group_without_a_comparison_is_no_condition() =>
        Assert.Equal("", CohortText.Of(new CohortGroup(true, [new CohortGroup(false, [])])));

    [Fact]
    public void A_sign_before_a_name_stands_for_what_the_model_said_and_nowhere_else()
    {
        Assert.Equal(["@score"], Cohort.Parse("@score > 0.5").Columns);
        Assert.Contains("position 1", Assert.Throws<InputException>(() => Cohort.Parse("@ > 0.5")).Message, StringComparison.Ordinal);
        Assert.Contains("position 5", Assert.Throws<InputException>(() => Cohort.Parse("a = @score")).Message, StringComparison.Ordinal);
    }

    // The definition, cell by cell, with nothing of the evaluator in it.
    private static bool Holds(CohortPart part, Table table, int row)
    {
        bool holds = part is CohortGroup group
            ? group.Any ? group.Parts.Any(each => Holds(each, table, row)) : group.Parts.All(each => Holds(each, table, row))
            : Holds((CohortRule)part, table.Need(((CohortRule)part).Column), row);
        return holds != part.Negated;
    }

    private static bool Holds(CohortRule rule, Column column, int row)
    {
        if (column.IsMissing(row))
        {
            return rule.Sign == CohortSign.Missing;
        }

        int[] order = [.. rule.Values.Select(value => column is NumberColumn
            ? column.Number(row).CompareTo(double.Parse(value.Text, System.Globalization.CultureInfo.InvariantCulture))
            : Math.Sign(string.CompareOrdinal(column.Text(row), value.Text)))];
        return rule.Sign switch
        {
            CohortSign.Missing => false,
            CohortSign.Present => true,
            CohortSign.Equal or CohortSign.In => order.Contains(0),
            CohortSign.NotEqual or CohortSign.NotIn => !order.Contains(0),
            CohortSign.Less => order[0] < 0,
            CohortSign.AtMost => order[0] <= 0,
            CohortSign.More => order[0] > 0,
            CohortSign.AtLeast => order[0] >= 0,
            _ => order[0] >= 0 && order[1] <= 0,
        };
    }

    private static Table RandomTable(Random random)
    {
        int rows = random.Next(1, 40);
        return new Table(
        [
            new NumberColumn("age", [.. Enumerable.Range(0, rows).Select(_ => random.Next(5) == 0 ? double.NaN : random.Next(-2, 4) / 2.0)]),
            TextColumn.Of("sex \"or\" not", [.. Enumerable.Range(0, rows).Select(_ => random.Next(5) == 0 ? null : Words[random.Next(Words.Length)])]),
            TextColumn.Of("in", [.. Enumerable.Range(0, rows).Select(_ => random.Next(4) == 0 ? null : Words[random.Next(2)])]),
        ]);
    }

    private static CohortPart RandomPart(Random random, Table table, int depth)
    {
        bool negated = random.Next(4) == 0;
        if (depth > 0 && random.Next(3) > 0)
        {
            return new CohortGroup(random.Next(2) == 0, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => RandomPart(random, table, depth - 1))], negated);
        }

        Column column = table.Columns[random.Next(table.Columns.Count)];
        CohortSign sign = (CohortSign)random.Next(Enum.GetValues<CohortSign>().Length);
        int values = sign switch { CohortSign.Missing or CohortSign.Present => 0, CohortSign.Between => 2, CohortSign.In or CohortSign.NotIn => random.Next(1, 4), _ => 1 };
        return new CohortRule(column.Name, sign, [.. Enumerable.Range(0, values).Select(_ => Value(random, column))], negated);
    }

    private static CohortValue Value(Random random, Column column) => column is NumberColumn
        ? new CohortValue(CohortText.Number(random.Next(-2, 4) / 2.0), false)
        : new CohortValue(Words[random.Next(Words.Length)], true);
}
