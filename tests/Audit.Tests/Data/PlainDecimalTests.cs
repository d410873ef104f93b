using System.Globalization;
using System.Text;
using Governance.Audit.Data;

namespace Governance.Audit.Tests.Data;

public sealed class PlainDecimalTests
{
    // The oracle is the framework's own parser, which rounds correctly.
    [Fact]
    public void Rounds_as_the_framework_does()
    {
        Random random = new(1969);
        for (int i = 0; i < 200_000; i++)
        {
            double value = BitConverter.Int64BitsToDouble(random.NextInt64());
            if (!double.IsNormal(value))
            {
                continue;
            }

            string text = (i % 3) switch
            {
                0 => value.ToString("R", CultureInfo.InvariantCulture),
                1 => (random.NextDouble() * 1000).ToString("R", CultureInfo.InvariantCulture),
                _ => value.ToString("E25", CultureInfo.InvariantCulture),
            };
            text = text.Replace("E+", "e", StringComparison.Ordinal);

            Assert.True(PlainDecimal.TryParse(text, out double parsed), text);
            Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), parsed);
        }
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0.5", -0.5)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5)]
    [InlineData("0.0001", 1e-4)]
    [InlineData("1E3", 1000)]
    [InlineData("1e+3", 1000)]
    [InlineData("9007199254740992", 9007199254740992)]
    [InlineData("0.00000000000000000000000000001", 1e-29)]
    [InlineData("0e999999999999", 0)]
    public void Reads_plain_decimal_notation(string text, double value)
    {
        Assert.True(PlainDecimal.TryParseFaithful(Encoding.UTF8.GetBytes(text), out double parsed));
        Assert.Equal(value, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1.2.3")]
    [InlineData("1,5")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("--1")]
    [InlineData("1 ")]
    [InlineData("1e999")]
    public void Refuses_anything_else(string text) => Assert.False(PlainDecimal.TryParse(text, out _));

    [Fact]
    public void Leading_zeros_are_kept_for_identifiers_and_read_where_a_number_is_wanted()
    {
        Assert.False(PlainDecimal.TryParseFaithful("007"u8, out _));
        Assert.True(PlainDecimal.TryParse("007", out double value));
        Assert.Equal(7, value);
    }
}
