using Governance.Audit.Findings;
using Governance.Registry.Access;
using Governance.Registry.Versions;

namespace Governance.Portal.Features.Home;

/// <summary>What waits for one person among the versions they see. Pure.</summary>
/// <remarks>It leads to pages; what a person may really do there, the policies of access and sign-off decide.</remarks>
internal static class NeedsMe
{
    private static readonly string[] Small = ["Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];

    /// <summary>The work, the most urgent first, then the longest waiting.</summary>
    /// <param name="versions">The versions that the person sees.</param>
    /// <param name="person">Who asks.</param>
    public static IReadOnlyList<WorkItem> Of(IEnumerable<VersionStanding> versions, Person person) =>
        [.. versions.SelectMany(version => Items(version, person)).OrderBy(item => item.Kind).ThenBy(item => item.Since)];

    /// <summary>The heading of the list: how much waits, in words.</summary>
    public static string Title(int items) => items switch
    {
        0 => "Nothing needs you now",
        1 => "One thing needs you",
        <= 10 => $"{Small[items - 2]} things need you",
        _ => $"{PlainNumbers.Count(items)} things need you",
    };

    private static IEnumerable<WorkItem> Items(VersionStanding version, Person person)
    {
        bool own = version.Author == person.Id || version.SubmittedBy == person.Id;
        bool developer = person.Roles.Contains(Role.Developer);
        bool reviewer = person.Roles.Contains(Role.Reviewer) && !own;
        bool approver = person.Roles.Contains(Role.Approver) && !own && !version.Reviewers.Contains(person.Id);
        bool open = version.Stage is Stage.InReview || version.Stage.IsApproved();
        if (version.Breaches > 0 && open && ((developer && own) || reviewer || approver))
        {
            yield return new WorkItem(
                WorkKind.Breach,
                $"{version.Name}: {Gates(version.Breaches)} breached",
                $"{(version.Inconclusive > 0 ? $"{Gates(version.Inconclusive)} cannot be decided besides. " : "")}"
                    + "A written rationale or a changed version is required before sign-off.",
                version.Address("fairness"), "Investigate", version.Since);
        }

        if (version.Stage == Stage.InReview && approver && version.Reviewers.Count > 0 && !version.Deciders.Contains(person.Id))
        {
            yield return new WorkItem(
                WorkKind.Decide,
                $"{version.Name} awaits your decision",
                $"{Reviews(version.Reviewers.Count)}; {version.Deciders.Count} of {version.ApprovalsNeeded} "
                    + $"approval{(version.ApprovalsNeeded == 1 ? "" : "s")} given.",
                version.Address("sign-off"), "Decide", version.Since);
        }

        if (version.Stage == Stage.InReview && reviewer && !version.Reviewers.Contains(person.Id))
        {
            yield return new WorkItem(
                WorkKind.Review,
                $"{version.Name} awaits your review",
                version.Reviewers.Count == 0 ? "Nobody has reviewed it in this round." : $"{Reviews(version.Reviewers.Count)} in this round.",
                version.Address("sign-off"), "Review", version.Since);
        }

        if (version.Stage == Stage.ChangesRequested && developer && own)
        {
            yield return new WorkItem(
                WorkKind.Change, $"{version.Name}: changes requested",
                "Answer with new evidence and submit it again, or register a changed version.",
                version.Address("sign-off"), "Open", version.Since);
        }

        if (version.Stage == Stage.Draft && developer && own)
        {
            yield return version.Evidence == 0
                ? new WorkItem(
                    WorkKind.Audit, $"{version.Name} has no evidence yet", "An audit measures performance, fairness and attributions.",
                    version.Address("overview"), "Request an audit", version.Since)
                : new WorkItem(
                    WorkKind.Submit, $"{version.Name} can be submitted",
                    $"{PlainNumbers.Count(version.Evidence)} sealed evidence item{(version.Evidence == 1 ? "" : "s")}.",
                    version.Address("sign-off"), "Submit", version.Since);
        }
    }

    private static string Gates(int count) => count == 1 ? "1 gate" : $"{PlainNumbers.Count(count)} gates";

    private static string Reviews(int count) => count == 1 ? "1 review" : $"{PlainNumbers.Count(count)} reviews";
}
