using Governance.Registry.Alerts;
using Governance.Registry.Policies;
using Governance.Registry.Versions;

namespace Governance.Registry.Tests.Alerts;

/// <summary>What a house may choose that does not want drift to end its champion's answers, and what the choice costs.</summary>
public sealed class AlertEffectTests
{
    private const string Citation = "    citation: \"House rule: two windows above the limit, see windows-before-critical.\"\n";
    private static readonly string BuiltIn = BuiltInPacks.Find("default", 2)!.Text;
    private static readonly PolicyPack Default = BuiltInPacks.Find("default", 2)!.Pack;

    private static readonly PolicyPack Notice = ReadPolicyPack.Run(BuiltIn.Replace(
        "  - on: drift-critical\n    then: review\n" + Citation, "  - on: drift-critical\n    then: notice\n" + Citation, StringComparison.Ordinal));

    [Theory]
    [InlineData(AlertTopic.Drift)]
    [InlineData(AlertTopic.Attribution)]
    public void Drift_leads_to_review_by_default_and_to_nothing_where_the_pack_asks_for_a_notice(AlertTopic topic)
    {
        Assert.Equal(Stage.InReview, AlertEffect.TargetOf(Default, topic, Stage.Approved));
        Assert.Null(AlertEffect.TargetOf(Notice, topic, Stage.Approved));
        Assert.Null(AlertEffect.TargetOf(Default, topic, Stage.InReview));
    }

    [Fact]
    public void A_notice_in_its_place_is_a_loosening_and_so_takes_two_administrators()
    {
        Assert.Equal(["The trigger 'DriftCritical' leads to less than 'Review'."], PackLoosening.Of(Notice, Default));
        Assert.Empty(PackLoosening.Of(Default, Notice));
    }
}
