using System.Text;
using Governance.Registry.Accounts;

namespace Governance.Registry.Tests.Accounts;

public sealed class TotpTests
{
    private static readonly byte[] Key = Encoding.ASCII.GetBytes("12345678901234567890");

    // RFC 6238, appendix B, SHA-1; the last six of its eight digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Makes_the_codes_of_the_standard(long seconds, string code) =>
        Assert.Equal(code, Totp.CodeAt(Key, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void Takes_the_code_of_a_clock_that_is_one_step_off(int off, bool taken)
    {
        DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(1234567890);

        long? step = Totp.StepOf(Key, Totp.CodeAt(Key, Totp.StepAt(now.AddSeconds(off))), now, after: 0);

        Assert.Equal(taken, step is not null);
    }

    [Fact]
    public void Takes_no_code_of_a_step_that_is_used_up()
    {
        DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(1234567890);
        string code = Totp.CodeAt(Key, Totp.StepAt(now));

        Assert.Null(Totp.StepOf(Key, code, now, after: Totp.StepAt(now)));
        Assert.Null(Totp.StepOf(Key, "12345", now, after: 0));
        Assert.Equal(Totp.StepAt(now), Totp.StepOf(Key, $"{code[..3]} {code[3..]}", now, after: 0));
    }

    // RFC 4648, section 10, without padding.
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Writes_keys_in_base_32(string plain, string encoded) =>
        Assert.Equal(encoded, Base32.Encode(Encoding.ASCII.GetBytes(plain)));
}
