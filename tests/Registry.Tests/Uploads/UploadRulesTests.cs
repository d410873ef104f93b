using Governance.Registry.Uploads;

namespace Governance.Registry.Tests.Uploads;

public sealed class UploadRulesTests
{
    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1_023, "1023 bytes")]
    [InlineData(1_024, "1 KiB")]
    [InlineData(1_536, "1.5 KiB")]
    [InlineData(118_784, "116 KiB")]
    [InlineData(1_048_576, "1 MiB")]
    [InlineData(13_002_342, "12.4 MiB")]
    [InlineData(1_073_741_824, "1 GiB")]
    [InlineData(5_841_155_523, "5.44 GiB")]
    public void A_length_is_told_in_the_largest_unit_that_it_fills(long length, string told) => Assert.Equal(told, UploadRules.Bytes(length));
}
