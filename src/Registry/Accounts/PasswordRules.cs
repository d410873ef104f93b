using Governance.Registry.Access;

namespace Governance.Registry.Accounts;

/// <summary>Which passwords are taken. Length and guessability, no rules about kinds of characters (ASVS 6.2.5, NIST SP 800-63B-4).</summary>
public static class PasswordRules
{
    /// <summary>The shortest, in UTF-16 code units.</summary>
    public const int MinLength = 12;

    /// <summary>The longest: hashing more would only cost time.</summary>
    public const int MaxLength = 1_000;

    /// <summary>
    /// The least strength, in bits: about 4 billion guesses. A lock after five wrong tries makes that many impossible at the
    /// sign-in page; what it keeps out are the lists that guessers start with.
    /// </summary>
    public const double MinBits = 32;

    /// <summary>Why a password is refused; null where it is taken.</summary>
    /// <param name="password">As typed.</param>
    /// <param name="names">What a guesser knows of the person: user name, display name, e-mail address.</param>
    public static Refusal? RefusalFor(string password, params IEnumerable<string?> names)
    {
        ArgumentNullException.ThrowIfNull(password);
        return password.Length < MinLength
            ? new Refusal("short-password", $"A password has at least {MinLength} characters.")
            : password.Length > MaxLength
            ? new Refusal("long-password", $"A password has at most {MaxLength:N0} characters.")
            : PasswordStrength.BitsOf(password, names) < MinBits
            ? new Refusal("common-password", "This password is among the first that are guessed: it is made of common words, names, dates, rows of keys or repetitions. Choose another, such as four words that have nothing to do with each other.")
            : null;
    }
}
