using System.Text.Json.Nodes;
using Governance.Audit.Documents;

namespace Governance.Audit.Tests.Documents;

public sealed class EvidencePathTests
{
    private static readonly JsonNode Document = JsonNode.Parse(
        """{"findings":[{"id":"a/b","value":1,"interval":[0.5,1.5]},{"id":"say \"x\" \\ ]","value":2}],"performance":{"metrics":{"f1":0.5,"odd.name[0]":7}}}""")!;

    [Theory]
    [InlineData("findings[id=\"a/b\"].value", 1)]
    [InlineData("findings[0].value", 1)]
    [InlineData("findings[id=\"a/b\"].interval[1]", 1.5)]
    [InlineData("performance.metrics.f1", 0.5)]
    public void Finds_by_name_and_place(string path, double value) => Assert.Equal(value, EvidencePath.Find(Document, path)!.GetValue<double>());

    [Fact]
    public void Any_name_can_be_written_and_read()
    {
        Assert.Equal(2, EvidencePath.Find(Document, EvidencePath.Then(EvidencePath.Where("findings", "id", "say \"x\" \\ ]"), "value"))!.GetValue<double>());
        Assert.Equal(7, EvidencePath.Find(Document, EvidencePath.Of("performance", "metrics", "odd.name[0]"))!.GetValue<double>());
    }

    [Theory]
    [InlineData("findings[id=\"z\"].value")]
    [InlineData("findings[7]")]
    [InlineData("nothing.here")]
    public void What_is_not_there_is_null(string path) => Assert.Null(EvidencePath.Find(Document, path));

    [Theory]
    [InlineData("findings[id=\"a")]
    [InlineData("findings[")]
    [InlineData("a..b")]
    public void What_is_no_path_is_refused(string path) => Assert.Throws<FormatException>(() => EvidencePath.Find(Document, path));
}
