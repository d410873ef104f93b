using Governance.Audit.Findings;
using Governance.Audit.Runs;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.Schedules;

/// <summary>What about a finding is not as it was.</summary>
public enum ChangeKind
{
    /// <summary>Its gate says something else.</summary>
    Verdict,

    /// <summary>Its value lies outside the interval that the run before gave.</summary>
    LeftInterval,

    /// <summary>It was not there before.</summary>
    New,

    /// <summary>It is not there any more.</summary>
    Gone,
}

/// <summary>A finding that is not as it was in the run before.</summary>
/// <param name="Kind">What changed; a changed verdict counts before a value that moved.</param>
/// <param name="Before">As it was; null for a new one.</param>
/// <param name="Now">As it is; null for one that is gone.</param>
public sealed record FindingChange(ChangeKind Kind, Finding? Before, Finding? Now)
{
    /// <summary>The finding that it is about.</summary>
    public string Id => (Now ?? Before!).Id;

    /// <summary>Whether its gate came to breach.</summary>
    public bool IsWorse => Now?.Gate?.Verdict == GateVerdict.Breaches && Before?.Gate?.Verdict != GateVerdict.Breaches;
}

/// <summary>Two runs of one schedule compared finding by finding. Pure.</summary>
internal static class RunDiff
{
    /// <summary>What is not as it was, breaches that are new first, then changed verdicts, moved values, new and gone findings.</summary>
    /// <param name="before">What the run before sealed.</param>
    /// <param name="now">What this one sealed.</param>
    public static IReadOnlyList<FindingChange> Of(FindingsDocument before, FindingsDocument now)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(now);
        Dictionary<string, Finding> was = before.Findings.ToDictionary(finding => finding.Id, StringComparer.Ordinal);
        HashSet<string> present = [.. now.Findings.Select(finding => finding.Id)];
        return
        [
            .. now.Findings.Select(finding => Compare(was.GetValueOrDefault(finding.Id), finding)).OfType<FindingChange>()
                .Concat(before.Findings.Where(finding => !present.Contains(finding.Id)).Select(finding => new FindingChange(ChangeKind.Gone, finding, null)))
                .OrderByDescending(change => change.IsWorse).ThenBy(change => change.Kind),
        ];
    }

    private static FindingChange? Compare(Finding? before, Finding now) =>
        before is null ? new FindingChange(ChangeKind.New, null, now)
        : before.Gate?.Verdict != now.Gate?.Verdict ? new FindingChange(ChangeKind.Verdict, before, now)
        : Left(before, now) ? new FindingChange(ChangeKind.LeftInterval, before, now)
        : null;

    // A value that has become undefined, or is defined at last, has left it too.
    private static bool Left(Finding before, Finding now) =>
        before.Value is null != now.Value is null
        || (before.Interval is [double low, double high] && now.Value is double value && (value < low || value > high));
}
