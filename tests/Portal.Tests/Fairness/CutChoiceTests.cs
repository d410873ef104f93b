using Governance.Portal.Features.Fairness;

namespace Governance.Portal.Tests.Fairness;

public sealed class CutChoiceTests
{
    [Fact]
    public void An_address_gives_back_the_cuts_that_it_was_written_from()
    {
        CutChoice choice = new(0.375, new Dictionary<int, double> { [2] = 0.4, [0] = 0.3125 });

        CutChoice read = CutChoice.Read(CutChoice.Text(choice.Cut), choice.OwnText, 0.5);

        Assert.Equal("0:0.3125,2:0.4", choice.OwnText);
        Assert.Equal(choice.Cut, read.Cut);
        Assert.Equal(0.3125, read.Of(0));
        Assert.Equal(0.375, read.Of(1)); // as everybody
        Assert.Equal(0.4, read.Of(2));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("abc", "x:y,1,2:,:3")]
    [InlineData("NaN", "-1:0.2")]
    public void What_is_no_number_is_left_out(string? cut, string? own)
    {
        CutChoice read = CutChoice.Read(cut, own, 0.5);

        Assert.Equal(0.5, read.Cut);
        Assert.Empty(read.Own);
    }
}
