using Governance.Registry.Artifacts;
using Governance.Registry.Comments;
using Governance.Registry.Evidence;
using Governance.Registry.Versions;

namespace Governance.Registry.Tests.Comments;

public sealed class CommentTopicTests
{
    private static readonly ModelVersionId Version = ModelVersionId.New();
    private static readonly EvidenceId Evidence = EvidenceId.New();
    private static readonly ArtifactDigest Data = new(new string('a', 64));

    [Fact]
    public void A_topic_is_read_back_from_its_kind_version_and_key()
    {
        CommentTopic[] topics =
        [
            CommentTopic.OfEvidence(Version, Evidence, null), CommentTopic.OfEvidence(Version, Evidence, "fairness/impact_ratio/sex"),
            CommentTopic.OfCase(Version, Data, 0), CommentTopic.OfCase(Version, Data, 99_999), CommentTopic.OfComparison(Version, ModelVersionId.New(), Data),
        ];

        Assert.All(topics, topic => Assert.Equal(topic, CommentTopic.Parse(topic.Kind.ToString(), topic.Version.ToString(), topic.Key)));
        Assert.Equal((Evidence, "fairness/impact_ratio/sex"), (topics[1].Evidence!.Value, topics[1].Finding));
        Assert.Equal((99_999, Data), (topics[3].Row!.Value, topics[3].Data!.Value));
        Assert.NotNull(topics[4].First);
    }

    [Theory]
    [InlineData("Case", "-1")]
    [InlineData("Case", "1.5")]
    [InlineData("Case", "99999999999")]
    [InlineData("Finding", "x")]
    [InlineData("Comparison", "x")]
    [InlineData("Nothing", "0")]
    public void What_a_form_makes_up_is_no_topic(string kind, string end) =>
        Assert.Null(CommentTopic.Parse(kind, Version.ToString(), kind == "Finding" ? end : $"{Data.Hex}/{end}"));

    [Fact]
    public void The_evidence_as_a_whole_covers_what_was_said_on_its_findings_and_a_finding_only_itself()
    {
        CommentTopic whole = CommentTopic.OfEvidence(Version, Evidence, null);
        CommentTopic one = CommentTopic.OfEvidence(Version, Evidence, "a/b");

        Assert.True(whole.Covers(one) && whole.Covers(whole) && one.Covers(one));
        Assert.False(one.Covers(whole) || whole.Covers(CommentTopic.OfEvidence(Version, EvidenceId.New(), "a/b")));
    }

    [Theory]
    [InlineData("@rita look at this.", "rita")]
    [InlineData("Ask (@carl), @cora and @carl again.", "carl cora")]
    [InlineData("Mail a@b.org; the condition is @score >= 0.5.", "score")]
    [InlineData("@jo.doe-smith. Yes?", "jo.doe-smith")]
    [InlineData("at 5 @ noon", "")]
    public void A_text_calls_upon_names_after_an_at_sign_that_begins_a_word(string text, string names) =>
        Assert.Equal(names, string.Join(' ', MentionedPeople.In(text)));
}
