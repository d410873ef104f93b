using System.Globalization;
using Governance.Audit.Findings;
using Governance.Audit.Policies;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.Policies;

/// <summary>Policies in words.</summary>
internal static class PolicyWords
{
    /// <summary>Such as "at least 0.80".</summary>
    public static string Limit(Gate gate) => string.Join(", ", new[]
    {
        gate.AtLeast is double least ? $"at least {PlainNumbers.Limit(least)}" : null,
        gate.AtMost is double most ? $"at most {PlainNumbers.Limit(most)}" : null,
    }.OfType<string>());

    /// <summary>Such as "1 Jan 2026".</summary>
    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>From when to when a pack applies.</summary>
    public static string Effective(PolicyPack pack) => pack.EffectiveTo is DateOnly end ? $"{Day(pack.EffectiveFrom)} to {Day(end)}" : $"from {Day(pack.EffectiveFrom)}";

    /// <summary>What part it plays.</summary>
    public static string Kind(PackKind kind) => kind == PackKind.Base ? "base: judges" : "supplement: asks besides";

    /// <summary>Where a pack is shown.</summary>
    public static string Address(PolicyPack pack, string? part = null) => $"/policies/{pack.Name}/{pack.Number}{(part is null ? "" : "/" + part)}";

    /// <summary>What a pack says of a slice, in a word or a sentence.</summary>
    public static string Standing(GateStanding? standing) => standing is null ? "sets no limit" : standing.Lacks ?? Verdict(standing.Verdict);

    /// <summary>A verdict in one word.</summary>
    public static string Verdict(GateVerdict? verdict) => verdict switch
    {
        GateVerdict.Meets => "meets",
        GateVerdict.Breaches => "breaches",
        GateVerdict.Inconclusive => "inconclusive",
        _ => "not decided",
    };

    /// <summary>A metric for people.</summary>
    public static string Metric(string metric) => MetricWords.Of(metric[(metric.IndexOf('.') + 1)..]);

    /// <summary>What fills a line of the checklist.</summary>
    public static string Kind(RequirementKind kind) => kind switch
    {
        RequirementKind.Auto => "measured",
        RequirementKind.Form => "attested",
        _ => "measured and attested",
    };

    /// <summary>Words of an enumeration, such as "covered part changed".</summary>
    public static string Words(Enum value) =>
        string.Concat(value.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? " " + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
