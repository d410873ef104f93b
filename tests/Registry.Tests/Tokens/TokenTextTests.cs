using System.Text;
using Governance.Registry.Tokens;

namespace Governance.Registry.Tests.Tokens;

public sealed class TokenTextTests
{
    // The check value of CRC-32/ISO-HDLC in the catalogue of parametrised CRC algorithms.
    [Fact]
    public void The_checksum_is_that_of_zip() => Assert.Equal(0xCBF43926, TokenText.Crc32("123456789"u8));

    [Fact]
    public void Is_a_prefix_43_characters_and_a_checksum_of_six()
    {
        for (int each = 0; each < 200; each++)
        {
            string text = TokenText.New();

            Assert.Matches("^gov_[0-9A-Za-z]{49}$", text);
            Assert.True(TokenText.Fits(text));
        }
    }

    // 1,000 tokens of 256 bits: the second character takes all 62 values, and none comes twice.
    [Fact]
    public void Is_random()
    {
        string[] texts = [.. Enumerable.Range(0, 1_000).Select(_ => TokenText.New())];

        Assert.Equal(1_000, texts.Distinct().Count());
        Assert.Equal(62, texts.Select(text => text[TokenText.Prefix.Length + 1]).Distinct().Count());
    }

    [Fact]
    public void Every_single_wrong_character_is_found_by_the_checksum()
    {
        string text = TokenText.New();
        for (int at = 0; at < text.Length; at++)
        {
            StringBuilder wrong = new(text);
            wrong[at] = text[at] == 'x' ? 'y' : 'x';

            Assert.False(TokenText.Fits(wrong.ToString()), $"position {at}");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("gov_")]
    [InlineData("ghp_0000000000000000000000000000000000000000000000000")]
    public void Refuses_what_is_no_token(string? text) => Assert.False(TokenText.Fits(text));

    [Fact]
    public void Refuses_one_that_is_cut_or_goes_on()
    {
        string text = TokenText.New();

        Assert.False(TokenText.Fits(text[..^1]));
        Assert.False(TokenText.Fits(text + "0"));
        Assert.False(TokenText.Fits(" " + text));
    }
}
