using Governance.Audit.Runs;

namespace Governance.Audit.Tests.Runs;

public sealed class CompareDocumentsTests
{
    [Fact]
    public void Equal_bytes_have_no_deviation()
    {
        ReproductionReport report = CompareDocuments.Run("{\"a\":1}"u8, "{\"a\":1}"u8);

        Assert.True(report.BitEqual);
        Assert.Empty(report.Deviations);
        Assert.Equal(report.SealedDigest, report.Digest);
    }

    [Fact]
    public void Every_value_that_differs_is_named_with_its_path_and_difference()
    {
        ReproductionReport report = CompareDocuments.Run(
            """{"a":[{"v":1.5},{"v":2}],"b":"x","c":true}"""u8, """{"a":[{"v":1.25},{"v":2},3],"b":"y","d":null}"""u8);

        Assert.False(report.BitEqual);
        Assert.Equal(["a[0].v", "a[2]", "b", "c", "d"], report.Deviations.Select(deviation => deviation.Path));
        Assert.Equal(0.25, report.Largest);
        Assert.Equal(("1.5", "1.25", -0.25), (report.Deviations[0].Sealed, report.Deviations[0].Now, report.Deviations[0].Difference!.Value));
        Assert.Equal((null, "3"), (report.Deviations[1].Sealed, report.Deviations[1].Now));
    }
}
