namespace Governance.Registry.Access;

/// <summary>The rules of the names of accounts, of people and of programs.</summary>
internal static class AccountNames
{
    /// <summary>The longest user name, in UTF-16 code units.</summary>
    public const int MaxLength = 100;

    private const string Punctuation = "-._@+";

    /// <summary>Whether a user name keeps the rule.</summary>
    public static bool Fits(string name) =>
        name.Length is > 0 and <= MaxLength
        && name.All(c => char.IsAsciiLetterOrDigit(c) || Punctuation.Contains(c, StringComparison.Ordinal));

    /// <summary>Why these names are refused, or null.</summary>
    public static Refusal? RefusalFor(string userName, string displayName) =>
        !Fits(userName.Trim())
            ? new Refusal("bad-name", "A user name has 1 to 100 letters, digits or the characters - . _ @ +.")
            : string.IsNullOrWhiteSpace(displayName) || displayName.Trim().Length > GovernanceUser.MaxDisplayNameLength
            ? new Refusal("bad-display-name", "A display name has 1 to 100 characters.")
            : null;
}
