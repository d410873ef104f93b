namespace Governance.Portal.Features.ExternalSignIn;

/// <summary>Addresses of a provider.</summary>
internal static class OidcAddress
{
    /// <summary>Whether a token may be fetched from there: https, or a loopback address, for tests and for a provider on the same machine.</summary>
    public static bool IsSafe(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0;
}
