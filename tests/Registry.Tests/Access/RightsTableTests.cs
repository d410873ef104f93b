using Governance.Registry.Access;
using Governance.Tests;

namespace Governance.Registry.Tests.Access;

/// <summary>The code's table against the agreed one, cell by cell.</summary>
public sealed class RightsTableTests
{
    [Fact]
    public void Every_cell_of_the_agreed_table_stands_in_the_codes()
    {
        foreach (Right right in Enum.GetValues<Right>())
        {
            foreach (Role role in RightsTable.Columns)
            {
                string agreed = RightsTable.Cell(role, right);
                Allowance[] fitting = agreed switch
                {
                    "–" => [Allowance.Never],
                    "Y" => [Allowance.Granted],
                    "B" => [Allowance.Budgeted],
                    "all" => [Allowance.All],
                    "name only" => [Allowance.NameOnly],
                    "Y if owner" => [Allowance.IfOwner],
                    "masked" => [Allowance.Masked],
                    "if granted, logged" => [Allowance.LoggedByGrant],
                    "B if granted" => [Allowance.BudgetedByGrant],
                    "Y, not own" => [Allowance.NotOwn],
                    "Y, not own, not reviewed by them" => [Allowance.NotOwnNotReviewed],
                    "two persons, reason" => [Allowance.TwoPersons],
                    "own models" => [Allowance.OwnModels],
                    "propose policy" => [Allowance.Propose],
                    "own tokens" => [Allowance.OwnTokens],
                    "Y; loosening needs a second administrator" => [Allowance.SecondForLoosening],
                    _ => [],
                };
                Assert.True(
                    fitting.Contains(AccessPolicy.CellOf(role, right)), $"{role}, {right}: agreed “{agreed}”, in code {AccessPolicy.CellOf(role, right)}.");
            }
        }
    }

    // Every role, right and relation: what the text of the table means against what the code decides.
    [Fact]
    public void The_code_allows_exactly_what_the_agreed_table_means()
    {
        for (int bits = 0; bits < 16; bits++)
        {
            ModelRelation relation = new((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0);
            foreach (Role role in RightsTable.Columns)
            {
                HashSet<Role> roles = [role];
                Assert.Equal(RightsTable.Sees(role, relation), AccessPolicy.VisibilityOf(roles, relation));
                foreach (Right right in Enum.GetValues<Right>())
                {
                    Assert.True(
                        RightsTable.Allows(role, right, relation) == AccessPolicy.Decide(roles, right, relation).Allowed, $"{role} {right} {relation}");
                }
            }
        }
    }

    [Fact]
    public void An_administrator_gets_none_of_the_four_by_another_role_or_a_broken_glass()
    {
        foreach (Right right in (Right[])[Right.Approve, Right.ExplainRow, Right.SeeCoefficients, Right.SeePersonalRows])
        {
            foreach (Role other in RightsTable.Columns)
            {
                Assert.Equal(AccessDecision.Denied, AccessPolicy.Decide(
                    new HashSet<Role> { Role.Administrator, other }, right, new ModelRelation(true, true, true, true, EnumSet.Of(right))));
            }
        }
    }

    [Fact]
    public void A_broken_glass_gives_its_right_and_the_sight_of_the_model_and_nothing_else()
    {
        ModelRelation relation = new(false, BreakGlass: EnumSet.Of(Right.Operate));

        foreach (Right right in Enum.GetValues<Right>())
        {
            Assert.Equal(
                right is Right.Operate or Right.SeeModel,
                AccessPolicy.Decide(new HashSet<Role> { Role.Developer }, right, relation) is { Allowed: true, Cell: Allowance.BreakGlass });
        }

        Assert.Equal(AccessDecision.Denied, AccessPolicy.Decide(new HashSet<Role>(), Right.Operate, relation));
    }
}
