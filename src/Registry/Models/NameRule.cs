namespace Governance.Registry.Models;

/// <summary>Names that stand in addresses: lower-case letters, digits, hyphen and underscore, a letter or digit first.</summary>
public static class NameRule
{
    /// <summary>The longest name.</summary>
    public const int MaxLength = 64;

    /// <summary>The rule as a sentence for forms.</summary>
    public const string Sentence =
        "A name has 1 to 64 characters: small letters a to z, digits, hyphens and underscores, and begins with a letter or digit.";

    /// <summary>Whether a name keeps the rule.</summary>
    public static bool Fits(string? name) =>
        name is { Length: > 0 and <= MaxLength }
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_');
}
