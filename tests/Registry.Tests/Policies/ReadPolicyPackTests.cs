using Governance.Registry.Models;
using Governance.Registry.Policies;
using Governance.Registry.Yaml;

namespace Governance.Registry.Tests.Policies;

public sealed class ReadPolicyPackTests
{
    [Fact]
    public void The_default_pack_holds_every_line_of_the_checklist_and_asks_two_approvers_from_high_on()
    {
        PolicyPack pack = PolicyPack.Default;

        Assert.Equal(
            ["inventory", "materiality", "conceptual-soundness", "artifact-integrity", "data-sheet", "protected-attributes", "performance", "stability",
             "calibration", "robustness", "weak-cohorts", "fairness", "less-discriminatory", "explanations", "reason-codes", "human-oversight", "variants",
             "capacity", "extraction", "re-scoring", "monitoring-plan", "retention-class", "residual-risks", "findings-closed", "independence"],
            pack.Checklist.Select(line => line.Id));
        Assert.Equal([1, 1, 2, 2], Enum.GetValues<RiskTier>().Select(tier => pack.For(tier)!.Approvers));
        Assert.Equal(0.80, pack.GateOn("fairness.demographic_parity_ratio")!.AtLeast);
        Assert.Equal(TimeSpan.FromDays(30), pack.LifetimeOf(pack.Checklist.Single(line => line.Id == "data-sheet"), RiskTier.Critical));
        Assert.Equal(TimeSpan.FromDays(180), pack.LifetimeOf(pack.Checklist.Single(line => line.Id == "calibration"), RiskTier.High));
        Assert.Equal((0.1, 0.25, 0.9, 2.0), (pack.Limit("psi-moderate"), pack.Limit("psi-large"), pack.Limit("label-maturity"), pack.Limit("windows-before-critical")));
        Assert.Equal(CorrectionMethod.Holm, pack.CorrectionOf("fairness")!.Method);
    }

    [Fact]
    public void Everything_in_a_built_in_pack_says_where_it_comes_from() => Assert.All(BuiltInPacks.All, built =>
    {
        PolicyPack pack = built.Pack;
        string[] citations =
        [
            pack.Citation, pack.SmallGroupCitation, .. pack.Gates.Select(x => x.Citation), .. pack.Reports.Select(x => x.Citation), .. pack.Corrections.Select(x => x.Citation),
            .. pack.Tiers.Select(x => x.Citation), .. pack.Triggers.Select(x => x.Citation), .. pack.Limits.Select(x => x.Citation), .. pack.Checklist.Select(x => x.Citation),
        ];
        Assert.All(citations, citation => Assert.True(citation.Length > 10, citation));
        Assert.NotEmpty(pack.DoesNotSay);
    });

    [Fact]
    public void Local_law_144_reports_and_judges_nothing()
    {
        PolicyPack pack = BuiltInPacks.Find("ll144", 1)!.Pack;

        Assert.Empty(pack.Gates);
        Assert.Equal(3, pack.Reports.Count);
        Assert.Equal(0.02, pack.Limit("category-share"));
        Assert.All(pack.Tiers, rule => Assert.Equal(365, rule.CadenceDays));
        Assert.Equal(("New York City", new DateOnly(2023, 7, 5)), (pack.Jurisdiction, pack.EffectiveFrom));
    }

    [Fact]
    public void Canonical_json_reads_back_to_the_same_digest() => Assert.All(BuiltInPacks.All, built =>
        Assert.Equal(built.Pack.Digest, PolicyPack.FromJson(built.Pack.CanonicalBytes()).Digest));

    // Order of keys, white space and comments are no change of what a pack says; a number is.
    [Fact]
    public void The_digest_is_of_what_is_said()
    {
        string text = BuiltInPacks.Find("four-fifths", 1)!.Text;
        PolicyPack pack = ReadPolicyPack.Run(text);

        Assert.Equal(pack.Digest, ReadPolicyPack.Run("# a comment\n" + text.Replace("level: 0.95", "level:   0.950", StringComparison.Ordinal)).Digest);
        Assert.NotEqual(pack.Digest, ReadPolicyPack.Run(text.Replace("atLeast: 0.80", "atLeast: 0.79", StringComparison.Ordinal)).Digest);
    }

    [Theory]
    [InlineData("level: 0.95", "level: 0.95\nlevell: 1", "has no key 'levell' (did you mean 'level'?)")]
    [InlineData("atLeast: 0.80", "atleast: 0.80", "no key 'atleast' (did you mean 'atLeast'?)")]
    [InlineData("atLeast: 0.80", "atLeast: four", "'atLeast' takes a number, not 'four'.")]
    [InlineData("level: 0.95", "level: 1.5", "'level' lies between 0 and 1")]
    [InlineData("effectiveFrom: 1978-09-25", "effectiveFrom: 25.9.1978", "is a day such as 2026-11-01")]
    [InlineData("governance: policy/1", "governance: policy/9", "reads policy packs of 'policy/1'")]
    [InlineData("name: four-fifths", "name: Four Fifths", "lower-case letters")]
    [InlineData("fairness.demographic_parity_ratio", "fairnes.demographic_parity_ratio", "FAMILY.METRIC")]
    [InlineData("kind: supplement", "kind: base", "a base names each tier")]
    [InlineData("scale: logarithmic", "scale: log", "'scale' is one of linear, logarithmic")]
    [InlineData("scale: logarithmic", "scale: logarithmic\n    estimator: guess", "'estimator' is one of any, analytic, bootstrap, bca")]
    [InlineData("number: 1", "number: 1.5", "'number' is a whole number")]
    [InlineData("title: Four-fifths rule", "title: &a Four-fifths rule", "anchors and aliases are not read in a policy pack")]
    public void Refuses_with_line_and_column(string instead, string written, string reason)
    {
        string text = BuiltInPacks.Find("four-fifths", 1)!.Text;
        Assert.Contains(instead, text, StringComparison.Ordinal);

        YamlFaultException refusal = Assert.Throws<YamlFaultException>(() => ReadPolicyPack.Run(text.Replace(instead, written, StringComparison.Ordinal)));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.True(refusal is { Line: > 0, Column: > 0 });
        Assert.StartsWith($"The policy pack, line {refusal.Line}, column {refusal.Column}: ", refusal.Sentence("policy pack"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_key_is_refused_where_it_stands()
    {
        string text = BuiltInPacks.Find("default", 2)!.Text;
        string[] lines = text.Split('\n');
        int at = Array.FindIndex(lines, line => line.Contains("fromTier", StringComparison.Ordinal) || line.Contains("- id: calibration\r", StringComparison.Ordinal) || line.EndsWith("- id: calibration", StringComparison.Ordinal));
        lines[at] += "\n        shownby: [a.b]";

        YamlFaultException refusal = Assert.Throws<YamlFaultException>(() => ReadPolicyPack.Run(string.Join('\n', lines)));

        Assert.Equal((at + 2L, 9L), (refusal.Line, refusal.Column));
    }
}
