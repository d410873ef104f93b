using System.Globalization;
using Governance.Audit.Findings;
using Governance.Registry.Policies;

namespace Governance.Audit.Documents;

/// <summary>Words that documents share.</summary>
internal static class DocumentWords
{
    public const string Caution = "A flag is a disparity to investigate, not proof of discrimination.";

    /// <summary>Such as "15 Nov 2026".</summary>
    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>The same of a day.</summary>
    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A metric's name for people, such as "impact ratio".</summary>
    public static string Metric(string metric) => MetricWords.Of(metric);

    /// <summary>A verdict in one word.</summary>
    public static string Verdict(GateVerdict verdict) => verdict switch
    {
        GateVerdict.Meets => "meets",
        GateVerdict.Breaches => "breaches",
        _ => "inconclusive",
    };

    /// <summary>An attribute for people: "sex by race" for an intersection.</summary>
    public static string Attribute(string attribute) => attribute.Replace("|", " by ", StringComparison.Ordinal);

    /// <summary>How a missing attestation gets into a document.</summary>
    public const string AttestIt = "A person writes it as an attestation on the Sign-off page of the version.";

    /// <summary>How a missing measurement gets into a document.</summary>
    public const string MeasureIt = "An audit of the version that measures it is sealed.";
}
