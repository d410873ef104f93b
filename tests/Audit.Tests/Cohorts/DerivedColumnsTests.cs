using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Audit.Runs;

namespace Governance.Audit.Tests.Cohorts;

public sealed class DerivedColumnsTests
{
    private static readonly ScoredTable Binary = new()
    {
        Table = new Table(
        [
            TextColumn.Of("deny", ["yes", "no", "yes", "no", null]), TextColumn.Of("said", ["yes", "yes", "no", "no", "yes"]),
            new NumberColumn("p", [0.9, 0.6, 0.2, 0.1, 0.7]),
        ]),
        Prediction = "said", Label = "deny", Positive = "yes", Favourable = "no", Classes = ["no", "yes"], Scores = ["p"],
    };

    private static readonly ScoredTable Several = new()
    {
        Table = new Table(
        [
            TextColumn.Of("kind", ["a", "b", "c"]), TextColumn.Of("said", ["a", "c", "c"]),
            new NumberColumn("pa", [0.5, 0.2, 0.1]), new NumberColumn("pb", [0.3, 0.3, 0.1]), new NumberColumn("pc", [0.2, 0.5, 0.8]),
        ]),
        Prediction = "said", Label = "kind", Classes = ["a", "b", "c"], Scores = ["pa", "pb", "pc"],
    };

    private static readonly ScoredTable Regression = new()
    {
        Table = new Table([new NumberColumn("price", [10, double.NaN, 7]), new NumberColumn("said", [8, 5, 9])]),
        Prediction = "said", Label = "price", IsRegression = true,
    };

    [Theory]
    [InlineData("@outcome = 'true positive'", new[] { 0 })]
    [InlineData("@outcome = 'false positive'", new[] { 1 })]
    [InlineData("@outcome = 'false negative'", new[] { 2 })]
    [InlineData("@outcome = 'true negative'", new[] { 3 })]
    [InlineData("@outcome is missing", new[] { 4 })]
    [InlineData("@error = 'yes'", new[] { 1, 2 })]
    [InlineData("@error = no", new[] { 0, 3 })]
    [InlineData("@score >= 0.6 and @actual is not missing", new[] { 0, 1 })]
    [InlineData("@predicted != @actual", null)]
    [InlineData("@predicted = 'yes' and @actual = 'no'", new[] { 1 })]
    public void Two_classes_have_outcomes_errors_and_a_score(string where, int[]? rows)
    {
        if (rows is null)
        {
            Assert.Throws<InputException>(() => Cohort.Parse(where));
            return;
        }

        Assert.Equal(rows, Cohort.Parse(where).Rows(DerivedColumns.Of(Binary)));
    }

    [Fact]
    public void Several_classes_have_the_score_of_the_predicted_one_and_no_outcome()
    {
        Table table = DerivedColumns.Of(Several);

        Assert.Equal([0.5, 0.5, 0.8], ((NumberColumn)table.Need(DerivedColumns.Score)).Values.ToArray());
        Assert.Equal([1], Cohort.Parse("@error = 'yes'").Rows(table));
        Assert.Null(table.Find(DerivedColumns.Outcome));
        Assert.Contains("@error", DerivedColumns.Refusal(DerivedColumns.Outcome, Several), StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_has_a_residual_and_no_score()
    {
        Table table = DerivedColumns.Of(Regression);

        Assert.Equal([2, double.NaN, -2], ((NumberColumn)table.Need(DerivedColumns.Residual)).Values.ToArray());
        Assert.Equal([2], Cohort.Parse("@residual < 0 and @value > 8").Rows(table));
        Assert.Contains("predicts a number", DerivedColumns.Refusal(DerivedColumns.Score, Regression), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_label_what_needs_it_is_refused_in_a_sentence()
    {
        ScoredTable unlabelled = Binary with { Label = "nowhere" };

        Assert.Equal(["@score", "@predicted"], DerivedColumns.Of(unlabelled).Columns.Select(column => column.Name).Where(name => name[0] == '@'));
        Assert.All(
            [DerivedColumns.Actual, DerivedColumns.Error, DerivedColumns.Outcome],
            column => Assert.Contains("true outcome", DerivedColumns.Refusal(column, unlabelled), StringComparison.Ordinal));
        Assert.Null(DerivedColumns.Refusal(DerivedColumns.Score, unlabelled));
    }

    [Fact]
    public void A_column_of_the_data_goes_before_a_derived_one_of_the_same_name()
    {
        ScoredTable named = Binary with { Table = Binary.Table.With(new NumberColumn("@score", [1, 2, 3, 4, 5])) };

        Assert.Equal([3, 4], Cohort.Parse("@score > 3").Rows(DerivedColumns.Of(named)));
    }
}
