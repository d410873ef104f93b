using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Governance.Portal.Tests.Accounts;
using Governance.Registry.Access;
using Governance.Tests;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Security;

/// <summary>What changes where every address of the portal is HTTPS.</summary>
public sealed class HttpsTests : IAsyncLifetime
{
    private X509Certificate2 certificate = null!;
    private PortalServer server = null!;

    public async Task InitializeAsync()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        server = await PortalServer.StartAsync(
            configure: services => services.Configure<KestrelServerOptions>(kestrel =>
                kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate)),
            change: options => options with { Urls = "https://127.0.0.1:0" });
        await server.AddAsync("rita", Role.Reviewer);
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        certificate.Dispose();
    }

    [Fact]
    public async Task Every_cookie_is_bound_to_this_host_to_tls_and_out_of_scripts_reach()
    {
        using Visitor visitor = new(server);
        HttpResponseMessage theme = await visitor.SubmitAsync("/accounts/sign-in", "form.theme-switch", ("theme", "dark"));
        HttpResponseMessage signIn = await visitor.SignInAsync("rita");
        HttpResponseMessage form = await visitor.GetAsync("/accounts/sign-in");

        string[] cookies = [.. new[] { theme, signIn, form }.SelectMany(
            response => response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? set) ? set : [])
            .Where(cookie => !cookie.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase))];

        Assert.True(cookies.Length >= 2);
        Assert.All(cookies, cookie =>
        {
            Assert.StartsWith("__Host-", cookie);
            Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Matches("(?i)samesite=(lax|strict)", cookie);
            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        });
        Assert.Equal("dark", (await visitor.ReadAsync("/accounts/sign-in")).DocumentElement.GetAttribute("data-theme"));
    }

    [Theory]
    [InlineData("/accounts/sign-in")]
    [InlineData("/css/tokens.css")]
    [InlineData("/api/v1/nowhere")]
    [InlineData("/nowhere")]
    public async Task Every_response_keeps_browsers_on_tls_for_over_a_year(string path)
    {
        using Visitor visitor = new(server);

        HttpResponseMessage response = await visitor.GetAsync(path);

        string policy = response.Headers.GetValues("Strict-Transport-Security").Single();
        Assert.Matches("^max-age=[0-9]+; includeSubDomains$", policy);
        Assert.InRange(int.Parse(policy.Split('=', ';')[1], System.Globalization.CultureInfo.InvariantCulture), 31_536_000, int.MaxValue);
        Assert.Contains("upgrade-insecure-requests", response.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task Old_versions_of_tls_are_not_spoken()
    {
        using HttpClientHandler handler = new()
        {
            SslProtocols = OldProtocols, ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
        };
        using HttpClient client = new(handler);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri(server.Address + "/health/live")));
        using Visitor visitor = new(server);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/health/live")).StatusCode);
    }

#pragma warning disable CA5397, SYSLIB0039 // that these are old is the point
    private static System.Security.Authentication.SslProtocols OldProtocols =>
        System.Security.Authentication.SslProtocols.Tls | System.Security.Authentication.SslProtocols.Tls11;
#pragma warning restore CA5397, SYSLIB0039
}
