using System.Globalization;
using Governance.Audit.Findings;
using Governance.Registry.SignOffs;

namespace Governance.Portal.Features.SignOffs;

/// <summary>Words of sign-offs for people. Pure.</summary>
internal static class SignOffWords
{
    /// <summary>A day, such as "3 Mar 2026".</summary>
    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A day and time, UTC.</summary>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>Where a fact of a dossier stands: the moments in it as days, and a word of one's own for null.</summary>
    /// <param name="standing">As the dossier holds it, such as "Accepted until 2026-12-22T01:05:24.817997Z".</param>
    /// <param name="none">The word for null.</param>
    public static string Standing(string? standing, string none) => standing is null ? none
        : string.Join(' ', standing.Split(' ').Select(word =>
            word.EndsWith('Z') && DateTimeOffset.TryParse(word, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) ? Day(at) : word));

    /// <summary>The part of a dossier as people say it.</summary>
    public static string Of(DossierPart part) => part switch
    {
        DossierPart.Weights => "Weights",
        DossierPart.Encoding => "Encoding",
        DossierPart.Threshold => "Threshold",
        DossierPart.Policy => "Policy",
        DossierPart.Data => "Data",
        DossierPart.Evidence => "Finding",
        DossierPart.Attestations => "Statement",
        DossierPart.Cases => "Case",
        DossierPart.Register => "Register",
        DossierPart.Decision => "Decision",
        DossierPart.Parent => "Parent",
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, null),
    };

    /// <summary>A measured finding with its interval; "not there" for null.</summary>
    public static string Of(DossierFinding? finding) => finding is null
        ? "not measured"
        : finding is { Low: double low, High: double high }
            ? $"{PlainNumbers.Value(finding.Value)} [{PlainNumbers.Value(low)}, {PlainNumbers.Value(high)}]{Verdict(finding)}"
            : $"{PlainNumbers.Value(finding.Value)}{Verdict(finding)}";

    /// <summary>What a review looked at.</summary>
    public static string Of(Registry.Access.EnumSet<ReviewArea>? areas) => areas is { } known
        ? string.Join(", ", known.Values.Select(area => area.ToString().ToLowerInvariant()))
        : "technical, fairness, security";

    private static string Verdict(DossierFinding finding) => finding.Verdict is { } verdict ? $", {verdict.ToString().ToLowerInvariant()}" : "";
}
