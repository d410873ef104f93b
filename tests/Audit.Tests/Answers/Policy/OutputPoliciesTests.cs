using System.Text;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;
using Governance.Registry.Access;

namespace Governance.Audit.Tests.Answers.Policy;

public sealed class OutputPoliciesTests
{
    private static readonly OutputPolicies Pack = OutputPolicies.Default;

    [Theory]
    [InlineData(ReleaseClass.Linear)]
    [InlineData(ReleaseClass.Small)]
    public void Attributions_of_linear_and_small_models_are_numbers_only_for_those_who_may_see_coefficients(ReleaseClass release)
    {
        Assert.Equal(AttributionForm.Full, Pack.For(Role.Developer, owner: true, release).Attribution);
        Assert.Equal(AttributionForm.Full, Pack.For(Role.Reviewer, owner: false, release).Attribution);
        foreach (Role role in (Role[])[Role.Developer, Role.Approver, Role.Consumer])
        {
            Assert.Equal(AttributionForm.TopThreeSigns, Pack.For(role, owner: false, release).Attribution);
        }
    }

    [Fact]
    public void Nobody_but_the_owner_gets_more_than_two_decimals_and_consumers_get_one()
    {
        foreach (OutputCell cell in Pack.Cells)
        {
            Assert.Equal(
                cell.Audience switch { Audience.Owner => PredictionForm.Full, Audience.Consumer => PredictionForm.OneDecimal, _ => PredictionForm.TwoDecimals },
                cell.Policy.Prediction);
        }
    }

    [Fact]
    public void Roles_without_answers_of_their_own_are_treated_as_consumers() =>
        Assert.All(
            (Role[])[Role.Auditor, Role.Operator, Role.Administrator, Role.Consumer],
            role => Assert.Equal(Audience.Consumer, OutputPolicies.AudienceOf(role, owner: true)));

    [Fact]
    public void The_limits_are_those_of_the_brief()
    {
        Assert.Equal((200, 500, 2_000), (Pack.Limits.PrincipalDay, Pack.Limits.PrincipalLifetime, Pack.Limits.ModelMonth));
        Assert.Equal(5, Pack.Limits.LinearLifetime(10));
        Assert.Equal(15, Pack.Limits.LinearLifetime(31));
        Assert.Equal(0, Pack.Limits.LinearLifetime(1));
    }

    [Fact]
    public void What_is_written_reads_back()
    {
        OutputPolicies back = OutputPolicies.Read(Pack.ToJson());

        Assert.Equal(Pack.Cells, back.Cells);
        Assert.Equal(Pack.Limits, back.Limits);
    }

    [Fact]
    public void A_single_looser_cell_or_limit_is_a_loosening()
    {
        OutputCell consumer = Pack.Cells.First(cell => cell.Audience == Audience.Consumer);
        OutputCell open = consumer with { Policy = consumer.Policy with { Prediction = PredictionForm.Full } };
        OutputPolicies looser = Pack with { Cells = [.. Pack.Cells.Select(cell => cell == consumer ? open : cell)] };
        OutputPolicies more = Pack with { Limits = Pack.Limits with { TeamDay = 401 } };
        OutputPolicies less = Pack with { Limits = Pack.Limits with { PrincipalDay = 10 } };

        Assert.True(looser.IsLooserThan(Pack));
        Assert.True(more.IsLooserThan(Pack));
        Assert.False(less.IsLooserThan(Pack));
        Assert.False(Pack.IsLooserThan(Pack));
    }

    [Theory]
    [InlineData("\"principalDay\": 200", "\"principalDay\": -1")]
    [InlineData("\"linearShare\": 0.5", "\"linearShare\": 1")]
    [InlineData("\"audience\":\"owner\",\"release\":\"linear\"", "\"audience\":\"consumer\",\"release\":\"linear\"")]
    [InlineData("\"oneDecimal\"", "\"threeDecimals\"")]
    [InlineData("\"name\"", "\"surname\"")]
    public void Refuses_what_is_no_whole_pack(string part, string instead)
    {
        string json = Encoding.UTF8.GetString(Pack.ToJson());
        string compact = part.Replace(": ", ":", StringComparison.Ordinal);
        Assert.Contains(compact, json, StringComparison.Ordinal);

        byte[] broken = Encoding.UTF8.GetBytes(json.Replace(compact, instead, StringComparison.Ordinal));

        Assert.Throws<InputException>(() => OutputPolicies.Read(broken));
    }
}
