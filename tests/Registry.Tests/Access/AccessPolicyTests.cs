using Governance.Registry.Access;

namespace Governance.Registry.Tests.Access;

public sealed class AccessPolicyTests
{
    private static readonly Role[] Columns =
        [Role.Developer, Role.Reviewer, Role.Approver, Role.Auditor, Role.Consumer, Role.Operator, Role.Administrator];

    // The table of rights as it was agreed, one line a right, in the order of Columns.
    private static readonly (Right Right, string Cells)[] Agreed =
    [
        (Right.SeeModel, "Granted Granted Granted All NameOnly Granted NameOnly"),
        (Right.Register, "Granted Never Never Never Never Never Never"),
        (Right.RunAudit, "Granted Granted Granted Never Never Granted Never"),
        (Right.Predict, "Budgeted Budgeted Never Never Budgeted Never Never"),
        (Right.ExplainRow, "Budgeted Budgeted Budgeted Never BudgetedByGrant Never Never"),
        (Right.SeeCoefficients, "IfOwner Granted Never Never Never Never Never"),
        (Right.SeePersonalRows, "Masked LoggedByGrant Masked Masked Never Never Never"),
        (Right.Review, "Never NotOwn Never Never Never Never Never"),
        (Right.Approve, "Never Never NotOwnNotReviewed Never Never Never Never"),
        (Right.Suspend, "Never Never Granted Never Never Granted Never"),
        (Right.Operate, "Never Never Never Never Never Granted Never"),
        (Right.DownloadArtifact, "Never Never TwoPersons Never Never Never Never"),
        (Right.SeeLedger, "OwnModels OwnModels Granted All Never Never Never"),
        (Right.Administer, "Never Never Propose Never OwnTokens Never SecondForLoosening"),
    ];

    [Fact]
    public void Every_cell_says_what_was_agreed()
    {
        Assert.Equal(Enum.GetValues<Right>(), Agreed.Select(row => row.Right));
        foreach ((Right right, string cells) in Agreed)
        {
            Assert.Equal(cells.Split(' '), Columns.Select(role => AccessPolicy.CellOf(role, right).ToString()));
        }
    }

    // For every role, right and relation: brute force over the meaning of the words.
    [Fact]
    public void Every_role_may_exactly_what_its_cell_means()
    {
        foreach ((Right right, string cells) in Agreed)
        {
            string[] words = cells.Split(' ');
            for (int i = 0; i < Columns.Length; i++)
            {
                foreach (ModelRelation relation in Relations())
                {
                    bool expected = words[i] switch
                    {
                        "All" or "SecondForLoosening" => true,
                        "Never" or "NameOnly" or "TwoPersons" or "Propose" or "OwnTokens" => false,
                        "IfOwner" => relation.Granted && relation.Owner,
                        "BudgetedByGrant" => relation.Granted && relation.ExplanationsByGrant,
                        "LoggedByGrant" => relation.Granted && relation.PersonalRowsByGrant,
                        "Masked" => relation.Granted || Columns[i] == Role.Auditor,
                        _ => relation.Granted,
                    };
                    Assert.True(
                        expected == AccessPolicy.Decide(Set(Columns[i]), right, relation).Allowed,
                        $"{Columns[i]} {right} {relation}");
                }
            }
        }
    }

    [Fact]
    public void Nobody_without_a_role_may_anything()
    {
        foreach (Right right in Enum.GetValues<Right>())
        {
            Assert.Equal(AccessDecision.Denied, AccessPolicy.Decide(Set(), right, new ModelRelation(true, true, true, true)));
        }
    }

    [Fact]
    public void The_second_of_two_roles_counts_where_the_first_denies()
    {
        AccessDecision decision = AccessPolicy.Decide(Set(Role.Developer, Role.Reviewer), Right.Review, new ModelRelation(true));

        Assert.Equal(new AccessDecision(true, Role.Reviewer, Allowance.NotOwn), decision);
    }

    [Fact]
    public void Unmasked_goes_before_masked()
    {
        AccessDecision decision = AccessPolicy.Decide(
            Set(Role.Developer, Role.Reviewer), Right.SeePersonalRows, new ModelRelation(true, PersonalRowsByGrant: true));

        Assert.Equal(Allowance.LoggedByGrant, decision.Cell);
    }

    [Theory]
    [InlineData(Role.Auditor, false, ModelVisibility.Full)]
    [InlineData(Role.Developer, false, ModelVisibility.None)]
    [InlineData(Role.Developer, true, ModelVisibility.Full)]
    [InlineData(Role.Reviewer, false, ModelVisibility.None)]
    [InlineData(Role.Approver, false, ModelVisibility.None)]
    [InlineData(Role.Operator, false, ModelVisibility.None)]
    [InlineData(Role.Consumer, false, ModelVisibility.None)]
    [InlineData(Role.Consumer, true, ModelVisibility.NameOnly)]
    [InlineData(Role.Administrator, false, ModelVisibility.NameOnly)]
    public void A_model_outside_a_grant_does_not_exist(Role role, bool granted, ModelVisibility expected) =>
        Assert.Equal(expected, AccessPolicy.VisibilityOf(Set(role), new ModelRelation(granted)));

    [Fact]
    public void Every_right_has_a_sentence()
    {
        foreach (Right right in Enum.GetValues<Right>())
        {
            Assert.EndsWith(".", RightsRefusals.For(right).Sentence, StringComparison.Ordinal);
        }
    }

    private static HashSet<Role> Set(params Role[] roles) => [.. roles];

    private static IEnumerable<ModelRelation> Relations()
    {
        for (int bits = 0; bits < 16; bits++)
        {
            yield return new ModelRelation((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0);
        }
    }
}
