using Governance.Registry.Access;

namespace Governance.Portal.Features.ExternalSignIn;

/// <summary>Why a sign-in with the provider ended at the sign-in page, in words.</summary>
internal static class ExternalSignInWords
{
    /// <summary>The provider did not answer.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>Something in its answer did not agree, or the person said no there.</summary>
    public const string Failed = "failed";

    /// <summary>The sentence of a code that stands in an address; null for one that is none of ours.</summary>
    public static string? Sentence(string? code, string provider) => code switch
    {
        null => null,
        Unreachable => $"{provider} cannot be reached at the moment. Try again later, or sign in with a password.",
        Failed => $"The sign-in with {provider} did not succeed. Try it again.",
        "no-account" => "No account of this portal belongs to you yet. Ask an administrator to link one.",
        "no-role" => $"None of your groups at {provider} has a role in this portal. Ask an administrator.",
        "deactivated" => "Your account is deactivated. Ask an administrator.",
        AdmitExternal.UnverifiedCode => $"{provider} has not verified your e-mail address. Verify it there, then sign in again.",
        _ => null,
    };

    /// <summary>Roles as pages say them.</summary>
    public static string Roles(IEnumerable<Role> roles) => string.Join(", ", roles.Order());
}
