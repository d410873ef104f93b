namespace Governance.Portal.Features.ExternalSignIn;

/// <summary>The provider did not answer, or its answer cannot be trusted.</summary>
/// <param name="message">What was wrong, for the log: nobody at the sign-in page reads it.</param>
/// <param name="isUnreachable">Whether trying later may help.</param>
/// <param name="inner">What lies behind it.</param>
public sealed class OidcFaultException(string message, bool isUnreachable = false, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether trying later may help.</summary>
    public bool IsUnreachable { get; } = isUnreachable;
}
