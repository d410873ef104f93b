using Governance.Audit.Serving;
using Governance.Portal.Features.ExternalSignIn;
using Governance.Registry.Storage;

namespace Governance.Portal;

/// <summary>How one portal process is started.</summary>
public sealed record PortalOptions
{
    /// <summary>The addresses to listen on, separated by ';'. Port 0 takes a free one.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    /// <summary>Where the registry keeps what it knows.</summary>
    public RegistryOptions Registry { get; init; } = new();

    /// <summary>
    /// The folder of the keys that sign cookies, outside the data folder; null for <c>governance/sessions</c> in the
    /// user's configuration folder.
    /// </summary>
    public string? SessionKeyFolder { get; init; }

    /// <summary>Names by which browsers reach the portal beside those of <see cref="Urls"/>, such as the name that its proxy has.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>The OpenID Connect provider that people may sign in with; null for none.</summary>
    public OidcSettings? Oidc { get; init; }

    /// <summary>
    /// Whether everybody needs a second factor: whoever has none is led to enrol one before anything else. Off here and in
    /// the demo, on for <c>governance serve</c> unless it is told otherwise.
    /// </summary>
    public bool RequireSecondFactor { get; init; }

    /// <summary>
    /// The domain that passkeys are bound to, such as <c>governance.example.org</c>; null for that of the first address: its
    /// name, <c>localhost</c> for one of this machine alone.
    /// </summary>
    public string? PasskeyDomain { get; init; }

    /// <summary>The collector that measurements are sent to by OTLP over HTTP, such as <c>http://127.0.0.1:4318</c>; null sends nothing.</summary>
    public Uri? Otlp { get; init; }

    /// <summary>How often they are sent.</summary>
    public TimeSpan OtlpInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What serving may take of the machine.</summary>
    public ServingOptions Serving { get; init; } = new();

    /// <summary>The domain that counts; null where none is known, and then there are no passkeys.</summary>
    public string? EffectivePasskeyDomain => PasskeyDomain ?? DomainOf(Urls.Split(';')[0]);

    /// <summary>Whether every address is HTTPS: then cookies take the __Host- prefix, which browsers refuse over HTTP.</summary>
    public bool IsHttpsOnly => Urls.Split(';', StringSplitOptions.RemoveEmptyEntries)
        .All(url => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase));

    // Other addresses than this machine's own are no domain: browsers bind passkeys to names.
    private static string? DomainOf(string url) =>
        !Uri.TryCreate(url, UriKind.Absolute, out Uri? address) ? null // "http://*:80", "http://+:80"
            : address.IsLoopback ? "localhost"
            : address.HostNameType == UriHostNameType.Dns ? address.Host
            : null;
}
