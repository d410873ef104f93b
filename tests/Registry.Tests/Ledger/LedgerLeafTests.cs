using Governance.Registry.Ledger;

namespace Governance.Registry.Tests.Ledger;

public sealed class LedgerLeafTests
{
    private static readonly FactDigest Digest = FactDigest.Of("{}"u8);

    // The form is final: if this text has to change, it is another schema.
    [Fact]
    public void The_form_of_a_leaf_is_fixed()
    {
        LedgerLeaf leaf = new(
            7, new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero).AddMicroseconds(1),
            "user:01957fa0-0000-7000-8000-000000000001", "s1", "version.registered",
            new LedgerSubject("version", "01957fa0-0000-7000-8000-000000000002"), null, null, Digest, null, null);

        Assert.Equal(
            """{"action":"version.registered","actor":"user:01957fa0-0000-7000-8000-000000000001","after":"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","before":null,"checkpoint":null,"reason":null,"schema":"governance/leaf/1","scope":null,"seq":7,"session":"s1","subject":{"id":"01957fa0-0000-7000-8000-000000000002","kind":"version"},"utc":"2026-03-01T09:00:00.000001Z"}""",
            leaf.ToText());
    }

    [Fact]
    public void A_leaf_reads_back_as_itself()
    {
        LedgerLeaf leaf = new(
            0, new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero), "system", null, "run.started",
            new LedgerSubject("run", "a"), new LedgerSubject("version", "b"), Digest, null, Digest, 12);

        Assert.Equal(leaf, LedgerLeaf.Parse(leaf.ToText()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"schema":"governance/leaf/2"}""")]
    [InlineData("""{"schema":"governance/leaf/1","seq":"x"}""")]
    public void Refuses_what_is_no_leaf(string text) => Assert.Throws<FormatException>(() => LedgerLeaf.Parse(text));
}
