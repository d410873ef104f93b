using Governance.Audit.Answers.Policy;
using Governance.Audit.Theft.Attacks;

namespace Governance.Audit.Tests.Theft.Attacks;

public sealed class FrontDoorTests
{
    // Units over accounts and days against a count by hand: 2 accounts, 10 a day each, 25 in all each, 30 for the model in 30 days.
    [Fact]
    public void Budgets_end_where_a_count_by_hand_ends()
    {
        FrontDoorTerms terms = FrontDoorTerms.Of(Audience.Consumer, ReleaseClass.Other, OutputPolicies.Default, 5) with
        {
            Accounts = 2,
            Limits = new BudgetLimits { PrincipalDay = 10, TeamDay = 20, PrincipalLifetime = 25, ModelMonth = 30 },
        };
        DoorBudget budget = new(terms, 13);

        List<string?> refusals = [.. Enumerable.Range(0, 20).Select(i => budget.Spend(i % 2, 2, discloses: true))];

        Assert.Equal(15, refusals.Count(refusal => refusal is null));
        Assert.All(refusals.Skip(15), refusal => Assert.Equal("model", refusal));
        Assert.Equal(30, budget.Units);
    }

    [Fact]
    public void A_lifetime_is_not_lengthened_by_waiting()
    {
        FrontDoorTerms terms = FrontDoorTerms.Of(Audience.Consumer, ReleaseClass.Other, OutputPolicies.Default, 365);
        DoorBudget budget = new(terms, 13);
        int spent = 0;

        while (budget.Spend(0, 2, discloses: true) is null)
        {
            spent += 2;
        }

        Assert.Equal((500, 3), (spent, budget.Days));
        Assert.Equal("lifetime", budget.Spend(0, 2, discloses: true));
    }

    [Fact]
    public void A_linear_model_has_half_as_many_units_with_numbers_as_features()
    {
        FrontDoorTerms terms = FrontDoorTerms.Of(Audience.Consumer, ReleaseClass.Linear, OutputPolicies.Default, 30);
        DoorBudget budget = new(terms, 13);

        Assert.Equal([null, null, null, "linear"], Enumerable.Range(0, 4).Select(_ => budget.Spend(0, 2, discloses: true)));
        Assert.Null(budget.Spend(0, 1, discloses: false));
    }

    [Fact]
    public void Answers_are_released_as_the_policy_says_and_repeats_are_free()
    {
        using GivenVictim given = GivenVictim.Hmda("hmda_gbt");
        AttackedModel attacked = given.Attacked();
        FrontDoor door = new(attacked, FrontDoorTerms.Of(Audience.Consumer, ReleaseClass.Other, OutputPolicies.Default, 30));
        float[][] rows = attacked.Victim.Space.Write(given.Request.HeldOut)[..5];

        IReadOnlyList<OracleAnswer> first = door.Ask(rows, QueryKind.Predict, default);
        int units = door.Units;
        IReadOnlyList<OracleAnswer> again = door.Ask(rows, QueryKind.Predict, default);

        Assert.Equal(first, again);
        Assert.Equal((units, 10), (door.Units, door.Answered));
        VictimAnswers full = attacked.Victim.Answer(rows, default);
        for (int i = 0; i < rows.Length; i++)
        {
            Assert.Equal(full.Labels[i], first[i].Label);
            Assert.All(first[i].Scores ?? [], score => Assert.Equal(Math.Round(score, 1), score));
        }
    }

    [Fact]
    public void An_auditor_s_and_an_administrator_s_kinds_are_nobody_s_here_and_an_approver_only_gets_explanations()
    {
        Assert.DoesNotContain(QueryKind.Predict, FrontDoorTerms.Of(Audience.Approver, ReleaseClass.Other, OutputPolicies.Default, 30).Kinds);
        Assert.Contains(QueryKind.Explain, FrontDoorTerms.Of(Audience.Approver, ReleaseClass.Other, OutputPolicies.Default, 30).Kinds);
    }

    [Fact]
    public void A_counterfactual_is_a_real_row_a_prototype_or_a_point_of_the_boundary()
    {
        using GivenVictim given = GivenVictim.Hmda("hmda_logreg");
        AttackedModel attacked = given.Attacked();
        float[][] published = attacked.Victim.Space.Write(given.Request.Training!);
        float[] row = attacked.Victim.Space.Write(given.Request.HeldOut)[0];
        int label = attacked.Victim.Answer([row], default).Labels[0];

        float[] real = attacked.Neighbours.Of(row, label, CounterfactualForm.NearestRow, false, default)!;
        float[] prototype = attacked.Neighbours.Of(row, label, CounterfactualForm.Prototype, false, default)!;
        float[] edge = attacked.Neighbours.Of(row, label, CounterfactualForm.NearestRow, true, default)!;

        Assert.Contains(published, other => other.AsSpan().SequenceEqual(real));
        Assert.DoesNotContain(published, other => other.AsSpan().SequenceEqual(prototype));
        VictimAnswers answers = attacked.Victim.Answer([real, prototype, edge], default);
        Assert.All(answers.Labels, other => Assert.NotEqual(label, other));
        Assert.Null(attacked.Neighbours.Of(row, label, CounterfactualForm.None, false, default));
    }
}
