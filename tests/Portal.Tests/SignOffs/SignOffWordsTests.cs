using Governance.Portal.Features.SignOffs;

namespace Governance.Portal.Tests.SignOffs;

public sealed class SignOffWordsTests
{
    [Theory]
    [InlineData("Accepted until 2026-12-22T01:05:24.817997Z", "Accepted until 22 Dec 2026")]
    [InlineData("Open", "Open")]
    [InlineData("0.5", "0.5")]
    [InlineData("Size XYZ", "Size XYZ")] // a word that ends like a moment and is none
    [InlineData(null, "not there")]
    public void A_moment_in_a_standing_is_said_as_its_day(string? standing, string words) => Assert.Equal(words, SignOffWords.Standing(standing, "not there"));
}
