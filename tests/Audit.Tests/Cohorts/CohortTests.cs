using Governance.Audit.Cohorts;
using Governance.Audit.Data;

namespace Governance.Audit.Tests.Cohorts;

public sealed class CohortTests
{
    private static readonly Table People = CsvTable.Parse(
        "age,sex,\"pay, net\",code\n30,f,1.5,007\n40,m,,7\n50,f,2.5,08\n,m,3,x\n60,,4,\n");

    [Theory]
    [InlineData("age = 40", new[] { 1 })]
    [InlineData("age != 40", new[] { 0, 2, 4 })]
    [InlineData("age >= 50", new[] { 2, 4 })]
    [InlineData("age between 40 and 50", new[] { 1, 2 })]
    [InlineData("age in (30, 60)", new[] { 0, 4 })]
    [InlineData("age not in (30, 60)", new[] { 1, 2 })]
    [InlineData("age is missing", new[] { 3 })]
    [InlineData("age is not missing", new[] { 0, 1, 2, 4 })]
    [InlineData("sex = 'f'", new[] { 0, 2 })]
    [InlineData("sex = f", new[] { 0, 2 })]
    [InlineData("sex != 'f'", new[] { 1, 3 })]
    [InlineData("not sex = 'f'", new[] { 1, 3, 4 })]
    [InlineData("sex = 'f' or sex = 'm' and age > 35", new[] { 0, 1, 2 })]
    [InlineData("(sex = 'f' or sex = 'm') and age > 35", new[] { 1, 2 })]
    [InlineData("SEX_ = 1", null)]
    [InlineData("\"pay, net\" < 3", new[] { 0, 2 })]
    [InlineData("NOT (age < 45) AND sex IS NOT MISSING", new[] { 2, 3 })]
    [InlineData("code = '007'", new[] { 0 })]
    [InlineData("code = 7", new[] { 0, 1 })]
    [InlineData("code >= '08'", new[] { 1, 2, 3 })]
    public void Selects_the_rows_that_a_reader_would_pick(string text, int[]? rows)
    {
        if (rows is null)
        {
            Assert.Contains("'SEX_'", Assert.Throws<InputException>(() => Cohort.Parse(text).Rows(People)).Message, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(rows, Cohort.Parse(text).Rows(People));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("age", 4)]
    [InlineData("age =", 6)]
    [InlineData("age = 1 and", 12)]
    [InlineData("age = 1 sex = 2", 9)]
    [InlineData("(age = 1", 9)]
    [InlineData("age in 1", 8)]
    [InlineData("age ~ 1", 5)]
    [InlineData("sex = 'f", 7)]
    [InlineData("age is here", 8)]
    public void Names_the_position_of_what_it_does_not_understand(string text, int position)
    {
        InputException refusal = Assert.Throws<InputException>(() => Cohort.Parse(text));

        Assert.Contains($"position {position}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_to_order_text_by_a_number() =>
        Assert.Equal("sex", Assert.Throws<InputException>(() => Cohort.Parse("sex < 3").Rows(People)).Column);

    [Fact]
    public void Refuses_a_condition_that_no_row_fulfils_and_nesting_without_end()
    {
        Assert.Throws<InputException>(() => Cohort.Parse("age > 100").Take(People));
        Assert.Throws<InputException>(() => Cohort.Parse(new string('(', 5000)));
    }

    // Brute force: De Morgan on every pair of simple conditions.
    [Fact]
    public void And_or_and_not_obey_De_Morgan()
    {
        string[] simple = ["age > 35", "sex = 'f'", "age is missing", "\"pay, net\" <= 2.5", "code in ('7', 'x')"];
        foreach (string a in simple)
        {
            foreach (string b in simple)
            {
                Assert.Equal(
                    Cohort.Parse($"not ({a} and {b})").Rows(People), Cohort.Parse($"not {a} or not {b}").Rows(People));
            }
        }
    }
}
