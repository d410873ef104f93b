namespace Governance.Portal.Security;

/// <summary>The guard against open redirects: an address from a query or a form leads to this portal or home.</summary>
internal static class LocalAddress
{
    /// <summary>The address if it is a path of this portal, else "/".</summary>
    /// <remarks>
    /// "//host" and "/\host" are other hosts to a browser, and it drops control characters before it looks, so
    /// "/\t/host" is one as well.
    /// </remarks>
    public static string OrHome(string? address) =>
        address is ['/', .. string rest]
        && (rest.Length == 0 || rest[0] is not ('/' or '\\'))
        && !address.Any(char.IsControl)
            ? address
            : "/";
}
