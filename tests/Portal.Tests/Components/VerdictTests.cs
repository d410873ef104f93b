using Governance.Portal.Components.Parts;
using Governance.Registry.Policies;

namespace Governance.Portal.Tests.Components;

public sealed class VerdictTests
{
    [Theory]
    [InlineData(GateVerdict.Meets, "Meets")]
    [InlineData(GateVerdict.Breaches, "Breaches")]
    [InlineData(GateVerdict.Inconclusive, "Inconclusive")]
    [InlineData(null, "Missing")]
    public async Task Says_the_verdict_in_a_word(GateVerdict? verdict, string word)
    {
        ComponentHost host = await ComponentHost.Create().RenderAsync<VerdictMark>(("Of", verdict));

        Assert.Equal(word, host.Text);
    }

    [Fact]
    public async Task Each_verdict_has_a_shape_of_its_own()
    {
        HashSet<string> shapes = [];
        foreach (GateVerdict? verdict in new GateVerdict?[] { GateVerdict.Meets, GateVerdict.Breaches, GateVerdict.Inconclusive, null })
        {
            ComponentHost host = await ComponentHost.Create().RenderAsync<VerdictShape>(("Of", verdict));
            shapes.Add(host.Document.QuerySelector("svg")!.InnerHtml);
        }

        Assert.Equal(4, shapes.Count);
    }

    [Fact]
    public async Task A_tally_leaves_out_what_is_zero_and_begins_with_the_worst()
    {
        ComponentHost host = await ComponentHost.Create()
            .RenderAsync<VerdictTally>(("Meets", 1902), ("Breaches", 1), ("Inconclusive", 0));

        Assert.Equal("1 breaches 1,902 meets", host.Text);
    }

    [Theory]
    [InlineData("BMMI", "Of 4 metrics with a limit 1 breaches it, 2 meet it and 1 cannot be decided")]
    [InlineData("MM-", "Of 2 metrics with a limit 2 meet it")]
    [InlineData("I", "Of 1 metric with a limit 1 cannot be decided")]
    [InlineData("--", null)]
    public void A_sentence_counts_what_has_a_limit(string verdicts, string? sentence) => Assert.Equal(sentence, VerdictWords.Tally("metric", verdicts.Select(verdict => verdict switch
    {
        'B' => GateVerdict.Breaches,
        'M' => GateVerdict.Meets,
        'I' => (GateVerdict?)GateVerdict.Inconclusive,
        _ => null,
    })));
}
