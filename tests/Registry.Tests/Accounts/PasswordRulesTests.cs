using Governance.Registry.Accounts;

namespace Governance.Registry.Tests.Accounts;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("Password2026!")]
    [InlineData("P@ssw0rd1234")]
    [InlineData("passwordpassword")]
    [InlineData("qwertyuiop12")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("abcabcabcabcabc")]
    [InlineData("123456789012")]
    [InlineData("Summer2026!!")]
    [InlineData("Governance2026")]
    [InlineData("governanceportal")]
    [InlineData("adminadmin12")]
    [InlineData("rita.brandt2026")]
    [InlineData("BrandtRita12")]
    [InlineData("letmeinletmein")]
    [InlineData("iloveyou1234")]
    [InlineData("Liverpool1892")]
    [InlineData("monkey123456")]
    public void Refuses_what_is_guessed_first(string password) =>
        Assert.Equal("common-password", PasswordRules.RefusalFor(password, "rita", "Rita Brandt", "rita@bank.test")?.Code);

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("velvet tractor quorum lamp")]
    [InlineData("kq7zpt3mxw9r")]
    [InlineData("Tr0ub4dor&Zeppelin")]
    [InlineData("žluťoučký kůň úpěl")]
    [InlineData("m8s2abcdefghjkmn")]
    public void Takes_what_is_not(string password) =>
        Assert.Null(PasswordRules.RefusalFor(password, "rita", "Rita Brandt", null));

    [Fact]
    public void Takes_twelve_to_a_thousand_characters_of_any_kind()
    {
        string random = string.Concat(Enumerable.Range(0, 1_001).Select(i => (char)('a' + (i * i * 31 + i * 7) % 26)));

        Assert.Equal("short-password", PasswordRules.RefusalFor("kq7zpt3mxw9")?.Code);
        Assert.Null(PasswordRules.RefusalFor(random[..1_000]));
        Assert.Equal("long-password", PasswordRules.RefusalFor(random)?.Code);
    }

    // A longer password with the same start is never easier to guess than its parts were, up to the cost of a repetition.
    [Fact]
    public void Random_letters_are_worth_what_they_are()
    {
        Random random = new(20_26);
        for (int i = 0; i < 200; i++)
        {
            string letters = string.Concat(Enumerable.Range(0, 14).Select(_ => (char)('a' + random.Next(26))));

            Assert.InRange(PasswordStrength.BitsOf(letters), 40, 14 * 4.7 + 0.01);
        }
    }
}
