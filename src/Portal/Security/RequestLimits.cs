using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Governance.Portal.Security;

/// <summary>What one request may take: its size, its headers, its time, and the names that the portal answers to.</summary>
internal static class RequestLimits
{
    /// <summary>The largest body, in bytes, of a request whose address does not allow more: a form, or JSON with an encoding.</summary>
    public const long MostBody = 4 << 20;

    /// <summary>Headers of a request, in bytes together.</summary>
    public const int MostHeaderBytes = 32 << 10;

    /// <summary>Headers of a request.</summary>
    public const int MostHeaders = 64;

    /// <summary>How long the headers of a request may take to arrive.</summary>
    public static readonly TimeSpan HeaderTime = TimeSpan.FromSeconds(15);

    /// <summary>How long an answer may take; circuits and uploads have no such limit.</summary>
    public static readonly TimeSpan AnswerTime = TimeSpan.FromMinutes(5);

    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Sets them.</summary>
    public static void AddRequestLimits(this IServiceCollection services, PortalOptions portal)
    {
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBody;
            kestrel.Limits.MaxRequestHeadersTotalSize = MostHeaderBytes;
            kestrel.Limits.MaxRequestHeaderCount = MostHeaders;
            kestrel.Limits.RequestHeadersTimeout = HeaderTime;
        });
        services.Configure<HostFilteringOptions>(filter =>
        {
            filter.AllowedHosts = [.. HostsOf(portal)];
            filter.IncludeFailureMessage = false;
        });
        services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy { Timeout = AnswerTime });
    }

    /// <summary>Ends answers that take too long; a circuit is one request that lasts as long as its page.</summary>
    public static void UseAnswerTime(this IApplicationBuilder app) => app.UseWhen(
        http => !http.Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase), requests => requests.UseRequestTimeouts());

    /// <summary>
    /// The names in the Host header that are answered: those that the portal was started with. A page of another site that
    /// lets its name point here (DNS rebinding) gets 400.
    /// </summary>
    /// <returns>"*" where it listens on every address and was told no name: then its proxy has to choose.</returns>
    public static IEnumerable<string> HostsOf(PortalOptions portal)
    {
        string[] listening = [.. portal.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(url => BindingAddress.Parse(url).Host)];
        bool everywhere = listening.Any(host => host is "*" or "+" or "0.0.0.0" or "[::]");
        return portal.Hosts.Count == 0 && everywhere
            ? ["*"]
            : portal.Hosts.Concat(listening.Where(host => host is not ("*" or "+" or "0.0.0.0" or "[::]")))
                .Concat(everywhere || listening.Any(host => Loopback.Contains(host)) ? Loopback : [])
                .Distinct(StringComparer.OrdinalIgnoreCase);
    }
}
