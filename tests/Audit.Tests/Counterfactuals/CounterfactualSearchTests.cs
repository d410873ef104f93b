using Governance.Audit.Counterfactuals;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Tests.Explanations.Profiles;

namespace Governance.Audit.Tests.Counterfactuals;

public sealed class CounterfactualSearchTests
{
    // One column alone: the cost is 1 + |margin| / |coefficient| / scale, and the cheapest column wins if its range allows.
    [Fact]
    public void Of_a_linear_model_the_cheapest_single_change_lies_on_the_boundary()
    {
        double[] weights = [2, -0.5, 1];
        ActionSpace space = Space(GivenProfile.Random(200, 3, "a", "b", "c"), row: 0, ActionConstraints.None);
        double[] own = space.OwnState;
        double need = weights.Zip(own).Sum(pair => pair.First * pair.Second) + 0.7;

        SearchResult result = CounterfactualSearch.Run(
            space.Columns, [], Linear(weights, need), new SearchOptions(), default);

        double expected = Enumerable.Range(0, 3).Select(i =>
        {
            ActionColumn column = space.Columns[i];
            double value = own[i] + (0.7 / weights[i]);
            return value >= column.Low && value <= column.High ? column.Cost(value) : double.PositiveInfinity;
        }).Min();
        double cost = RandomRestart.Cost(space.Columns, result.States[0]);
        Assert.InRange(cost, expected - 1e-9, expected + (space.Columns.Max(column => column.Step / column.Scale) * 1.01));
    }

    // All states of a small lattice, one after the other.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void On_a_small_lattice_it_finds_the_least_cost_of_all_states(int seed)
    {
        SeededRandom random = new(seed, 2);
        double[][] numbers = [.. Enumerable.Range(0, 3).Select(_ => (double[])[.. Enumerable.Range(0, 40).Select(_ => (double)random.NextBelow(7))])];
        Table table = new([.. numbers.Select((values, i) => new NumberColumn($"x{i}", values)), TextColumn.Of("job", [.. Enumerable.Range(0, 40).Select(i => "abcd"[i % 4].ToString())])]);
        ActionSpace space = Space(table, row: 1, ActionConstraints.None);
        double[] bonus = [.. Enumerable.Range(0, 4).Select(_ => random.NextDouble() * 4)];
        double Value(double[] s) => (s[0] * s[1]) - (1.5 * s[2]) + bonus[(int)s[3]] + (3 * Math.Sin(s[0] + s[2]));
        double limit = Value(space.OwnState) + 6;
        JudgeStates judge = (states, _) => [.. states.Select(s => new Judged(Value(s) >= limit, Value(s) - limit, null, Value(s)))];

        SearchResult result = CounterfactualSearch.Run(space.Columns, [], judge, new SearchOptions(), default);

        double least = double.PositiveInfinity;
        for (int at = 0; at < 7 * 7 * 7 * 4; at++)
        {
            double[] state = [at % 7, at / 7 % 7, at / 49 % 7, at / 343];
            bool allowed = space.Columns.Select((column, i) => column.Allows(state[i])).All(yes => yes);
            least = allowed && Value(state) >= limit ? Math.Min(least, RandomRestart.Cost(space.Columns, state)) : least;
        }

        Assert.Equal(least, RandomRestart.Cost(space.Columns, result.States[0]), 1e-9);
    }

    [Fact]
    public void Several_answers_lean_on_different_columns()
    {
        ActionSpace space = Space(GivenProfile.Random(200, 9, "a", "b", "c", "d"), row: 3, ActionConstraints.None);
        double[] weights = [1, 1, 1, 1];
        double need = space.OwnState.Sum() + 0.5;

        SearchResult result = CounterfactualSearch.Run(space.Columns, [], Linear(weights, need), new SearchOptions { Count = 3 }, default);

        CostPlan plan = new(space.Columns, space.OwnState, 4);
        IReadOnlyList<double[]> chosen = DiverseChoice.Of(result.States, plan, 3);
        Assert.Equal(3, chosen.Select(state => string.Join(',', plan.Changed(state))).Distinct().Count());
    }

    [Fact]
    public void Never_asks_beyond_its_budget()
    {
        ActionSpace space = Space(GivenProfile.Random(100, 9, "a", "b", "c"), row: 3, ActionConstraints.None);
        int asked = 0;
        JudgeStates linear = Linear([1, 2, 3], 4);

        SearchResult result = CounterfactualSearch.Run(
            space.Columns, [],
            (states, token) =>
            {
                asked += states.Count;
                return linear(states, token);
            },
            new SearchOptions { Evaluations = 150, Count = 2 }, default);

        Assert.InRange(asked, 1, 150);
        Assert.Equal(asked, result.Evaluations);
    }

    private static JudgeStates Linear(double[] weights, double limit) => (states, _) =>
    [
        .. states.Select(state =>
        {
            double value = weights.Zip(state).Sum(pair => pair.First * pair.Second);
            return new Judged(value >= limit, value - limit, null, value);
        }),
    ];

    private static ActionSpace Space(Table table, int row, ActionConstraints constraints)
    {
        GivenProfile given = new(table, _ => 0);
        return ActionSpace.Make(given.Encoder, table, given.Encoded, table, row, constraints);
    }
}
