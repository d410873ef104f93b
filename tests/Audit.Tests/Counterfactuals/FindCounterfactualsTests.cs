using Governance.Audit.Counterfactuals;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Inference;
using Governance.Tests;

namespace Governance.Audit.Tests.Counterfactuals;

public sealed class FindCounterfactualsTests
{
    // bench/ does the same for 100 cases; its results are committed there.
    [Theory]
    [InlineData("hmda_logreg")]
    [InlineData("hmda_gbt")]
    public void Costs_no_more_than_ten_times_as_many_random_tries(string model)
    {
        using GivenCase given = new(model);
        ActionConstraints constraints = ActionConstraints.None.WithImmutable(["afam", "single"]);
        foreach (int row in given.Declined.Take(5))
        {
            CounterfactualReport report = given.Find(row, constraints);

            double random = given.Random(row, constraints, (int)(10 * report.Evaluations));
            Assert.True(report.Counterfactuals[0].Cost <= random + 1e-9, $"Row {row}: {report.Counterfactuals[0].Cost} against {random}.");
        }
    }

    [Fact]
    public void Every_way_is_answered_as_wanted_changes_nothing_needless_and_keeps_to_the_constraints()
    {
        using GivenCase given = new("hmda_gbt");
        ActionConstraints constraints = new()
        {
            MaxChanges = 3,
            Columns = new Dictionary<string, ColumnConstraint>
            {
                ["pirat"] = new() { Direction = ActionDirection.Down, Step = 0.05 },
                ["lvrat"] = new() { Min = 0.3, Max = 0.8, Step = 0.1 },
                ["chist"] = new() { Direction = ActionDirection.Down },
                ["insurance"] = new() { Immutable = true },
                ["phist"] = new() { Cost = 3 },
            },
        };
        int found = 0;
        foreach (int row in given.Declined.Take(8))
        {
            CounterfactualReport report = given.Find(row, constraints, count: 3);
            foreach (Counterfactual way in report.Counterfactuals)
            {
                found++;
                Table changed = Apply(given.Table.Take([row]), way.Changes);
                Assert.Equal("no", given.Rule.Decide(given.Predictor.Predict(given.Encoder.Encode(changed), default)).Predicted![0]);
                Assert.Empty(ConstraintCheck.Violations(given.Table.Take([row]), changed, constraints));
                Assert.All(way.Changes, change => Assert.Equal(
                    "yes",
                    given.Rule.Decide(given.Predictor.Predict(given.Encoder.Encode(Apply(given.Table.Take([row]), [.. way.Changes.Where(other => other != change)])), default)).Predicted![0]));
            }

            Assert.Equal(report.Counterfactuals.Count, report.Counterfactuals.Select(way => way.Sentence).Distinct().Count());
            Assert.Equal(report.Counterfactuals.OrderBy(way => way.Cost), report.Counterfactuals);
        }

        Assert.True(found > 8);
    }

