using Governance.Audit.Findings;
using Governance.Registry.Policies;

namespace Governance.Portal.Components.Parts;

/// <summary>The four states of a gate on a page: three verdicts, and missing where nothing was measured.</summary>
internal static class VerdictWords
{
    private static readonly (GateVerdict Verdict, string One, string Many)[] Kinds =
    [
        (GateVerdict.Breaches, "breaches it", "breach it"),
        (GateVerdict.Meets, "meets it", "meet it"),
        (GateVerdict.Inconclusive, "cannot be decided", "cannot be decided"),
    ];

    /// <summary>The word beside the shape.</summary>
    public static string Word(GateVerdict? verdict) => verdict switch
    {
        GateVerdict.Meets => "Meets",
        GateVerdict.Breaches => "Breaches",
        GateVerdict.Inconclusive => "Inconclusive",
        _ => "Missing",
    };

    /// <summary>The name that the stylesheet knows it by.</summary>
    public static string Key(GateVerdict? verdict) => verdict switch
    {
        GateVerdict.Meets => "meets",
        GateVerdict.Breaches => "breaches",
        GateVerdict.Inconclusive => "inconclusive",
        _ => "missing",
    };

    /// <summary>"Of 12 comparisons with a limit 4 breach it, 7 meet it and 1 cannot be decided", without those of which there are none.</summary>
    /// <param name="thing">What has a limit, in the singular.</param>
    /// <param name="verdicts">Of each; null for one without a limit.</param>
    /// <returns>Without a full stop; null where none has a limit.</returns>
    public static string? Tally(string thing, IEnumerable<GateVerdict?> verdicts)
    {
        GateVerdict[] limited = [.. verdicts.OfType<GateVerdict>()];
        string[] parts =
        [
            .. Kinds.Select(kind => (Kind: kind, Count: limited.Count(verdict => verdict == kind.Verdict)))
                .Where(part => part.Count > 0)
                .Select(part => $"{PlainNumbers.Count(part.Count)} {(part.Count == 1 ? part.Kind.One : part.Kind.Many)}"),
        ];
        return limited.Length == 0 ? null
            : $"Of {PlainNumbers.Count(limited.Length)} {thing}{(limited.Length == 1 ? "" : "s")} with a limit {PlainLists.And(parts)}";
    }
}
