using Governance.Audit.Findings;

namespace Governance.Audit.Tests.Findings;

public sealed class PlainListsTests
{
    [Theory]
    [InlineData("a", "a", "a")]
    [InlineData("a b", "a and b", "a or b")]
    [InlineData("a b c d", "a, b, c and d", "a, b, c or d")]
    public void Words_become_a_part_of_a_sentence(string words, string and, string or)
    {
        Assert.Equal(and, PlainLists.And(words.Split(' ')));
        Assert.Equal(or, PlainLists.Or(words.Split(' ')));
    }

    [Fact]
    public void A_list_has_a_word() => Assert.Throws<ArgumentOutOfRangeException>("words", () => PlainLists.And([]));
}
