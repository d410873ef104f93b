using System.Text.RegularExpressions;
using Governance.Registry.Access;
using Governance.Registry.Ledger;

namespace Governance.Registry.Annotations;

/// <summary>What a tag, alias or description may be. Pure; the rules of names are those of MLflow's registry.</summary>
public static partial class AnnotationPolicy
{
    /// <summary>The longest alias, in UTF-16 code units.</summary>
    public const int MaxAliasLength = 250;

    /// <summary>Why it may not be set, or null.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="key">Its key, or the alias; empty for a description.</param>
    /// <param name="value">Its value; null or empty for none.</param>
    public static Refusal? RefusalFor(AnnotationKind kind, string key, string? value)
    {
        ArgumentNullException.ThrowIfNull(key);
        return (kind == AnnotationKind.Tag ? RefusalForTag(key) : kind == AnnotationKind.Alias ? RefusalForAlias(key) : null)
            ?? (value?.Length > PersonalText.MaxLength
                ? new Refusal("long-text", $"A value or description has at most {PersonalText.MaxLength} characters.")
                : null);
    }

    private static Refusal? RefusalForTag(string key) => key.Length is > 0 and <= Annotation.MaxKeyLength && TagKey().IsMatch(key)
        ? null
        : new Refusal(
            "bad-key", $"A tag's key has 1 to {Annotation.MaxKeyLength} characters: letters, digits, underscores, hyphens, periods, spaces, colons and slashes.");

    private static Refusal? RefusalForAlias(string alias) =>
        alias.Length is 0 or > MaxAliasLength || !Alias().IsMatch(alias)
            ? new Refusal("bad-alias", $"An alias has 1 to {MaxAliasLength} characters: letters, digits, underscores and hyphens.")
        : alias.Equals("latest", StringComparison.OrdinalIgnoreCase) || VersionLike().IsMatch(alias)
            ? new Refusal("reserved-alias", $"'{alias}' is no alias: 'latest', and 'v' with a number, mean versions by themselves.")
        : null;

    [GeneratedRegex(@"^[/\w.\- :]+$")]
    private static partial Regex TagKey();

    [GeneratedRegex(@"^[\w\-]+$")]
    private static partial Regex Alias();

    [GeneratedRegex(@"^[vV]\d+$")]
    private static partial Regex VersionLike();
}
