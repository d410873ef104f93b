using Governance.Audit.Findings;
using Governance.Audit.Theft.Attacks;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Governance.Registry.Policies;
using Governance.Registry.SignOffs;

namespace Governance.Portal.Features.SignOffs;

/// <summary>What a signer asks of a version, line by line, each from a fact or a sealed finding. Pure.</summary>
internal static class Checklist
{
    private const double LargestResidual = 1e-6; // of an exact method in double: above it something is wrong

    /// <summary>The lines in order.</summary>
    /// <param name="view">The version.</param>
    /// <param name="evidence">Its latest evidence of an audit, or null.</param>
    /// <param name="theft">Its latest evidence of a red team, or null.</param>
    public static IReadOnlyList<ChecklistLine> Of(VersionView view, SealedFindings? evidence, SealedFindings? theft)
    {
        IReadOnlyList<Finding> findings = evidence?.Document.Findings ?? [];
        return
        [
            new("Purpose and origin", "Inventory and intended purpose", GateVerdict.Meets, view.Model.Purpose, view.Address("overview")),
            new("Purpose and origin", "Materiality tier", GateVerdict.Meets, view.Model.Tier.ToString(), view.Address("overview")),
            new("Purpose and origin", "Artefact, encoding and parents", GateVerdict.Meets,
                $"{Origin(view)}, bound by digest {view.Version.Digest.Hex[..8]}", view.Address("overview")),
            Performance(view, evidence),
            Gated(view, "Performance", "Calibration", "performance", findings, ["ece"]),
            Gated(view, "Fairness and explanation", "Fairness: outcomes", "fairness", findings,
                ["demographic_parity_ratio", "demographic_parity_difference"]),
            Gated(view, "Fairness and explanation", "Fairness: errors", "fairness", findings,
                ["equal_opportunity_difference", "equalized_odds_difference"]),
            Additivity(view, findings),
            Theft(view, theft),
            Review(view),
            Independence(view),
        ];
    }

    /// <summary>Whether a signer must address a line in the rationale.</summary>
    public static bool NeedsRationale(this ChecklistLine line) => line.Verdict != GateVerdict.Meets;

    private static ChecklistLine Performance(VersionView view, SealedFindings? evidence) => new(
        "Performance", "Performance with interval",
        evidence?.Document.Performance is { Intervals.Count: > 0 } ? GateVerdict.Meets : null,
        evidence?.Document.Performance is { } report ? Portal.Features.Performance.PerformanceWords.Title(report) : "no sealed evidence",
        view.Address("performance"));

    private static ChecklistLine Gated(
        VersionView view, string group, string name, string tab, IReadOnlyList<Finding> findings, string[] metrics)
    {
        Finding[] own = [.. findings.Where(finding => metrics.Contains(finding.Metric) && finding.Gate is not null)];
        Finding? worst = own.OrderBy(finding => finding.Gate!.Verdict switch
        {
            GateVerdict.Breaches => 0,
            GateVerdict.Inconclusive => 1,
            _ => 2,
        }).FirstOrDefault();
        return new ChecklistLine(group, name, worst?.Gate!.Verdict, worst?.Sentence ?? "no sealed evidence", view.Address(tab));
    }

    private static ChecklistLine Additivity(VersionView view, IReadOnlyList<Finding> findings)
    {
        Finding? residual = findings.FirstOrDefault(finding => finding.Metric == "additivity_residual");
        return new ChecklistLine(
            "Fairness and explanation", "Explanations add up",
            residual?.Value is not double value ? null : value <= LargestResidual ? GateVerdict.Meets : GateVerdict.Breaches,
            residual is null ? "no sealed evidence" : residual.Sentence, view.Address("explain"));
    }

    // Without a limit of the policy or the spec it stays open: what may be copied is for the signer to judge.
    private static ChecklistLine Theft(VersionView view, SealedFindings? theft)
    {
        ChecklistLine gated = Gated(
            view, "Security", "Extraction and membership risk", "protection", theft?.Document.Findings ?? [],
            [.. (theft?.Document.Findings ?? []).Where(finding => finding.Family == "theft").Select(finding => finding.Metric)]);
        return gated.Verdict is null && theft?.Document.Theft is { } report
            ? gated with { Verdict = GateVerdict.Inconclusive, Measured = $"{RedTeamWords.Finding(report)} No limit is set." }
            : gated;
    }

    private static ChecklistLine Review(VersionView view)
    {
        string[] reviewers = [.. view.ThisRound
            .Where(signOff => signOff.SignOff is { Kind: SignOffKind.Review, Verdict: Verdict.Reviewed } && signOff.SignOff.SeenEvidence == view.EvidenceRoot)
            .Select(signOff => signOff.Person)];
        return new ChecklistLine(
            "Effective challenge", "Reviewed with the present evidence", reviewers.Length > 0 ? GateVerdict.Meets : null,
            reviewers.Length > 0 ? $"by {string.Join(", ", reviewers)}" : "nobody yet", view.Address("sign-off"));
    }

    private static ChecklistLine Independence(VersionView view)
    {
        VersionPeopleCheck people = VersionPeopleCheck.Of(view);
        return new ChecklistLine(
            "Effective challenge", "Independence of signers", people.AreDifferent ? GateVerdict.Meets : GateVerdict.Breaches,
            "author, reviewers and approvers are different persons", view.Address("history"));
    }

    private static string Origin(VersionView view) => view.Parents.Count == 0
        ? "no parents recorded"
        : string.Join(", ", view.Parents.Select(parent => $"{VersionWords.Of(parent.Kind)} {parent.Model} v{parent.Number}"));

    private readonly record struct VersionPeopleCheck(bool AreDifferent)
    {
        public static VersionPeopleCheck Of(VersionView view)
        {
            var people = view.State.People;
            bool builderSigned = people.Reviewers.Concat(people.Deciders).Any(person => person == people.Author || people.Submitters.Contains(person));
            return new VersionPeopleCheck(!builderSigned && !people.Reviewers.Overlaps(people.Deciders));
        }
    }
}
