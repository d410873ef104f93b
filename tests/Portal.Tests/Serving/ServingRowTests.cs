using Governance.Portal.Features.Serving;

namespace Governance.Portal.Tests.Serving;

public sealed class ServingRowTests
{
    [Theory]
    [InlineData(null, "–")]
    [InlineData(0L, "0.00 MiB")]
    [InlineData(471_859L, "0.45 MiB")]
    [InlineData(12_897_485L, "12.3 MiB")]
    [InlineData(104_810_414L, "100 MiB")]
    [InlineData(1_072_693_248L, "1,023 MiB")]
    [InlineData(6_318_718_976L, "5.88 GiB")]
    public void A_size_has_three_digits(long? bytes, string words) => Assert.Equal(words, ServingRow.Size(bytes));
}
