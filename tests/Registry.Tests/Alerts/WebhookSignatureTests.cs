using Governance.Registry.Alerts;

namespace Governance.Registry.Tests.Alerts;

public sealed class WebhookSignatureTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    // printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac whsec_test
    [Fact]
    public void Is_what_openssl_computes() =>
        Assert.Equal("t=1700000000,v1=38877139021993b830af32feea6e18a8da83eb2f6e49ee50bd9e4cf4ca4d3789", WebhookSignature.Of("whsec_test", """{"a":1}""", At));

    [Fact]
    public void Proves_this_body_at_this_time_and_nothing_else()
    {
        string header = WebhookSignature.Of("whsec_test", "body", At);

        Assert.True(WebhookSignature.Holds("whsec_test", "body", header, At.AddMinutes(4)));
        Assert.False(WebhookSignature.Holds("whsec_test", "body ", header, At));
        Assert.False(WebhookSignature.Holds("whsec_other", "body", header, At));
        Assert.False(WebhookSignature.Holds("whsec_test", "body", header, At.AddMinutes(6)));
        Assert.False(WebhookSignature.Holds("whsec_test", "body", header.Replace("t=17", "t=18", StringComparison.Ordinal), At));
        Assert.False(WebhookSignature.Holds("whsec_test", "body", header[..^1], At));
        Assert.False(WebhookSignature.Holds("whsec_test", "body", null, At));
        Assert.False(WebhookSignature.Holds("whsec_test", "body", "v1=00", At));
    }
}
