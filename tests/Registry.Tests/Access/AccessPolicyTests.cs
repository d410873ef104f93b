using Governance.Registry.Access;

namespace Governance.Registry.Tests.Access;

public sealed class AccessPolicyTests
{
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
}
