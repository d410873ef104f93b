using Governance.Portal.Features.BreakGlass;
using Governance.Registry.Access;
using Governance.Registry.BreakGlass;
using Governance.Registry.Proposals;

namespace Governance.Portal.Features.Home;

/// <summary>What of break-glass and of proposals waits for a person, or is to be known by them.</summary>
internal sealed class AccessNotices(BreakGlassQueries requests, ProposalQueries proposals)
{
    /// <summary>The items, those in force and overdue first.</summary>
    public async Task<IReadOnlyList<WorkItem>> OfAsync(UserId viewer, CancellationToken cancellationToken) =>
    [
        .. (await requests.VisibleToAsync(viewer, cancellationToken)).Where(row => Concerns(row, viewer)).Select(row => new WorkItem(
            WorkKind.BreakGlass, $"Break-glass on {row.Request.Model}: {RightWords.Of(row.Request.Right)}",
            $"{row.Person}: {BreakGlassWords.Of(row)}.", "/break-glass", row.MayReview ? "Review" : row.MayOpen ? "Decide" : "Look",
            row.Request.OpenedAt ?? row.Request.AskedAt)),
        .. (await proposals.VisibleToAsync(viewer, cancellationToken)).Where(row => row.State == ProposalState.Waiting && !row.Own)
            .Select(row => new WorkItem(
                WorkKind.Confirm, row.What, $"{row.ProposedBy} proposes it: {row.Reason}", "/proposals", "Decide", row.Proposal.ProposedAt)),
    ];

    // Owners and auditors are told while it runs and until it is closed; the others where they can act.
    private static bool Concerns(BreakGlassView row, UserId viewer) =>
        row.MayReview || (row.MayOpen && row.Request.Person != viewer)
        || (row.Told && row.State is (BreakGlassState.Waiting or BreakGlassState.InForce or BreakGlassState.AwaitsReview or BreakGlassState.Overdue));
}
