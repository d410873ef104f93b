using Governance.Registry.Ledger;

namespace Governance.Portal.Features.History;

/// <summary>Ledger actions as people say them. Pure.</summary>
internal static class LedgerWords
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["model.registered"] = "Model registered",
        ["version.registered"] = "Version registered",
        ["version.inspected"] = "File inspected",
        ["version.submitted"] = "Submitted for review",
        ["version.withdrawn"] = "Withdrawn from review",
        ["version.changes-requested"] = "Sent back for changes",
        ["version.approved"] = "Approved",
        ["version.approved-with-conditions"] = "Approved with conditions",
        ["version.rejected"] = "Rejected",
        ["version.suspended"] = "Suspended",
        ["version.expired"] = "Expired",
        ["version.voided"] = "Voided",
        ["version.retired"] = "Retired",
        ["artifact.stored"] = "File stored",
        ["dataset.registered"] = "Data set registered",
        ["grant.given"] = "Access granted",
        ["grant.revoked"] = "Access revoked",
        ["budget.chosen"] = "Budget chosen",
        ["model.throttled"] = "Model throttled",
        ["model.opened"] = "Model opened again",
        ["policy.registered"] = "Policy pack put on record",
        ["policy.adopted"] = "Policy pack adopted",
        ["output-policy.chosen"] = "Output policy chosen",
        ["break-glass.asked"] = "Break-glass asked for",
        ["break-glass.opened"] = "Break-glass opened",
        ["break-glass.stopped"] = "Break-glass stopped",
        ["break-glass.reviewed"] = "Break-glass reviewed",
        ["release.key-made"] = "Key of a released file made",
        ["artifact.released"] = "File released by two persons",
        ["run.requested"] = "Audit requested",
        ["run.started"] = "Audit started",
        ["run.cancel-requested"] = "Audit asked to stop",
        ["run.cancelled"] = "Audit cancelled",
        ["run.failed"] = "Audit failed",
        ["run.interrupted"] = "Audit interrupted",
        ["run.sealed"] = "Audit finished",
        ["evidence.sealed"] = "Evidence sealed",
        ["sign-off.reviewed"] = "Review signed",
        ["sign-off.decided"] = "Decision signed",
        ["sign-off.inherited"] = "Sign-off inherited from the parent",
        ["sign-off.sealed"] = "Dossier of the decision sealed",
        ["attestation.made"] = "Statement sealed",
        ["case.reviewed"] = "Case reviewed",
        ["finding.raised"] = "Finding raised",
        ["finding.commented"] = "Finding commented",
        ["finding.closed"] = "Finding closed",
        ["finding.accepted"] = "Finding accepted",
        ["finding.reopened"] = "Finding opened again",
        ["finding.planned"] = "Finding planned anew",
        ["schedule.added"] = "Schedule made",
        ["schedule.paused"] = "Schedule paused",
        ["schedule.resumed"] = "Schedule goes on",
        ["schedule.removed"] = "Schedule removed",
        ["run.resumed"] = "Audit goes on",
        ["cohort.saved"] = "Cohort saved",
        ["cohort.shared"] = "Cohort shared",
        ["cohort.withdrawn"] = "Cohort no longer shared",
        ["cohort.renamed"] = "Cohort renamed",
        ["cohort.retired"] = "Cohort retired",
        ["comment.made"] = "Comment written",
        ["comment.edited"] = "Comment changed",
        ["comment.erased"] = "Text of a comment erased",
        ["annotation.set"] = "Tag, alias or description set",
        ["annotation.removed"] = "Tag, alias or description removed",
        ["user.added"] = "Account added",
    };

    /// <summary>The words of an action; its parts with spaces where none are kept.</summary>
    public static string Of(string action) => Words.GetValueOrDefault(action)
        ?? char.ToUpperInvariant(action[0]) + action[1..].Replace('.', ' ').Replace('-', ' ');

    /// <summary>Whether a person's signature is behind it.</summary>
    public static bool IsSignature(LedgerEntry entry) => entry.SubjectKind == LedgerSubject.SignOff;
}
