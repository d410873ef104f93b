using System.Text;
using Governance.Audit.Counterfactuals;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Data;
using Governance.Audit.Tests.Explanations.Profiles;

namespace Governance.Audit.Tests.Counterfactuals;

public sealed class ActionSpaceTests
{
    private static readonly Table People = new(
    [
        new NumberColumn("income", [1000, 1200, 1250, 1400, 1900, 2100, 5000]),
        new NumberColumn("ratio", [0.1, 0.25, 0.3, 0.34999999403953552, 0.4, 0.41, 0.5]),
        TextColumn.Of("job", ["clerk", "smith", "clerk", "baker", null, "smith", "baker"]),
    ]);

    [Fact]
    public void New_numbers_keep_to_the_range_and_the_decimals_of_the_data()
    {
        ActionSpace space = Space(2, ActionConstraints.None);

        ActionColumn income = space.Columns[0];
        ActionColumn ratio = space.Columns[1];
        Assert.Equal((1000, 5000, 1, 0), (income.Low, income.High, income.Step, income.Digits));
        Assert.Equal((0.1, 0.5, 0.01), (ratio.Low, ratio.High, ratio.Step));
        Assert.All(ratio.Values, value => Assert.Equal(Math.Round(value, 2), value));
        Assert.DoesNotContain(0.3, ratio.Values);
    }

    [Fact]
    public void Changes_are_measured_in_median_absolute_deviations_and_levels_count_one()
    {
        ActionSpace space = Space(2, ActionConstraints.None);

        // Median 1,400; the deviations 0 150 200 400 500 700 3,600.
        Assert.Equal((400, "mad"), (space.Columns[0].Scale, space.Columns[0].ScaleKind));
        Assert.Equal(1.5, space.Columns[0].Cost(1450), 1e-12);
        Assert.Equal(2, space.Columns[2].Cost(1));
        Assert.Equal(0, space.Columns[2].Cost(0));
        Assert.Equal((2, "sd"), ColumnScale.Of([0, 0, 0, 0, 5]));
        Assert.Equal((1, "one"), ColumnScale.Of([3, 3, 3]));
    }

    [Fact]
    public void Steps_count_from_the_min_and_directions_from_the_case()
    {
        ActionSpace space = Space(2, Read("""{"columns":{"income":{"min":1100,"step":250,"direction":"up"}}}"""));

        Assert.Equal((1350, 4850), (space.Columns[0].Low, space.Columns[0].High));
        Assert.False(space.Columns[0].Allows(1400));
        Assert.True(space.Columns[0].Allows(1600));
        Assert.True(space.Columns[0].Allows(1250));
    }

    [Fact]
    public void Levels_go_up_in_the_order_given()
    {
        ActionSpace space = Space(0, Read("""{"columns":{"job":{"direction":"up","order":["baker","clerk","smith"]}},"immutable":["income"]}"""));

        Assert.Equal(["ratio", "job"], space.Columns.Select(column => column.Column.Name));
        Assert.Equal(["clerk", "smith"], space.Columns[1].Options);
    }

    [Fact]
    public void A_missing_level_may_be_filled_and_a_missing_number_stays()
    {
        Table table = new([new NumberColumn("a", [1, double.NaN, 3]), TextColumn.Of("job", ["x", null, "y"])]);
        GivenProfile given = new(table, _ => 0);

        ActionSpace space = ActionSpace.Make(given.Encoder, table, given.Encoded, table, 1, ActionConstraints.None);

        Assert.Equal([null, "x", "y"], Assert.Single(space.Columns).Options);
        Assert.Null(space.Rows([[0.0]]).Need("job").Text(0));
        Assert.Equal("y", space.Rows([[2.0]]).Need("job").Text(0));
    }

    [Theory]
    [InlineData("""{"columns":{"income":{"direction":"sideways"}}}""", "is up, down or any")]
    [InlineData("""{"columns":{"income":{"from":3}}}""", "has no 'from'")]
    [InlineData("""{"maxChanges":0}""", "at least 1")]
    [InlineData("""{"frozen":["income"]}""", "have no 'frozen'")]
    [InlineData("""{"columns":{"income":{"min":3,"max":2}}}""", "a min above its max")]
    [InlineData("""{"columns":{"income":{"step":-1}}}""", "not above 0")]
    [InlineData("""{"columns":[]}""", "not a JSON object")]
    [InlineData("""{"columns":{"wealth":{}}}""", "no column that the model takes")]
    [InlineData("""{"columns":{"job":{"min":1}}}""", "is a column of levels")]
    [InlineData("""{"columns":{"income":{"levels":["a"]}}}""", "is a column of numbers")]
    [InlineData("""{"columns":{"job":{"levels":["king"]}}}""", "has no level 'king'")]
    [InlineData("""{"columns":{"job":{"direction":"up"}}}""", "have no order")]
    [InlineData("""{"columns":{"income":{"whole":true,"step":0.5}}}""", "must be whole")]
    [InlineData("{", "not valid JSON")]
    public void Refuses_constraints_that_make_no_sense(string json, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<InputException>(() => Space(0, Read(json))).Message);

    private static ActionConstraints Read(string json) => ActionConstraintsJson.Read(Encoding.UTF8.GetBytes(json));

    private static ActionSpace Space(int row, ActionConstraints constraints)
    {
        GivenProfile given = new(People, _ => 0);
        return ActionSpace.Make(given.Encoder, People, given.Encoded, People, row, constraints);
    }
}