    [Fact]
    public void Random_constraints_are_never_violated()
    {
        using GivenCase given = new("hmda_logreg");
        SeededRandom random = new(5, 0);
        for (int trial = 0; trial < 12; trial++)
        {
            Dictionary<string, ColumnConstraint> columns = [];
            foreach (string name in (string[])["pirat", "hirat", "lvrat", "chist", "mhist", "unemp"])
            {
                double middle = given.Table.Need(name).Number(random.NextBelow(given.Table.Rows));
                columns[name] = new ColumnConstraint
                {
                    Immutable = random.NextBelow(4) == 0,
                    Direction = (ActionDirection)random.NextBelow(3),
                    Min = random.NextBelow(3) == 0 ? middle : null,
                    Step = random.NextBelow(3) == 0 ? 0.125 : null,
                    Whole = name is "chist" or "mhist" && random.NextBelow(2) == 0 ? true : null,
                };
                columns[name] = columns[name].Whole == true ? columns[name] with { Step = null } : columns[name];
            }

            ActionConstraints constraints = new() { Columns = columns, MaxChanges = 1 + random.NextBelow(4) };
            int row = given.Declined[random.NextBelow(given.Declined.Length)];
            foreach (Counterfactual way in given.Find(row, constraints, count: 2).Counterfactuals)
            {
                Table own = given.Table.Take([row]);
                Assert.Empty(ConstraintCheck.Violations(own, Apply(own, way.Changes), constraints));
            }
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_ways()
    {
        using GivenCase given = new("hmda_gbt");

        string[] once = [.. given.Find(given.Declined[1], count: 3).Counterfactuals.Select(way => way.Sentence)];
        string[] again = [.. given.Find(given.Declined[1], count: 3).Counterfactuals.Select(way => way.Sentence)];

        Assert.Equal(3, once.Length);
        Assert.Equal(once, again);
    }

    [Fact]
    public void A_case_that_has_the_answer_already_is_said_to_have_it()
    {
        using GivenCase given = new("hmda_gbt");

        CounterfactualReport report = given.Find(given.Declined[0], target: "yes");

        Assert.True(report.AlreadyReached);
        Assert.Empty(report.Counterfactuals);
        Assert.Contains("already", report.Reason);
    }

    [Fact]
    public void Where_nothing_may_change_nothing_is_found_and_it_is_said()
    {
        using GivenCase given = new("hmda_gbt");

        CounterfactualReport report = given.Find(given.Declined[0], ActionConstraints.None.WithImmutable(given.Encoder.Columns));

        Assert.Empty(report.Counterfactuals);
        Assert.Equal("The constraints leave nothing that could change.", report.Reason);
        Assert.Equal(given.Encoder.Columns.Count, report.Fixed.Count);
    }

    [Theory]
    [InlineData("maybe", "none of the model's classes")]
    [InlineData("favourable", "does not say which outcome is favourable")]
    public void A_target_that_fits_no_answer_is_refused(string target, string sentence)
    {
        using GivenCase given = new("hmda_gbt");

        Assert.Contains(sentence, Assert.Throws<InputException>(() => given.Find(given.Declined[0], target: target)).Message);
    }

    [SkippableTheory]
    [InlineData("german_credit_pipeline", "german_credit", null)]
    [InlineData("german_credit_mlp", "german_credit", null)]
    [InlineData("attrition_income_rf", "attrition", ">=12000")]
    [InlineData("hmda_extracted_copy", "hmda", null)]
    [InlineData("adult_gbt", "adult", ">50K")]
    public void Finds_ways_for_every_kind_of_tabular_model(string name, string data, string? target)
    {
        string folder = Reference.Path("data", "models", name);
        using FileStream file = File.OpenRead(Reference.Path("data", "datasets", data, "test.csv"));
        Table table = CsvTable.Read(file, default).Head(300);
        using OnnxPredictor predictor = OnnxPredictor.Load(File.ReadAllBytes(Path.Combine(folder, "model.onnx")), new PredictorOptions { Provider = "cpu" }, default);
        RowEncoder encoder = RowEncoder.For(predictor.Signature, ModelEncoding.Read(File.ReadAllBytes(Path.Combine(folder, "manifest.json"))), table);
        int found = 0;
        for (int row = 0; row < 6; row++)
        {
            CounterfactualReport report = FindCounterfactuals.Run(
                new CounterfactualRequest { Predictor = predictor, Encoder = encoder, Data = table, Row = row, Population = table, Target = target, Count = 2, Evaluations = 3000 },
                TimeProvider.System, default);
            found += report.AlreadyReached || report.Counterfactuals.Count > 0 ? 1 : 0;
        }

        Assert.Equal(6, found);
    }

    private static Table Apply(Table row, IReadOnlyList<CellChange> changes) => new([.. row.Columns.Select(column =>
        changes.FirstOrDefault(change => change.Column == column.Name) is not { } change ? column
            : change.To is double number ? new NumberColumn(column.Name, [number])
            : TextColumn.Of(column.Name, [(string?)change.To]))]);
}
