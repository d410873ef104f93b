using System.Text;
using Governance.Portal.Protocols.MlflowRegistry;

namespace Governance.Portal.Security;

/// <summary>The token that a request bears in its header.</summary>
/// <param name="Token">As it was sent; not judged yet.</param>
/// <param name="UserName">The account that it is said to be of; null where nothing is said.</param>
internal sealed record TokenHeader(string Token, string? UserName)
{
    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";

    /// <summary>
    /// Reads <c>Bearer gov_…</c>. On the addresses of MLflow's registry also <c>Basic</c> with the account's name and the token
    /// as password, which is how its clients send a user name and password (RFC 7617); nowhere else, so that no browser is led to keep one.
    /// </summary>
    /// <returns>Null where the header is none of them.</returns>
    public static TokenHeader? Read(HttpRequest request)
    {
        string? header = request.Headers.Authorization.Count == 1 ? request.Headers.Authorization.ToString() : null;
        if (header is null)
        {
            return null;
        }

        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return new TokenHeader(header[Bearer.Length..].Trim(), null);
        }

        if (!MlflowFault.IsAsked(request.Path) || !header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        byte[] bytes = new byte[header.Length];
        return Convert.TryFromBase64String(header[Basic.Length..].Trim(), bytes, out int length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [string name, string password]
            ? new TokenHeader(password, name)
            : null;
    }

    /// <summary>Whether it may be the token of an account of this name.</summary>
    public bool IsOf(string userName) => UserName is null || UserName.Equals(userName, StringComparison.OrdinalIgnoreCase);

    /// <summary>Never the token: records are written into logs.</summary>
    public override string ToString() => nameof(TokenHeader);
}
