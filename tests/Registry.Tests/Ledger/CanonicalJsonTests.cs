using System.Text;
using System.Text.Json.Nodes;
using Governance.Registry.Ledger;

namespace Governance.Registry.Tests.Ledger;

public sealed class CanonicalJsonTests
{
    // RFC 8785 appendix B: IEEE 754 bits and the text that ECMAScript prints.
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x8000000000000001, "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffff, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xc340000000000000, "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void Numbers_are_printed_as_in_the_table_of_the_standard(ulong bits, string expected)
    {
        double value = BitConverter.UInt64BitsToDouble(bits);

        Assert.Equal(expected, EcmaScriptNumber.Format(value));
    }

    [Fact]
    public void Any_double_reads_back_as_itself()
    {
        Random random = new(8785);
        for (int i = 0; i < 100_000; i++)
        {
            double value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(value))
            {
                Assert.Equal(value, double.Parse(EcmaScriptNumber.Format(value)));
            }
        }
    }

    // RFC 8785 §3.2.2 to 3.2.4.
    [Fact]
    public void The_example_of_the_standard_gives_its_bytes()
    {
        const string Input = """
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """;
        const string Expected =
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27]," +
            "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}";

        Assert.Equal(Expected, Text(Input));
    }

    // RFC 8785 §3.2.3: sorted by UTF-16 code units, so the emoji (D83D…) goes before U+FB33.
    [Fact]
    public void Members_are_sorted_by_code_units()
    {
        const string Input = """
            {"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
            "\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}
            """;

        string[] names = [.. JsonNode.Parse(Text(Input))!.AsObject().Select(member => member.Value!.GetValue<string>())];

        Assert.Equal(
            [
                "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign",
                "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh",
            ],
            names);
    }

    [Theory]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("1e400")]
    [InlineData("9007199254740993")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\udc00\":1}")]
    [InlineData("[1,]")]
    [InlineData("1 2")]
    [InlineData("")]
    [InlineData("NaN")]
    public void Refuses_what_has_no_canonical_form(string input) =>
        Assert.Throws<FormatException>(() => Text(input));

    [Fact]
    public void Refuses_nesting_beyond_its_limit() =>
        Assert.Throws<FormatException>(() => Text(new string('[', 65) + new string(']', 65)));

    [Fact]
    public void Canonical_text_is_its_own_canonical_form()
    {
        byte[] once = CanonicalJson.Canonicalize("{ \"b\": 1.0, \"a\": \"\\u00e9\" }"u8);

        Assert.Equal("{\"a\":\"é\",\"b\":1}", Encoding.UTF8.GetString(once));
        Assert.True(CanonicalJson.IsCanonical(once));
        Assert.False(CanonicalJson.IsCanonical("{\"b\":1,\"a\":1}"u8));
    }

    private static string Text(string json) => Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(json)));
}
