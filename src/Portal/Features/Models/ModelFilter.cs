namespace Governance.Portal.Features.Models;

/// <summary>Which models a search and its filters leave. Pure.</summary>
internal static class ModelFilter
{
    private const int ShortestDigest = 6; // fewer hex digits are words too

    /// <summary>Whether a model fits all that is given.</summary>
    /// <param name="row">The model.</param>
    /// <param name="search">Part of a name, title or purpose, or the beginning of a digest; blank for any.</param>
    /// <param name="tier">The tier's name; blank for any.</param>
    /// <param name="stage">The stage's name that some version stands in; blank for any.</param>
    public static bool Fits(ModelRow row, string? search, string? tier, string? stage) =>
        (string.IsNullOrEmpty(tier) || (!row.NameOnly && row.Model.Tier.ToString() == tier))
        && (string.IsNullOrEmpty(stage) || row.Versions.Any(version => version.Version.Stage.ToString() == stage))
        && (string.IsNullOrWhiteSpace(search) || Matches(row, search.Trim()));

    private static bool Matches(ModelRow row, string search) =>
        Has(row.Model.Name, search)
        || (!row.NameOnly && (Has(row.Model.Title, search) || Has(row.Model.Purpose, search) || Has(row.Owner, search)))
        || (search.Length >= ShortestDigest && row.Versions.Any(version => IsDigest(version, search.ToLowerInvariant())));

    private static bool IsDigest(VersionRow version, string search) =>
        version.Version.Digest.Hex.StartsWith(search, StringComparison.Ordinal)
        || version.Version.Artifact.Hex.StartsWith(search, StringComparison.Ordinal)
        || version.Evidence.Any(evidence => evidence.Findings.Hex.StartsWith(search, StringComparison.Ordinal));

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
