using Governance.Audit.Findings;
using Governance.Portal.Features.Explanations.Summaries;
using Governance.Registry.Policies;

namespace Governance.Portal.Components.Parts;

/// <summary>How many of a list stand where against their limits. Pure.</summary>
internal static class VerdictSentence
{
    private static readonly (GateVerdict Verdict, string One, string Many)[] Kinds =
    [
        (GateVerdict.Breaches, "breaches it", "breach it"),
        (GateVerdict.Meets, "meets it", "meet it"),
        (GateVerdict.Inconclusive, "cannot be decided", "cannot be decided"),
    ];

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
            : $"Of {PlainNumbers.Count(limited.Length)} {thing}{(limited.Length == 1 ? "" : "s")} with a limit {GlobalWords.List(parts)}";
    }
}
